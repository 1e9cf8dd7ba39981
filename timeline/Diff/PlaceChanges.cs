using System.Collections.Immutable;
using CineGit.Timeline.Folding;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>What came, went and moved.</summary>
sealed class PlaceChanges(Displacement displacement, Wording before, Wording after)
{
    const string Subject = Draft.SubjectMark;

    readonly Alignment _alignment = displacement.Alignment;

    /// <summary>Elements that an edit says moved; the others that stand elsewhere were only shifted.</summary>
    public HashSet<ElementId> Told { get; } = [];

    public IEnumerable<Draft> Inserted() =>
        from placed in _alignment.After.All
        where _alignment.Before.Find(placed.Element.Id) is null && _alignment.Before.HasTrack(placed.Track.Id)
        let shift = displacement.RippleOf(new(Cause.Inserted, placed.Element.Id), placed.Track.Id)
        select Draft.For(EditKind.Insert, placed, after, $"Inserted {Subject} ({after.Frames(placed.Element.Duration)})") with
        {
            Act = "Inserted",
            Ripple = !shift.IsZero,
            Suffix = ElementChanges.RippleSuffix(shift),
        };

    public IEnumerable<Draft> Deleted() =>
        from placed in _alignment.Before.All
        where _alignment.After.Find(placed.Element.Id) is null && _alignment.After.HasTrack(placed.Track.Id)
        let shift = displacement.RippleOf(new(Cause.Deleted, placed.Element.Id), placed.Track.Id)
        let verb = shift.IsZero && !Covered(placed) ? "Lifted" : "Deleted"
        select Draft.For(EditKind.Delete, placed, before, $"{verb} {Subject} ({before.Frames(placed.Element.Duration)})") with
        {
            Act = verb,
            Ripple = !shift.IsZero,
            Suffix = ElementChanges.RippleSuffix(shift),
        };

    bool Covered(Placed gone) =>
        _alignment.After.On(gone.Track.Id).Any(p => _alignment.Before.Find(p.Element.Id) is null && displacement.BaseTime(p.Element.Id) == gone.Start);

    public IEnumerable<Draft> Moved()
    {
        foreach (var placed in _alignment.After.All.Where(p => _alignment.IsMoved(p.Element.Id)))
        {
            if (_alignment.Before.Find(placed.Element.Id) is not { } was) continue;
            Told.Add(placed.Element.Id);
            var from = $" from {before.At(was.Start)}" + (was.Track.Id == placed.Track.Id ? "" : $" on {was.Track.Name}");
            yield return Draft.For(EditKind.Move, placed, after, $"Moved {Subject}{from} to {after.At(placed.Start)}") with
            {
                Act = was.Track.Id == placed.Track.Id ? "Moved" : "Moved to another track",
                Amount = placed.Start - was.Start,
                Ripple = !displacement.RippleOf(new(Cause.MovedIn, placed.Element.Id), placed.Track.Id).IsZero,
                Timecode = "",
            };
        }
    }

    /// <summary>Empty time that came or went without another edit: elements pushed along their track, holes opened and closed.</summary>
    public IEnumerable<Draft> Spaces()
    {
        foreach (var track in _alignment.After.Sequence.Tracks)
        {
            var events = displacement.Events(track.Id).Where(e => e.Key.IsSpace && !e.Delta.IsZero && IsOn(track.Id, e.Key.Element)).ToList();
            for (var i = 0; i < events.Count; i++)
            {
                var opening = events[i];
                var pushed = Pushed(track.Id, opening, i + 1 < events.Count ? events[i + 1].At : null);
                if (pushed.Count == 0) continue;
                var closes = i + 1 < events.Count && (events[i + 1].Delta + opening.Delta).IsZero && events[i + 1].Key.Cause == Cause.SpaceAfter
                    && pushed.Sum(p => StandIn.CountOf(p.Element)) <= TrackRegions.MostPushed;
                yield return closes ? Push(pushed, opening.Delta) : OpenOrClose(pushed[0], opening.Delta);
                if (closes) i++;
            }
        }
    }

    bool IsOn(ElementId track, ElementId element) => _alignment.Before.Find(element)?.Track.Id == track;

    List<Placed> Pushed(ElementId track, RippleEvent opening, Flicks? until) =>
        [.. _alignment.Anchors(track).Where(a => a.Before.Start >= opening.At && (until is not { } end || a.Before.Start < end)).Select(a => a.After)];

    Draft Push(List<Placed> pushed, Flicks amount)
    {
        foreach (var placed in pushed) Told.Add(placed.Element.Id);
        var ids = pushed.SelectMany(p => StandIn.IdsOf(p.Element)).ToImmutableArray();
        var what = ids.Length == 1 ? Subject : $"{ids.Length} clips from {Subject} on";
        var way = amount.IsNegative ? "earlier" : "later";
        return Draft.For(EditKind.Move, pushed[0], after, $"Moved {what} by {after.Frames(amount)} to {way}") with
        {
            Elements = ids,
            Amount = amount,
        };
    }

    Draft OpenOrClose(Placed first, Flicks amount)
    {
        Told.Add(first.Element.Id);
        var verb = amount.IsNegative ? "Closed" : "Opened";
        return Draft.For(EditKind.Move, first, after, $"{verb} a gap of {after.Frames(amount)} before {Subject}") with
        {
            Amount = amount,
            Ripple = true,
            Suffix = ElementChanges.RippleSuffix(amount),
        };
    }
}
