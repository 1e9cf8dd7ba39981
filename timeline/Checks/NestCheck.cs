using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Checks;

/// <summary>
/// What is inside nests, once for each inside: uses of one sequence repeat its ids and are no copies of one another. They must
/// agree on what is inside.
/// </summary>
static class NestCheck
{
    public static void Check(Inspection inspection)
    {
        var seen = new HashSet<ContentHash>();
        var shown = new Dictionary<string, Placed>();
        foreach (var placed in inspection.Placement.All)
        {
            if (placed.Element is not Nest nest) continue;
            if (seen.Add(NestInside.HashOf(nest))) CheckInside(inspection, placed, nest);
            if (nest.Definition is { } definition && !shown.TryAdd(definition, placed)) Compare(inspection, shown[definition], placed, nest);
        }
    }

    static void CheckInside(Inspection inspection, Placed placed, Nest nest)
    {
        if (NestInside.Of(nest, inspection.Cut.Rate) is not { } inside) return;
        var within = new Inspection(inside);
        Structure.Check(within);
        foreach (var finding in within.Found)
            inspection.About(placed, finding.Code, finding.Severity, $"Inside {Wording.Name(nest)}: {finding.Message}", finding.Elements.AsSpan());
    }

    static void Compare(Inspection inspection, Placed first, Placed placed, Nest nest)
    {
        if (first.Element is not Nest other || NestInside.SameInside(other, nest)) return;
        inspection.About(placed, DiagnosticCodes.CutNestsDiffer, Severity.Warning,
            $"{Wording.Name(nest)} is the same sequence as {Wording.Name(other)} at {inspection.Clock.Timecode(first.Start)}, but something else is inside. When the cut is committed, the one that was changed stands for both, or they become two.",
            first.Element.Id);
    }
}
