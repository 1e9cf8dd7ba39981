using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>An element of the merged cut, and whose trims are in it.</summary>
sealed record Survivor(Element Element, MergedTiming Timing);

/// <summary>Which elements and tracks are in the merged cut.</summary>
sealed class Presence
{
    readonly MergeRun _run;
    readonly ElementMerge _merge;
    readonly Dictionary<ElementId, Survivor> _kept = [];
    readonly Dictionary<ElementId, Choice?> _removedTracks = [];
    readonly HashSet<ElementId> _dropped = [];
    readonly OrphanedMarkers _markers;

    public Presence(MergeRun run)
    {
        _run = run;
        _merge = new(run);
        _markers = new(run);
        DecideTracks();
        DecideElements();
        foreach (var id in _markers.NextShots)
            if (_kept.TryGetValue(id, out var next)) _kept[id] = next with { Element = _markers.WithMoved(next.Element) };
    }

    public IReadOnlyDictionary<ElementId, Survivor> Kept => _kept;

    /// <summary>Markers of deleted clips that stay, in base time.</summary>
    public IReadOnlyList<Marker> MarkersOfDeleted => _markers.AtTheirTime;

    public bool Has(ElementId element) => _kept.ContainsKey(element);

    /// <summary>True for a base track that is gone; null choice means nobody objected.</summary>
    public bool IsTrackGone(ElementId track) => _removedTracks.TryGetValue(track, out var keeper) && keeper is null;

    /// <summary>The side whose version of a track stands because the other removed it; Base while that is open.</summary>
    public Choice? KeeperOf(ElementId track) => _removedTracks.GetValueOrDefault(track);

    /// <summary>Takes an inserted element out again.</summary>
    public void Drop(ElementId element)
    {
        _kept.Remove(element);
        _dropped.Add(element);
    }

    void DecideTracks()
    {
        foreach (var track in _run.Base.Sequence.Tracks)
        {
            var inOurs = _run.Ours.Cut.HasTrack(track.Id);
            var inTheirs = _run.Theirs.Cut.HasTrack(track.Id);
            if (inOurs && inTheirs) continue;
            _removedTracks[track.Id] = inOurs || inTheirs ? KeptAgainst(track, inOurs ? Side.Theirs : Side.Ours) : null;
        }
    }

    Choice? KeptAgainst(Track track, Side remover)
    {
        var keeper = _run.Other(remover);
        if (!Touched(track, keeper)) return null;
        var removed = $"removed track {track.Name}";
        var changed = $"changed track {track.Name}";
        var (ours, theirs) = remover == Side.Ours ? (removed, changed) : (changed, removed);
        var clash = new Clash(ConflictKind.Track, $"track/{track.Id}")
        {
            Elements = [track.Id],
            Tracks = [track.Name],
            Group = $"track/{track.Id}",
            Values = $"{ours}|{theirs}",
            Subject = track.Name,
            Sentence = $"{_run.Ours.Name} {ours}; {_run.Theirs.Name} {theirs}.",
            Base = new("as it was", null),
            Ours = new(ours, null),
            Theirs = new(theirs, null),
        };
        var choice = _run.Book.Ask(clash) ?? Choice.Base;
        return choice == _run.View(remover).AsChoice ? null : choice;
    }

    /// <summary>True when a side does not have all that is on a track of the base as it is there.</summary>
    public static bool Touched(Track track, SideView side)
    {
        var now = side.Cut.Track(track.Id);
        return now is null
            || (now.Name, now.Kind, now.Enabled) != (track.Name, track.Kind, track.Enabled)
            || !Alike.Are(now.Effects, track.Effects, Alike.Are)
            || !Alike.Are(now.Markers, track.Markers, Alike.Are)
            || !Alike.Are(now.EditPoints, track.EditPoints, Alike.Are)
            || !now.Elements.Select(e => e.Id).SequenceEqual(track.Elements.Select(e => e.Id))
            || now.Elements.Zip(track.Elements).Any(p => !Alike.Are(p.First, p.Second) || p.First.Lead.Duration != p.Second.Lead.Duration)
            || NodeFields.Differences(track.Node, now.Node, NodeFields.OfTrack).Any();
    }

    void DecideElements()
    {
        _kept.EnsureCapacity(_run.Base.Sequence.Tracks.Sum(t => t.Elements.Length));
        foreach (var placed in _run.Base.All)
        {
            if (DecideKnown(placed) is { } survivor) _kept[placed.Element.Id] = survivor;
        }

        foreach (var side in (Side[])[Side.Ours, Side.Theirs])
        {
            foreach (var placed in _run.View(side).Cut.All)
            {
                var id = placed.Element.Id;
                if (_run.Base.Find(id) is not null || _kept.ContainsKey(id) || _run.IsReverted(side, id) || IsOnLostTrack(placed.Track.Id, side)) continue;
                var other = _run.Other(side).Find(id)?.Element;
                var element = other is null ? placed.Element : _merge.MergeInserted(placed.Element, other);
                _kept[id] = new(element, new(element.SourceStart, element.Duration, side == Side.Ours || other is not null, side == Side.Theirs || other is not null, null));
            }
        }
    }

