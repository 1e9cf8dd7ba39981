using CineGit.Timeline.Checks;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>What must hold of every merged cut. A breach is a bug of the merge, never a state of the cuts, and is not mended.</summary>
static class Invariants
{
    public static void Check(MergeRun run, Sequence merged, IEnumerable<Conflict> conflicts)
    {
        var seen = new HashSet<ElementId>(merged.Tracks.Sum(t => 1 + t.Elements.Length + t.EditPoints.Length));
        foreach (var track in merged.Tracks)
        {
            if (!seen.Add(track.Id)) throw Breach($"track {track.Name} is there twice");
            CheckTrack(run, track, seen);
        }

        HashSet<ElementId> disputed = [.. conflicts.SelectMany(c => c.Elements)];
        CheckNothingLost(run, seen, disputed);
        CheckNests(run, merged, disputed);
    }

    /// <summary>Uses of one definition show one inside, as far as those of the three cuts did. What is inside was checked as a cut.</summary>
    static void CheckNests(MergeRun run, Sequence merged, HashSet<ElementId> disputed)
    {
        IEnumerable<IGrouping<string, Nest>> Definitions(Sequence cut) =>
            cut.Tracks.SelectMany(t => t.Elements).OfType<Nest>().Where(n => n.Definition is not null && !disputed.Contains(n.Id)).GroupBy(NestMerge.DefinitionOf);
        IEnumerable<string> Differing(Sequence cut) =>
            Definitions(cut).Where(g => g.Any(n => !NestInside.SameInside(n, g.First()))).Select(g => g.Key);
        var differing = Differing(merged).ToList();
        if (differing.Count == 0) return;
        var known = new[] { run.Base, run.Ours.Cut, run.Theirs.Cut }.SelectMany(cut => Differing(cut.Sequence));
        var broken = differing.Except(known).FirstOrDefault();
        if (broken is not null) throw Breach($"the uses of {broken} differ inside");
    }

    static void CheckTrack(MergeRun run, Track track, HashSet<ElementId> seen)
    {
        for (var i = 0; i < track.Elements.Length; i++)
        {
            var element = track.Elements[i];
            if (!seen.Add(element.Id)) throw Breach($"{element.Id} is there twice");
            if (element.Duration <= Flicks.Zero && !CameWithoutDuration(run, element.Id)) throw Breach($"{element.Id} has no duration");
            if (element.Lead.Duration.IsNegative) throw Breach($"{element.Id} overlaps what stands before it");
        }

        foreach (var junction in Junction.Of(track))
        {
            if (!seen.Add(junction.Point.Id)) throw Breach($"transition {junction.Point.Id} is there twice");
            if (junction.HasLost) throw Breach($"transition {junction.Point.Id} lost a neighbour");
            if (junction.IsApart) throw Breach($"transition {junction.Point.Id} is not at a cut");
        }
    }

    /// <summary>A clip whose file does not say how long it is has none in its own cut either.</summary>
    static bool CameWithoutDuration(MergeRun run, ElementId id) =>
        new[] { run.Base, run.Ours.Cut, run.Theirs.Cut }.Any(cut => cut.Find(id) is { Element.Duration.IsZero: true });

    /// <summary>Every element of either side is in the result, was deleted by a side, or is in a conflict.</summary>
    static void CheckNothingLost(MergeRun run, HashSet<ElementId> seen, HashSet<ElementId> disputed)
    {
        foreach (var side in (Side[])[Side.Ours, Side.Theirs])
        {
            foreach (var placed in run.View(side).Cut.All)
            {
                var id = placed.Element.Id;
                if (seen.Contains(id) || disputed.Contains(id) || disputed.Contains(placed.Track.Id)) continue;
                if (run.Base.Find(id) is null || run.Other(side).Find(id) is not null) throw Breach($"{id} was lost");
            }
        }
    }

    static InvalidOperationException Breach(string what) => new($"The merge broke an invariant: {what}.");
}
