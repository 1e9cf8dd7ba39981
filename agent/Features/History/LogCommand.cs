using System.CommandLine;
using System.Globalization;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.LocalState;

namespace CineGit.Agent.Features.History;

internal sealed record VersionLine(
    string Id,
    IReadOnlyList<string> Parents,
    string Cut,
    string? Native,
    string? NativeName,
    string AuthorName,
    string Message,
    DateTimeOffset CreatedAt,
    int Generation)
{
    public static VersionLine Of(KnownVersion version) => new(
        version.Id,
        version.Record.Parents,
        version.Record.Cut,
        version.Record.Native,
        version.Record.NativeName,
        version.Record.AuthorName,
        version.Record.Message,
        version.Record.CreatedAt,
        version.Generation);
}

/// <summary><c>cinegit log</c>: the versions that lead to a branch, newest first.</summary>
internal static class LogCommand
{
    public static Command Create(Shell shell)
    {
        var branch = new Argument<string?>("BRANCH")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A branch or version; the current branch otherwise.",
        };
        var count = new Option<int>("--count", "-n") { HelpName = "N", DefaultValueFactory = _ => int.MaxValue, Description = "Show the newest N only." };
        var json = FormatOption.Json();
        var command = new Command("log", "List the versions of a branch.") { branch, count, json };
        command.SetAction((parsed, ct) => RunAsync(shell, parsed.GetValue(branch), parsed.GetValue(count), parsed.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string? branch, int count, bool json, CancellationToken ct)
    {
        var copy = shell.WorkingCopy();
        var config = await copy.ReadConfigAsync(ct);
        var refs = await copy.Refs.ReadAsync(ct);
        var empty = branch is null && refs.Head(config.Branch) is null;
        List<KnownVersion> versions = [];
        if (!empty)
        {
            var head = await copy.ResolveAsync(branch ?? config.Branch, ct);
            await foreach (var version in copy.Graph.HistoryAsync(head.Id, ct))
            {
                if (versions.Count >= count) break;
                versions.Add(version);
            }
        }

        if (json) shell.Output.Json([.. versions.Select(VersionLine.Of)], CliJson.Default.IReadOnlyListVersionLine);
        else if (empty) shell.Output.Line($"{config.Branch} has no version yet; make one with: cinegit commit FILE -m MSG");
        else shell.Output.Table(["Version", "When (UTC)", "Who", "What"], [.. versions.Select(Row)]);
        return ExitCode.Done;
    }

    static IReadOnlyList<string> Row(KnownVersion version) =>
    [
        WorkingCopy.Short(version.Id),
        version.Record.CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        version.Record.AuthorName,
        version.Record.Message,
    ];
}