    bool IsOnLostTrack(ElementId track, Side side) =>
        _removedTracks.TryGetValue(track, out var keeper) && keeper != _run.View(side).AsChoice;

    Survivor? DecideKnown(Placed origin)
    {
        var id = origin.Element.Id;
        var (ours, theirs) = (_run.Ours.Find(id)?.Element, _run.Theirs.Find(id)?.Element);
        if (ours is not null && theirs is not null)
        {
            var (element, timing) = _merge.Merge(origin.Element, ours, theirs);
            return new(element, timing);
        }

        if (ours is null && theirs is null)
        {
            _run.Note($"Both sides deleted {Wording.Name(origin.Element)}; it was deleted once.", id);
            return null;
        }

        var remover = ours is null ? Side.Ours : Side.Theirs;
        var kept = ours ?? theirs ?? origin.Element;
        if (_removedTracks.TryGetValue(origin.Track.Id, out var keeper) && !_run.View(remover).Cut.HasTrack(origin.Track.Id))
        {
            if (keeper is null) return null;
            return keeper == Choice.Base ? Untouched(origin.Element) : KeptBy(_run.Other(remover).Side, kept);
        }

        if (_run.Splits?.DisputeOf(id) is { } dispute && dispute.Changer == remover) return Answered(_run.Ask(dispute), origin.Element, kept, remover);
        if (_run.Book.ImpliedFor($"{id}/presence") is { } implied) return Answered(implied, origin.Element, kept, remover);
        var edited = EditedWith(origin, remover);
        return edited.Count > 0 ? AskDelete(origin, kept, remover, edited) : null;
    }

    static Survivor Untouched(Element origin) => new(origin, new(origin.SourceStart, origin.Duration, false, false, Choice.Base));

    static Survivor KeptBy(Side side, Element element) =>
        new(element, new(element.SourceStart, element.Duration, side == Side.Ours, side == Side.Theirs, null));

    static bool IsEdited(Placed origin, Element now, SideView side) => side.Shifts(now.Id) || !Alike.Are(origin.Element, Here(origin.Element, now));

    /// <summary>Where a file lies is no edit of the clip that shows it.</summary>
    static Element Here(Element origin, Element now) =>
        OwnMedia.IsElsewhere(origin, now) && (origin, now) is (Clip was, Clip clip) ? clip with { Media = was.Media } : now;

    /// <summary>A shot and its sound are kept or deleted together: what was done to one of them counts for all.</summary>
    List<Placed> EditedWith(Placed origin, Side remover)
    {
        var (gone, keeper) = (_run.View(remover), _run.Other(remover));
        IEnumerable<Placed> members = origin.Element.Link is { } link ? _run.Linked[link] : [origin];
        return [.. members.Where(m => gone.Find(m.Element.Id) is null && keeper.Find(m.Element.Id) is { } now && IsEdited(m, now.Element, keeper))];
    }

    Survivor? AskDelete(Placed origin, Element kept, Side remover, List<Placed> edited)
    {
        var id = origin.Element.Id;
        var keeper = _run.Other(remover);
        var changed = string.Join(" and ", edited.Select(e => Did(e, keeper)).Distinct());
        var deleted = "deleted " + _run.Called(id);
        var (ours, theirs) = remover == Side.Ours ? (deleted, changed) : (changed, deleted);
        var prints = string.Join('|', edited.Select(e => keeper.Find(e.Element.Id)).OfType<Placed>().Select(e => ElementMerge.Print(e.Element)));
        var clash = _run.About(ConflictKind.Delete, id, "presence", $"{ours}|{theirs}|{prints}", ours, theirs) with
        {
            Offered = [keeper.AsChoice, _run.View(remover).AsChoice, Choice.Base],
        };
        var choice = _run.Book.Ask(_markers.About(clash, edited, keeper)) ?? Choice.Base;
        if (choice is not (Choice.SameTime or Choice.NextShot)) return Answered(choice, origin.Element, kept, remover);
        _markers.Keep(choice, origin, keeper);
        return null;
    }

    string Did(Placed origin, SideView keeper)
    {
        var id = origin.Element.Id;
        var edits = keeper.Tell(id, _run.Called(id));
        if (!keeper.Shifts(id)) return edits;
        var moved = "moved " + _run.Called(id);
        return keeper.Find(id) is { } now && Alike.Are(origin.Element, now.Element) ? moved : $"{moved} and {edits}";
    }

    Survivor? Answered(Choice choice, Element origin, Element kept, Side remover)
    {
        if (choice == _run.View(remover).AsChoice) return null;
        return choice == Choice.Base ? Untouched(origin) : KeptBy(_run.Other(remover).Side, kept);
    }
}
