using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Merge;

namespace CineGit.Agent.Features.Compare;

/// <summary>
/// Many merges in one process, one JSON line each, in the order of the list. A file that the line before named, too, is read
/// once: lists often have one base for many, or the sides changed over.
/// </summary>
internal static class MergeBatch
{
    public static async Task<int> RunAsync(Shell shell, string list, Choice? favor, CancellationToken ct)
    {
        var merges = await ReadListAsync(list, ct);
        var worst = ExitCode.Done;
        MergeCuts? last = null;
        foreach (var files in merges)
        {
            var begun = shell.Clock.GetTimestamp();
            try
            {
                last = await MergeCuts.ReadAsync(shell, files, last, ct);
                var result = await FileMerge.RunAsync(shell, files, last, new([], favor), ct);
                if (last.IsReadFrom(files.Out)) last = null;
                shell.Output.Json(MergeCommand.Report(shell, files, result, begun), CliJson.Default.MergeReport);
                worst = Math.Max(worst, result.IsClean ? ExitCode.Done : ExitCode.Outcome);
            }
            catch (Exception e) when (e is UnreadableFileException or UnwritableFileException)
            {
                last = null;
                var ms = Math.Round(shell.Clock.GetElapsedTime(begun).TotalMilliseconds, 3);
                shell.Output.Json(new MergeFailure(files.Out, e.Message, ms), CliJson.Default.MergeFailure);
                worst = Math.Max(worst, e is UnreadableFileException ? ExitCode.Unreadable : ExitCode.Unwritable);
            }
        }

        return worst;
    }

    static async Task<IReadOnlyList<MergeFiles>> ReadListAsync(string list, CancellationToken ct)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(list, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException($"The list {list} cannot be read ({e.Message.TrimEnd('.')}); check the name.");
        }

        List<MergeFiles> merges = [];
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            if (lines[i].Split('\t') is not [var parent, var ours, var theirs, var output])
                throw new UnreadableFileException($"{list}, line {i + 1}: a merge is BASE, OURS, THEIRS and OUT separated by tabs; correct that line.");
            merges.Add(new(parent, ours, theirs, output));
        }

        return merges;
    }
}
