using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Decides for every element whose placing counts: nobody's (it stays in the order of the base), or that of the side that
/// inserted or moved it. Two sides that want one cut, one element in two places, and clips laid over something the other
/// side took away are questions.
/// </summary>
sealed class Arrivals
{
    readonly MergeRun _run;
    readonly Presence _presence;
    readonly Dictionary<ElementId, Side> _placedBy = [];
    readonly HashSet<(Side Side, ElementId Element)> _pushVoid = [];
    readonly HashSet<ElementId> _bothAtSeam = [];
    readonly HashSet<ElementId> _theirsFirst = [];
    readonly Dictionary<ElementId, Flicks> _nextShots = [];
    readonly Dictionary<ElementId, (ElementId Track, Flicks Start)> _typed = [];

    public Arrivals(MergeRun run, Presence presence)
    {
        _run = run;
        _presence = presence;
        foreach (var id in presence.Kept.Keys.ToList()) DecidePlace(id);
        AskSeams();
        AskOrphans();
    }

    /// <summary>The side that placed an element; null when it stays in the order of the base.</summary>
    public Side? PlacedBy(ElementId element) => _placedBy.TryGetValue(element, out var side) ? side : null;

    /// <summary>True when both sides put an element in one and the same place.</summary>
    public bool PlacedAlike(ElementId element) =>
        _run.Ours.Moved(element) && _run.Theirs.Moved(element) && _placedBy.ContainsKey(element) && SamePlace(element);

    public bool IsPushVoid(Side side, ElementId element) => _run.IsReverted(side, element) || _pushVoid.Contains((side, element));

    /// <summary>True for what both sides inserted at one cut when both are kept, ours first.</summary>
    public bool SharesSeam(ElementId element) => _bothAtSeam.Contains(element);

    /// <summary>True for what both sides inserted at one cut when both are kept, theirs first.</summary>
    public bool SharesSeamTheirsFirst(ElementId element) => _theirsFirst.Contains(element);

    /// <summary>Base time of the shot over which an element is put whose own shot is gone; null for all others.</summary>
    public Flicks? NextShotFor(ElementId element) => _nextShots.TryGetValue(element, out var at) ? at : null;

    /// <summary>Where it was typed in that an element stands; null for all others.</summary>
    public (ElementId Track, Flicks Start)? TypedFor(ElementId element) => _typed.TryGetValue(element, out var place) ? place : null;

    bool Moves(Side side, ElementId id) => _run.View(side).Moved(id) && !_run.IsReverted(side, id);

    void DecidePlace(ElementId id)
    {
        if (_run.Base.Find(id) is null)
        {
            _placedBy[id] = _run.Ours.Find(id) is null ? Side.Theirs : Side.Ours;
            if (_run.Ours.Find(id) is not null && _run.Theirs.Find(id) is not null && !SamePlace(id)) AskMove(id, "inserted");
            return;
        }

        var (ours, theirs) = (Moves(Side.Ours, id), Moves(Side.Theirs, id));
        if (ours && theirs && SamePlace(id))
        {
            _placedBy[id] = Side.Ours;
            _run.Note($"Both sides moved {_run.Called(id)} to the same place; it was moved once.", id);
        }
        else if (ours && theirs || ours && _run.Theirs.Pushed(id) || theirs && _run.Ours.Pushed(id))
        {
            AskMove(id, "moved");
        }
        else if (ours || theirs)
        {
            _placedBy[id] = ours ? Side.Ours : Side.Theirs;
        }
    }

    bool SamePlace(ElementId id)
    {
        var (a, b) = (_run.Ours.Find(id), _run.Theirs.Find(id));
        return a is not null && b is not null
            && a.Track.Id == b.Track.Id
            && _run.Ours.Change.BaseTime(id) == _run.Theirs.Change.BaseTime(id)
            && Before(a, _run.Ours) == Before(b, _run.Theirs);
    }

    static ElementId? Before(Placed placed, SideView side) =>
        placed.Index == 0 ? null : side.Cut.Tracks[placed.TrackIndex][placed.Index - 1].Element.Id;

