using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Checks;

/// <summary>
/// What must hold of one cut, whoever made it: ids, lengths, transitions, links, markers, frames, media, and that it comes back
/// from storage as it went in. Worst first, then in record order.
/// </summary>
public static class CutCheck
{
    /// <summary>What a reader says in its own way about something that the check finds too.</summary>
    static readonly Dictionary<string, string> Retold = new() { [DiagnosticCodes.OtioNoDuration] = DiagnosticCodes.CutNoLength };

    /// <summary>The cut as such: tens of milliseconds for ten thousand clips.</summary>
    public static ImmutableArray<Finding> Of(Sequence cut) => InOrder(Inspect(cut).Found);

    /// <summary>A file with its cut, written and read once more to see that it comes back: as long as reading it took, and again.</summary>
    /// <param name="cut">What to look at.</param>
    /// <param name="reading">What the readers had to say about the file that holds it; each thing is found once.</param>
    public static ImmutableArray<Finding> OfFile(Sequence cut, IEnumerable<Diagnostic> reading)
    {
        var inspection = Inspect(cut);
        RoundTrip.Check(inspection);
        var said = inspection.Found.Select(f => (f.Code, f.Location)).ToHashSet();
        bool IsSaid(Diagnostic d) => Retold.TryGetValue(d.Code, out var code) && said.Contains((code, d.Location));
        bool IsIdle(Diagnostic d) => d.Code == DiagnosticCodes.OtioTrimmedTrack && inspection.IsWhole(d);
        return InOrder(reading.Where(d => !IsSaid(d) && !IsIdle(d)).Select(inspection.Retell).Concat(inspection.Found));
    }

    static Inspection Inspect(Sequence cut)
    {
        var inspection = new Inspection(cut);
        Structure.Check(inspection);
        TransitionCheck.Check(inspection);
        MediaCheck.Check(inspection);
        LinkCheck.Check(inspection);
        MarkerCheck.Check(inspection);
        FrameCheck.Check(inspection);
        return inspection;
    }

    static ImmutableArray<Finding> InOrder(IEnumerable<Finding> findings) =>
        [.. findings.OrderByDescending(f => f.Severity).ThenBy(f => f.At?.Value ?? long.MinValue)];
}
