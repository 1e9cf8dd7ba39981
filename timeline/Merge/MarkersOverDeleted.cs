using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>Markers of the sequence or of a track that one side put over a shot which the other side took out, closing the hole.</summary>
/// <param name="run">The run.</param>
/// <param name="presence">What is left in the merged cut.</param>
/// <param name="carrier">Names the carrier in the keys of clashes.</param>
/// <param name="events">What a side shifted where the markers are.</param>
sealed class MarkersOverDeleted(MergeRun run, Presence presence, string carrier, Func<SideView, IEnumerable<RippleEvent>> events)
{
    /// <param name="Origin">The markers of the base.</param>
    /// <param name="Ours">Those of our side.</param>
    /// <param name="Theirs">Those of their side.</param>
    public readonly record struct Terms(ImmutableArray<Marker> Origin, ImmutableArray<Marker> Ours, ImmutableArray<Marker> Theirs);

    /// <summary>The merged markers as it was answered what becomes of such ones.</summary>
    /// <param name="merged">The markers.</param>
    /// <param name="terms">What they were merged of, in one and the same time.</param>
    /// <param name="baseTime">The base's time of a moment that a side set.</param>
    /// <param name="moment">Of a moment of the base in the time of the markers.</param>
    public ImmutableArray<Marker> Settled(ImmutableArray<Marker> merged, Terms terms, Func<Flicks, SideView, Flicks> baseTime, Func<Flicks, Flicks> moment)
    {
        if (merged.IsEmpty) return merged;
        var (before, ours, theirs) = (terms.Origin.ToDictionary(m => m.Id), terms.Ours.ToDictionary(m => m.Id), terms.Theirs.ToDictionary(m => m.Id));
        var settled = ImmutableArray.CreateBuilder<Marker>(merged.Length);
        foreach (var marker in merged)
        {
            var origin = before.GetValueOrDefault(marker.Id);
            var placer = PlacerOf(marker, origin, ours.GetValueOrDefault(marker.Id), theirs.GetValueOrDefault(marker.Id));
            var gone = placer is null ? null : GoneAt(baseTime(marker.Range.Start, placer), run.Other(placer.Side));
            if (placer is null || gone is not { } deleted) settled.Add(marker);
            else if (Answered(marker, origin, placer, deleted, moment) is { } kept) settled.Add(kept);
        }

        return settled.ToImmutable();
    }

    /// <summary>The one side that put the marker where it is; null when that was neither, or both.</summary>
    SideView? PlacerOf(Marker marker, Marker? origin, Marker? ours, Marker? theirs)
    {
        bool Placed(Marker? own) => own is not null && own.Range.Start == marker.Range.Start && own.Range.Start != origin?.Range.Start;
        return (Placed(ours), Placed(theirs)) switch
        {
            (true, false) => run.Ours,
            (false, true) => run.Theirs,
            _ => null,
        };
    }

    RippleEvent? GoneAt(Flicks at, SideView remover)
    {
        foreach (var e in events(remover))
        {
            if (e.Key.Cause == Cause.Deleted && !e.Delta.IsZero && e.Extent.Contains(at) && !presence.Has(e.Key.Element)) return e;
        }

        return null;
    }

    Marker? Answered(Marker marker, Marker? origin, SideView placer, RippleEvent deleted, Func<Flicks, Flicks> moment)
    {
        var choice = run.Book.Ask(About(marker, origin, placer, deleted.Key.Element));
        if (choice == placer.AsChoice) return marker;
        return choice == Choice.NextShot
            ? marker with { Range = marker.Range with { Start = moment(deleted.Extent.End) } }
            : origin is null ? null : marker with { Range = origin.Range };
    }

    Clash About(Marker marker, Marker? origin, SideView placer, ElementId under)
    {
        var (name, shot) = (Wording.Name(marker), run.Called(under));
        var put = $"put {name} over {shot}";
        var gone = $"deleted {shot}";
        var (ours, theirs) = placer.Side == Side.Ours ? (put, gone) : (gone, put);
        var remove = run.Other(placer.Side).AsChoice;
        var next = OrphanedMarkers.NextShot(run, under);
        return new(ConflictKind.Orphan, $"{carrier}/{marker.Id}/over")
        {
            Elements = [under],
            Tracks = [run.TrackOf(under)],
            Group = $"{carrier}/{marker.Id}/over",
            Values = $"{carrier}|{marker.Id}|{origin?.Range.Start.Value}|{ours}|{theirs}",
            Subject = name,
            Sentence = $"{run.Ours.Name} {ours}; {run.Theirs.Name} {theirs}.",
            Base = origin is null ? Term.Absent : new("as it was", null),
            Ours = new(ours, null),
            Theirs = new(theirs, null),
            Offered = next is null ? [remove, placer.AsChoice] : [remove, placer.AsChoice, Choice.NextShot],
            Worded =
            [
                new(remove, origin is null ? $"Remove {name} too" : $"Leave {name} where it was"),
                new(placer.AsChoice, $"Keep {name} at its time"),
                new(Choice.NextShot, $"Move {name} to the start of {OrphanedMarkers.Called(next)}"),
            ],
        };
    }
}
