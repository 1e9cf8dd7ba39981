using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>
/// The cut around a conflict as each offered answer would make it. Nothing is imagined: each is a merge with that answer.
/// </summary>
public static class Outcomes
{
    /// <summary>Shown on either side of what is in dispute, at least.</summary>
    static readonly Flicks LeastAround = new(2 * Flicks.PerSecond);

    /// <param name="request">The merge with the answers given so far.</param>
    /// <param name="conflict">One of its conflicts.</param>
    public static OutcomesResponse Of(MergeRequest request, Conflict conflict)
    {
        var others = request.Resolutions.RemoveAll(answer => answer.Conflict == conflict.Id);
        List<Outcome> outcomes = [new(null, request.Base, conflict)];
        foreach (var choice in conflict.Offered)
        {
            var merged = ThreeWayMerge.Merge(request with { Resolutions = others.Add(new(conflict.Id, choice)) }).Merged;
            outcomes.Add(new(CutRequestRules.WordOf(choice), merged, conflict));
        }

        var length = outcomes.Max(outcome => outcome.Length);
        return new([.. outcomes.Select(outcome => outcome.View(length))]);
    }

    sealed class Outcome
    {
        readonly string? _choice;
        readonly Sequence _cut;
        readonly ImmutableArray<Placed> _disputed;
        readonly HashSet<ElementId> _tracks;
        readonly Flicks _start;
        readonly Flicks _end;

        public Outcome(string? choice, Sequence cut, Conflict conflict)
        {
            (_choice, _cut) = (choice, cut);
            var placement = Placement.Of(cut);
            _disputed = [.. conflict.Elements.Select(placement.Find).OfType<Placed>()];
            _tracks = [.. cut.Tracks.Where(track => conflict.Tracks.Contains(track.Name)).Select(track => track.Id), .. _disputed.Select(placed => placed.Track.Id)];
            _start = _disputed.IsEmpty ? conflict.At : _disputed.Min(placed => placed.Start);
            _end = _disputed.IsEmpty ? conflict.At : _disputed.Max(placed => placed.End);
        }

        public Flicks Length => _end - _start + Around + Around;

        Flicks Around => Flicks.Max(LeastAround, new((_end - _start).Value / 4));

        public OutcomeView View(Flicks length)
        {
            var from = _start - Around;
            var clock = new RecordClock(_cut);
            var stretch = _cut with { Tracks = [.. _cut.Tracks.Where(track => _tracks.Contains(track.Id))] };
            var layout = TimelineLayout.Of("", stretch);
            var (first, frames) = (clock.Frames(from), clock.Frames(length));
            return new(
                _choice,
                layout with { DurationFrames = clock.Frames(_cut.Duration), Tracks = [.. layout.Tracks.Select(track => Cropped(track, first, first + frames))] },
                first,
                frames,
                [.. _disputed.Select(placed => placed.Element.Id.ToString())]);
        }
    }

    static TrackView Cropped(TrackView track, long first, long end) => track with
    {
        Elements = [.. track.Elements.Where(element => element.StartFrame < end && element.StartFrame + element.DurationFrames > first)],
        Transitions = [.. track.Transitions.Where(transition => transition.StartFrame < end && transition.StartFrame + transition.DurationFrames > first)],
    };
}