    void AskMove(ElementId id, string did)
    {
        string To(SideView side) => side.Find(id) is { } p ? $"{did} {_run.Called(id)} to {side.Words.At(p.Start)} on {p.Track.Name}" : $"{did} {_run.Called(id)}";
        string Value(SideView side) => side.Find(id) is { } p ? $"{TrackFor(p)}@{side.Change.BaseTime(id).Value},{(Before(p, side) is { } before ? GroupFor(p, before) : "")}" : "";
        var inserted = _run.Base.Find(id) is null;
        var clash = _run.About(ConflictKind.Move, id, "place", $"{Value(_run.Ours)}|{Value(_run.Theirs)}", To(_run.Ours), To(_run.Theirs)) with
        {
            Offered = inserted ? [Choice.Ours, Choice.Theirs, Choice.Both] : [Choice.Ours, Choice.Theirs, Choice.Both, Choice.Base],
            Entry = TypedPlace.EntryFor(_run, id),
            Prepared = [Choice.Both],
            Worded = [new(Choice.Both, $"Both places: {_run.Called(id)} twice")],
        };
        var choice = _run.Book.Ask(clash);
        if (choice is Choice.Ours && (inserted || Moves(Side.Ours, id))) _placedBy[id] = Side.Ours;
        if (choice is Choice.Theirs && (inserted || Moves(Side.Theirs, id))) _placedBy[id] = Side.Theirs;
        if (choice is Choice.Manual && TypedPlace.Of(_run, id) is { } typed) _typed[id] = typed;
        if (choice is not Choice.Ours) _pushVoid.Add((Side.Ours, id));
        if (choice is not Choice.Theirs) _pushVoid.Add((Side.Theirs, id));
    }

    // Picture and sound that went to the same two places are to be one question, though their tracks and neighbours are two.
    string TrackFor(Placed placed) =>
        placed.Element.Link is not null && _run.Base.Find(placed.Element.Id)?.Track.Id == placed.Track.Id ? "" : placed.Track.Id.ToString();

    string GroupFor(Placed placed, ElementId neighbour) => placed.Element.Link is null ? neighbour.ToString() : _run.GroupOf(neighbour);

    IEnumerable<Placed> ArrivalsOf(Side side) => _run.View(side).Cut.All.Where(p => IsArrivalOf(side, p.Element.Id) && _presence.Has(p.Element.Id));

    bool IsArrivalOf(Side side, ElementId id) =>
        PlacedBy(id) == side && !PlacedAlike(id) && (_run.Base.Find(id) is not null || _run.Other(side).Find(id) is null);

    (ElementId Track, Flicks At) Seam(Placed placed, Side side) => (placed.Track.Id, _run.View(side).Change.BaseTime(placed.Element.Id));

    void AskSeams()
    {
        var ours = ArrivalsOf(Side.Ours).ToList();
        var theirs = ArrivalsOf(Side.Theirs).ToList();
        var mine = ours.Select(p => Seam(p, Side.Ours)).ToHashSet();
        var shared = theirs.Select(p => Seam(p, Side.Theirs)).Where(mine.Contains).GroupBy(s => s.At).OrderBy(g => g.Key);
        foreach (var seam in shared)
        {
            var tracks = seam.Select(s => s.Track).ToHashSet();
            var atSeam = WithLinked(ours.Where(p => Hits(p, Side.Ours)), ours);
            var atSeamToo = WithLinked(theirs.Where(p => Hits(p, Side.Theirs)), theirs);
            Answer(seam.Key, atSeam, atSeamToo);
            bool Hits(Placed p, Side side) => Seam(p, side) is var (track, at) && at == seam.Key && tracks.Contains(track);
        }
    }

    static List<Placed> WithLinked(IEnumerable<Placed> hits, List<Placed> arrivals)
    {
        var direct = hits.ToList();
        var links = direct.Select(p => p.Element.Link).OfType<string>().ToHashSet();
        return [.. arrivals.Where(p => direct.Contains(p) || (p.Element.Link is { } link && links.Contains(link)))];
    }

    void Answer(Flicks at, List<Placed> ours, List<Placed> theirs)
    {
        var choice = _run.Book.Ask(SeamClash(at, ours, theirs));
        if (choice is Choice.Both or Choice.TheirsFirst)
        {
            (choice == Choice.Both ? _bothAtSeam : _theirsFirst).UnionWith(ours.Concat(theirs).Select(p => p.Element.Id));
            return;
        }

        if (choice != Choice.Ours) Refuse(ours);
        if (choice != Choice.Theirs) Refuse(theirs);
    }

