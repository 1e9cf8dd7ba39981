using System.Text;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Interchange;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Versions;

/// <summary>The change list of two versions as a file: a table, or the half of an EDL pair.</summary>
public static class ChangeListExport
{
    const string Csv = "csv";
    const string Before = "edl-before";
    const string After = "edl-after";

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetAsync(
        string project,
        string? @base,
        string? head,
        string? format,
        HttpResponse response,
        Membership member,
        ProjectAccess projects,
        CutCache cuts,
        CancellationToken ct)
    {
        if (!PushRules.IsHash(@base)) return Problems.Invalid("base is missing or no version; give its 64 hexadecimal digits.");
        if (!PushRules.IsHash(head)) return Problems.Invalid("head is missing or no version; give its 64 hexadecimal digits.");
        if (format is not (Csv or Before or After)) return Problems.Invalid($"format '{format}' is none of {Csv}, {Before} and {After}.");
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (await VersionStore.FindAsync(tx, @base ?? "", ct) is not { } earlier) return Problems.NotFound();
        if (await VersionStore.FindAsync(tx, head ?? "", ct) is not { } later) return Problems.NotFound();
        var (before, after) = (await cuts.OfVersionAsync(tx, earlier, ct), await cuts.OfVersionAsync(tx, later, ct));
        var list = ChangeList.Of(before, after);
        var name = $"changes {earlier.Id[..8]} {later.Id[..8]}";
        return format switch
        {
            Before => Edl(list.Before(), response, $"{name} before.edl"),
            After => Edl(list.After(), response, $"{name} after.edl"),
            _ => TypedResults.File(Table(list, new(before), new(after)), "text/csv; charset=utf-8", $"{name}.csv"),
        };
    }

    static Results<FileContentHttpResult, ProblemHttpResult> Edl(Sequence cut, HttpResponse response, string fileName)
    {
        var writer = TimelineFormats.ByName("edl") ?? throw new InvalidOperationException("No format is called edl.");
        using var file = new MemoryStream();
        try
        {
            VersionExport.Report(response, writer.Write(CutWriter.Write(cut), file, WriteOptions.Alone));
            return TypedResults.File(file.ToArray(), "application/octet-stream", fileName);
        }
        catch (InterchangeFormatException unwritable)
        {
            return Problems.Unprocessable(ProblemCodes.NotExportable, $"These changes cannot be written as an EDL: {unwritable.Message} ({unwritable.Location})");
        }
    }

    static byte[] Table(ChangeList list, RecordClock before, RecordClock after)
    {
        var text = new StringBuilder("change,track,name,media,record in before,record out before,source in before,frames before,record in after,record out after,source in after,frames after,moved by,words\r\n");
        foreach (var change in list.Changes)
        {
            var shown = change.After ?? change.Before ?? throw new InvalidOperationException("A change is of nothing.");
            string?[] fields =
            [
                change.Kind, Safe(shown.Track), Safe(shown.Name), Safe(shown.Media),
                .. Times(change.Before, before), .. Times(change.After, after), MovedBy(change, after), Safe(change.Words),
            ];
            text.AppendJoin(',', fields.Select(Quoted)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static string?[] Times(ListedEvent? listed, RecordClock clock) => listed is null
        ? [null, null, null, null]
        :
        [
            clock.Timecode(listed.Start),
            clock.Timecode(listed.Start + listed.Duration),
            Timecode.Format(listed.SourceStart.ToFrames(clock.Rate, Rounding.Floor), clock.Rate, clock.CountsDropFrame),
            clock.Frames(listed.Duration).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];

    static string? MovedBy(ListedChange change, RecordClock clock) => change is { Before: { } was, After: { } present }
        ? (clock.Frames(present.Start) - clock.Frames(was.Start)).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>A spreadsheet takes a text that begins like this for a formula, and runs it.</summary>
    static string Safe(string text) => text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    static string Quoted(string? field) => field is null ? ""
        : field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
