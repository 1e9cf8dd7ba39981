using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Compare;

/// <summary>A file read for comparing: its cut with ids on everything.</summary>
internal sealed record ReadCut(TimelineFile File, Sequence Cut, IReadOnlyList<string> Assumptions)
{
    /// <summary>The pairs among the assumptions that a person can correct.</summary>
    public IReadOnlyList<PairingLine> Pairings { get; init; } = [];

    /// <summary>The file that others are compared with: what has no id is given one.</summary>
    public static Task<ReadCut> AloneAsync(Shell shell, string path, string? timeline, CancellationToken ct) =>
        ReadAsync(shell, path, timeline, null, StatedPairs.None, ct);

    /// <summary>A file that was made from another: a plain re-export gets its ids back by matching.</summary>
    public static Task<ReadCut> AgainstAsync(Shell shell, string path, string? timeline, ReadCut parent, StatedPairs stated, CancellationToken ct) =>
        ReadAsync(shell, path, timeline, parent, stated, ct);

    static async Task<ReadCut> ReadAsync(Shell shell, string path, string? timeline, ReadCut? parent, StatedPairs stated, CancellationToken ct)
    {
        var file = (await TimelineFile.ReadAsync(path, null, null, ct)).Choosing(timeline, parent?.Cut.Name);
        var bag = new DiagnosticBag();
        var read = file.ReadCut(bag);
        Findings.Print(shell, path, [.. file.Diagnostics, .. bag.ToImmutable()]);
        if (parent is null && IsIdentified(read)) return new(file, read, []);
        var origin = parent is null ? "" : ContentHash.Of(parent.File.Bytes.Span).Hex;
        var birth = Birth.Of(origin, file.Bytes.Span);
        if (parent is null) return new(file, ElementMatcher.Identify(read, null, birth).Sequence, []);
        var corrections = stated.Among(new(parent.Cut, parent.File.Name), new(read, file.Name), () => ElementMatcher.Identify(read, parent.Cut, birth).Sequence);
        var identified = ElementMatcher.Identify(read, parent.Cut, birth, corrections);
        return new(file, identified.Sequence, identified.Assumptions) { Pairings = [.. identified.Assumed.Select(a => PairingLine.Of(a, parent.Cut, identified.Sequence))] };
    }

    /// <summary>
    /// True for a cut that came from CineGit: its ids stay, because files made from it carry them as evidence. Ids that the
    /// reader made up to tell parts apart have birth zero.
    /// </summary>
    static bool IsIdentified(Sequence cut)
    {
        List<ElementId> ids =
        [
            .. cut.Tracks.Select(t => t.Id),
            .. cut.Tracks.SelectMany(t => t.EditPoints).Select(p => p.Id),
            .. cut.Tracks.SelectMany(t => t.Elements).Select(e => e.Id),
            .. cut.Tracks.SelectMany(t => t.Elements).SelectMany(e => e.Effects).Select(f => f.Id),
            .. cut.Tracks.SelectMany(t => t.Elements).SelectMany(e => e.Markers).Select(m => m.Id),
            .. cut.Tracks.SelectMany(t => t.Effects).Select(f => f.Id),
            .. cut.Tracks.SelectMany(t => t.Markers).Select(m => m.Id),
            .. cut.Markers.Select(m => m.Id),
        ];
        return ids.TrueForAll(id => id.Birth != 0) && ids.Distinct().Count() == ids.Count;
    }
}
