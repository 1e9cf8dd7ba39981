using System.CommandLine;
using System.Globalization;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Blame;

/// <summary><c>cinegit blame</c>: for every clip, who brought it and who was the last to change what of it.</summary>
internal static class BlameCommand
{
    public static Command Create(Shell shell)
    {
        var version = new Argument<string?>("VERSION")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A branch, or the first digits of a version; the current branch otherwise.",
        };
        var clip = new Option<string?>("--clip") { HelpName = "NAME|ID", Description = "Only the clips of this name, or the one with this id." };
        var json = FormatOption.Json();
        var command = new Command("blame", "Say who last changed what of each clip.") { version, clip, json };
        command.SetAction((parsed, ct) => RunAsync(shell, parsed.GetValue(version), parsed.GetValue(clip), parsed.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string? name, string? clip, bool json, CancellationToken ct)
    {
        var copy = shell.WorkingCopy();
        var branch = (await copy.ReadConfigAsync(ct)).Branch;
        var version = await copy.ResolveAsync(name ?? branch, ct);
        var cut = await StoredCut.ReadAsync(copy, version, ct);
        List<Placed> wanted = [.. Placement.Of(cut).All.Where(p => clip is null || IsCalled(p.Element, clip))];
        if (clip is not null && wanted.Count == 0)
            throw new WrongUseException($"No clip in {WorkingCopy.Short(version.Id)} is called {clip} or has that id; see them all with: cinegit blame {name ?? branch}");

        var blamed = await new BlameWalk(copy).RunAsync(version, cut, wanted.Select(p => p.Element.Id), ct);
        var clock = new RecordClock(cut);
        var report = new BlameReport(version.Id, [.. wanted.Select(p => BlameElement.Of(p, blamed[p.Element.Id], clock))]);
        if (json) shell.Output.Json(report, CliJson.Default.BlameReport);
        else Print(shell, report);
        return ExitCode.Done;
    }

    static bool IsCalled(Element element, string clip) =>
        string.Equals(element.Id.ToString(), clip, StringComparison.OrdinalIgnoreCase)
        || string.Equals(BlameElement.NameOf(element), clip, StringComparison.OrdinalIgnoreCase);

    static void Print(Shell shell, BlameReport report)
    {
        if (report.Elements.Count == 0) shell.Output.Line($"There is no clip in {WorkingCopy.Short(report.Version)}.");
        foreach (var element in report.Elements)
        {
            shell.Output.Line($"{element.Track}  {element.Timecode}  {OneLine(element.Name)}  ({FramesOf(element)})");
            foreach (var change in element.Changes) shell.Output.Line($"    {Origin(change)}");
            shell.Output.Line($"    {Origin(element.Inserted)}");
        }
    }

    static string FramesOf(BlameElement element) => Changes.Count((int)Math.Min(element.DurationFrames, int.MaxValue), "frame");

    static string Origin(BlameOrigin origin)
    {
        var when = origin.CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var edits = origin.Edits.Count == 0 ? "Brought it in" : string.Join("; ", origin.Edits);
        return $"{WorkingCopy.Short(origin.Version)}  {when}  {OneLine(origin.AuthorName)}  “{OneLine(origin.Message)}”: {edits}";
    }

    static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
