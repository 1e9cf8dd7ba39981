using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Checks;

/// <summary>
/// What a cut stands on, inside its nests too: every id once, time that passes, transitions between the two elements they name.
/// </summary>
static class Structure
{
    public static void Check(Inspection inspection)
    {
        var copies = SharedIds.Check(inspection);
        foreach (var placed in inspection.Placement.All) CheckTime(inspection, placed);
        for (var t = 0; t < inspection.Cut.Tracks.Length; t++) CheckNeighbours(inspection, t, copies);
        NestCheck.Check(inspection);
    }

    static void CheckTime(Inspection inspection, Placed placed)
    {
        var name = Wording.Name(placed.Element);
        if (placed.Element.Duration.IsZero)
        {
            inspection.About(placed, DiagnosticCodes.CutNoLength, Severity.Warning,
                $"{name} has no length, so nobody will see it. Give it a source range, or take it out.");
        }
        else if (placed.Element.Duration.IsNegative)
        {
            inspection.About(placed, DiagnosticCodes.CutNoLength, Severity.Error, $"{name} ends before it begins. Give it a source range.");
        }

        if (placed.Element.Lead.Duration.IsNegative)
        {
            inspection.About(placed, DiagnosticCodes.CutOverlap, Severity.Error,
                $"{name} begins {inspection.Frames(placed.Element.Lead.Duration)} before what stands in front of it ends. Trim one, or move it to a track of its own.");
        }
    }

    static void CheckNeighbours(Inspection inspection, int track, HashSet<ElementId> copies)
    {
        var row = inspection.Placement.Tracks[track];
        foreach (var junction in Junction.Of(inspection.Cut.Tracks[track]))
        {
            // What a copied id names cannot be told, and the copy is a finding already.
            if (IsCopy(junction.Point.Left) || IsCopy(junction.Point.Right)) continue;
            var isApart = junction.IsApart || (junction is { Left: not null, Right: { } next } && !row[next].Element.Lead.Duration.IsZero);
            if (!junction.HasLost && !isApart) continue;
            inspection.AboutTransition(
                track,
                junction.Point,
                junction.Right is { } right ? row[right].Start : junction.Left is { } left ? row[left].End : null,
                DiagnosticCodes.CutTransitionAstray,
                Severity.Error,
                $"The {Wording.Transition(junction.Point)} {(junction.HasLost ? "belongs to a clip that is not on the track" : "joins two clips that do not touch")}. Take it out and make it again at the cut.");
        }

        bool IsCopy(ElementId? id) => id is { } named && copies.Contains(named);
    }
}
