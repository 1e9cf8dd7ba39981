using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Features.Compare;

/// <param name="Base">The common ancestor.</param>
/// <param name="Ours">The one that is merged into.</param>
/// <param name="Theirs">The one that is merged.</param>
/// <param name="Out">Where the merge is written.</param>
/// <param name="Timeline">Which timeline of files that hold several; null for the first of the ancestor, and in the others that of its name.</param>
internal sealed record MergeFiles(string Base, string Ours, string Theirs, string Out, string? Timeline = null)
{
    /// <summary>What is stated of clips of the ancestor and of ours.</summary>
    public StatedPairs StatedOfOurs { get; init; } = StatedPairs.None;

    public StatedPairs StatedOfTheirs { get; init; } = StatedPairs.None;
}

/// <param name="Given">Answers to single conflicts.</param>
/// <param name="Favor">The side that answers all others; null when they stay open.</param>
internal sealed record MergeAnswers(IReadOnlyList<Resolution> Given, Choice? Favor);

/// <summary>Three files into one.</summary>
internal static class FileMerge
{
    /// <summary>Conflicts may uncover others once they are answered; real ones end after a few rounds.</summary>
    const int MostRounds = 50;

    /// <summary>Reads, merges and writes; <c>OUT</c> holds the merge also when conflicts are open.</summary>
    public static async Task<MergeResult> RunAsync(Shell shell, MergeFiles files, MergeAnswers answers, CancellationToken ct) =>
        await RunAsync(shell, files, await MergeCuts.ReadAsync(shell, files, null, ct), answers, ct);

    /// <summary>As above, of files that were read.</summary>
    public static async Task<MergeResult> RunAsync(Shell shell, MergeFiles files, MergeCuts cuts, MergeAnswers answers, CancellationToken ct)
    {
        var format = TimelineOutput.FormatFor(files.Out);
        var (parent, ours, theirs) = cuts;
        var result = Merge(new(parent.Cut, ours.Cut, theirs.Cut) { Resolutions = [.. answers.Given] }, answers.Favor);
        foreach (var answer in answers.Given) RequireTaken(answer, result);
        result = result with { Notes = [.. result.Notes, .. Assumed(ours, "ours"), .. Assumed(theirs, "theirs")] };
        var (bytes, losses) = TimelineFile.Encode(ConflictMetadata.Set(CutWriter.Write(result.Merged), result), format, ours.File.OriginalFor(format));
        Findings.Print(shell, files.Out, losses);
        if (!result.IsClean && format.Name != "otio")
            shell.Output.Note($"{files.Out}: {format.Name} cannot hold the open conflicts; write to an .otio file to keep them with the merge.");
        await TimelineOutput.WriteAsync(files.Out, bytes, ct);
        return result;
    }

    /// <summary>A pair that was made on thin evidence decides what clashes, so it is for a person to look at.</summary>
    static IEnumerable<ReviewNote> Assumed(ReadCut side, string name) => side.Pairings
        .Select(p => new ReviewNote(p.Words(name + ":"), ElementId.TryParse(p.Element, out var id) ? [id] : [], Flicks.Zero));

    static void RequireTaken(Resolution answer, MergeResult result)
    {
        if (result.Conflicts.FirstOrDefault(c => c.Id == answer.Conflict) is not { } conflict)
            throw new WrongUseException($"There is no conflict {answer.Conflict} in this merge; run it without --answer to see which there are.");
        if (conflict.WhyNot(answer.Choice, answer.Value) is { } why) throw new WrongUseException($"The answer to {answer.Conflict} ({conflict.Sentence}) cannot be taken. {why}");
    }

    /// <summary>With a favoured side, every conflict that offers it is answered with it, and any other with its default.</summary>
    public static MergeResult Merge(MergeRequest request, Choice? favor)
    {
        var result = ThreeWayMerge.Merge(request);
        if (favor is not { } side) return result;
        for (var round = 0; round < MostRounds && !result.IsClean; round++)
        {
            var answers = result.Conflicts
                .Where(c => c.Chosen is null)
                .Select(c => new Resolution(c.Id, c.Offered.Contains(side) ? side : c.Offered[0]));
            request = request with { Resolutions = [.. request.Resolutions, .. answers] };
            result = ThreeWayMerge.Merge(request);
        }

        return result;
    }
}