    Clash SeamClash(Flicks at, List<Placed> ours, List<Placed> theirs)
    {
        static string List(List<Placed> placed) => string.Join(" and ", placed.Select(p => Wording.Name(p.Element)).Distinct());
        static string Values(List<Placed> placed) =>
            string.Join(',', placed.Select(p => $"{Likeness.MediaKey(p.Element)}+{p.Element.SourceStart.Value}+{p.Element.Duration.Value}"));
        var alike = Values(ours) == Values(theirs);
        var (mine, yours) = ("inserted " + List(ours), "inserted " + List(theirs));
        return new(ConflictKind.Insert, $"seam/{at.Value}/{ours[0].Track.Id}")
        {
            Elements = [.. ours.Concat(theirs).Select(p => p.Element.Id)],
            Tracks = [.. ours.Concat(theirs).Select(p => p.Track.Name).Distinct()],
            Group = $"seam/{at.Value}/{ours[0].Track.Id}",
            Values = $"{Values(ours)}|{Values(theirs)}",
            Subject = List(ours),
            Sentence = $"{_run.Ours.Name} {mine} and {_run.Theirs.Name} {yours} at the same cut, {_run.Words.At(at)}.",
            Ours = new(mine, ours[0].Range),
            Theirs = new(yours, theirs[0].Range),
            Offered = alike ? [Choice.Ours, Choice.Both, Choice.TheirsFirst, Choice.Theirs] : [Choice.Both, Choice.TheirsFirst, Choice.Ours, Choice.Theirs],
            Worded =
            [
                new(Choice.Both, $"{_run.Ours.Name}'s {List(ours)}, then {_run.Theirs.Name}'s {List(theirs)}"),
                new(Choice.TheirsFirst, $"{_run.Theirs.Name}'s {List(theirs)}, then {_run.Ours.Name}'s {List(ours)}"),
                new(Choice.Ours, alike ? $"Keep {List(ours)} once" : $"Only {_run.Ours.Name}'s {List(ours)}"),
                new(Choice.Theirs, alike ? $"Keep {List(ours)} once, from {_run.Theirs.Name}" : $"Only {_run.Theirs.Name}'s {List(theirs)}"),
            ],
        };
    }

    void Refuse(List<Placed> arrivals)
    {
        foreach (var placed in arrivals) Refuse(placed.Element.Id);
    }

    void Refuse(ElementId id)
    {
        _placedBy.Remove(id);
        if (_run.Base.Find(id) is null) _presence.Drop(id);
    }

    /// <summary>A clip laid over time that the other side took out, on a track that closed up with it.</summary>
    void AskOrphans()
    {
        foreach (var side in (Side[])[Side.Ours, Side.Theirs])
        {
            foreach (var placed in ArrivalsOf(side).ToList())
            {
                var (view, other) = (_run.View(side), _run.Other(side));
                var at = view.Change.BaseTime(placed.Element.Id);
                foreach (var e in other.EventsOn(placed.Track.Id))
                {
                    if (e.Key.Cause != Cause.Deleted || e.Delta.IsZero || !e.Extent.Contains(at) || _presence.Has(e.Key.Element)) continue;
                    if (_run.Base.Find(e.Key.Element)?.Track.Id == placed.Track.Id) continue;
                    var choice = _run.Book.Ask(OrphanClash(placed, e.Key.Element, view));
                    if (choice == Choice.NextShot) _nextShots[placed.Element.Id] = e.Extent.End;
                    else if (choice != view.AsChoice) Refuse(placed.Element.Id);
                    break;
                }
            }
        }
    }

    Clash OrphanClash(Placed placed, ElementId under, SideView side)
    {
        var id = placed.Element.Id;
        var laid = $"put {Wording.Name(placed.Element)} over {_run.Called(under)}";
        var gone = $"deleted {_run.Called(under)}";
        var (ours, theirs) = side.Side == Side.Ours ? (laid, gone) : (gone, laid);
        var clash = _run.About(ConflictKind.Orphan, id, $"over/{under}", $"{ours}|{theirs}", ours, theirs);
        var (keep, remove) = (side.AsChoice, side.Side == Side.Ours ? Choice.Theirs : Choice.Ours);
        var next = NextShot(under);
        return clash with
        {
            Elements = [id, under],
            Offered = next is null ? [remove, keep] : [remove, keep, Choice.NextShot],
            Worded =
            [
                new(remove, $"Remove {Wording.Name(placed.Element)} too"),
                new(keep, $"Keep {Wording.Name(placed.Element)} at its time"),
                new(Choice.NextShot, $"Move {Wording.Name(placed.Element)} to the start of {next}"),
            ],
        };
    }

    string? NextShot(ElementId gone)
    {
        if (_run.Base.Find(gone) is not { } placed) return null;
        var next = _run.Base.On(placed.Track.Id).Skip(placed.Index + 1).FirstOrDefault(p => _presence.Has(p.Element.Id) && PlacedBy(p.Element.Id) is null);
        return next is null ? null : Wording.Name(next.Element);
    }
}
