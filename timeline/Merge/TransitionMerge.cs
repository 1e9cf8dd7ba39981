using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>The transitions of one track: merged as registers, then held against the cut they ended up at.</summary>
sealed class TransitionMerge(MergeRun run, Track track, ImmutableArray<Element> elements)
{
    readonly Dictionary<ElementId, int> _places = Places(elements);

    public ImmutableArray<EditPoint> Merge()
    {
        static Dictionary<ElementId, EditPoint> Of(Track? t) => t is null ? [] : t.EditPoints.ToDictionary(p => p.Id);
        var (o, a, b) = (Of(run.Base.Track(track.Id)), Of(run.Ours.Cut.Track(track.Id)), Of(run.Theirs.Cut.Track(track.Id)));
        var merged = new List<EditPoint>();
        foreach (var id in o.Keys.Union(a.Keys).Union(b.Keys))
        {
            var point = (o.GetValueOrDefault(id), a.GetValueOrDefault(id), b.GetValueOrDefault(id)) switch
            {
                (null, { } x, null) => x,
                (null, null, { } y) => y,
                (null, { } x, { } y) => Registers.Pick(null, x, y, () => Ask(id, x, Told(x), Told(y), null)) ?? x,
                ({ } w, null, { } y) => w.Equals(y) ? null : Removed(w, y, Side.Ours),
                ({ } w, { } x, null) => w.Equals(x) ? null : Removed(w, x, Side.Theirs),
                ({ } w, { } x, { } y) => Both(w, x, y),
                _ => null,
            };
            if (point is not null && Fit(point, a.ContainsKey(id)) is { } fitting) merged.Add(fitting);
        }

        foreach (var pair in merged.Where(p => !IsLoose(p)).GroupBy(p => (p.Left, p.Right)).Where(g => g.Count() > 1).ToList())
        {
            merged.RemoveAll(Rivals([.. pair.Where(p => !b.ContainsKey(p.Id))], [.. pair.Where(p => !a.ContainsKey(p.Id))]).Contains);
        }

        return [.. merged.OrderBy(p => p.Right is { } right && _places.TryGetValue(right, out var at) ? at : elements.Length)];
    }

    static Dictionary<ElementId, int> Places(ImmutableArray<Element> elements)
    {
        var places = new Dictionary<ElementId, int>(elements.Length);
        for (var i = 0; i < elements.Length; i++) places.Add(elements[i].Id, i);
        return places;
    }

    /// <summary>Those that give way where each side put a transition of its own at one cut.</summary>
    EditPoint[] Rivals(EditPoint[] mine, EditPoint[] yours)
    {
        if (mine is not [var m, ..] || yours is not [var y, ..]) return [];
        return Ask(m.Id, m, Settings(run.Ours, m), Settings(run.Theirs, y), null) switch
        {
            Choice.Ours => yours,
            Choice.Theirs => mine,
            _ => [.. mine, .. yours],
        };
    }

    /// <summary>It touches no clip, so no edit can take its cut away.</summary>
    static bool IsLoose(EditPoint point) => point.Left is null && point.Right is null;

    static string Told(EditPoint point) => $"made it a {Wording.Transition(point)}";

    EditPoint? Removed(EditPoint was, EditPoint kept, Side remover)
    {
        var (removed, changed) = ($"removed the {Wording.Transition(was)}", $"changed the {Wording.Transition(was)}");
        var choice = remover == Side.Ours
            ? Ask(was.Id, was, removed, changed, ConflictKind.Delete)
            : Ask(was.Id, was, changed, removed, ConflictKind.Delete);
        return choice is null or Choice.Base ? was : choice == run.View(remover).AsChoice ? null : kept;
    }

    EditPoint Both(EditPoint was, EditPoint ours, EditPoint theirs)
    {
        T Field<T>(Func<EditPoint, T> get) =>
            Registers.Pick(get(was), get(ours), get(theirs), () => Ask(was.Id, was, Settings(run.Ours, ours), Settings(run.Theirs, theirs), null));
        var (left, right) = Field(p => (p.Left, p.Right));
        var (inOffset, outOffset) = Field(p => (p.InOffset, p.OutOffset));
        return ours with
        {
            Left = left,
            Right = right,
            InOffset = inOffset,
            OutOffset = outOffset,
            Name = Field(p => p.Name),
            Type = Field(p => p.Type),
            Node = Registers.Node(was.Node, ours.Node, theirs.Node, NodeFields.OfTransition, (_, _, _, _) => Ask(was.Id, was, Settings(run.Ours, ours), Settings(run.Theirs, theirs), null)),
        };
    }

    static string Settings(SideView side, EditPoint p) =>
        $"made it a {Wording.Transition(p)} of {side.Words.Frames(p.InOffset)} before and {side.Words.Frames(p.OutOffset)} after the cut";

    /// <summary>The transition, shortened to what its clips give when so answered; null when its cut is gone.</summary>
    EditPoint? Fit(EditPoint point, bool inOurs)
    {
        if (IsLoose(point)) return point;
        var (left, right) = (Find(point.Left), Find(point.Right));
        if ((point.Left is not null && left is null) || (point.Right is not null && right is null) || !Adjacent(left, right))
        {
            return Drop(point, inOurs, "the cut it stood on is gone", null);
        }

        var shortest = point with { InOffset = Flicks.Min(point.InOffset, RoomBefore(left, right)), OutOffset = Flicks.Min(point.OutOffset, RoomAfter(left, right)) };
        if (shortest.Equals(point) || WasTight(point)) return point;
        var usable = !shortest.InOffset.IsNegative && !shortest.OutOffset.IsNegative && shortest.InOffset + shortest.OutOffset > Flicks.Zero;
        return Drop(point, inOurs, "its clips are too short for it", usable ? shortest : null);
    }

    Element? Find(ElementId? id) => id is { } known && _places.TryGetValue(known, out var at) ? elements[at] : null;

    bool Adjacent(Element? left, Element? right)
    {
        if (left is null || right is null) return left is not null || right is not null;
        return right.Lead.Duration.IsZero && _places[right.Id] == _places[left.Id] + 1;
    }

    static Flicks RoomBefore(Element? left, Element? right)
    {
        var room = left?.Duration ?? Flicks.MaxValue;
        return right is Clip { Media.Available: { } available } && !HasSpeed(right)
            ? Flicks.Min(room, right.SourceStart - available.Start)
            : room;
    }

    static Flicks RoomAfter(Element? left, Element? right)
    {
        var room = right?.Duration ?? Flicks.MaxValue;
        return left is Clip { Media.Available: { } available } && !HasSpeed(left)
            ? Flicks.Min(room, available.End - left.SourceStart - left.Duration)
            : room;
    }

    static bool HasSpeed(Element element) => element.Effects.Any(e => e.TimeScalar is not null);

    /// <summary>Programs let an editor make transitions that outrun the media; one that a side has already is its own affair.</summary>
    bool WasTight(EditPoint point)
    {
        bool Tight(SideView side)
        {
            if (side.Cut.Track(track.Id)?.EditPoints.Any(p => p.Id == point.Id && p.InOffset == point.InOffset && p.OutOffset == point.OutOffset) != true) return false;
            var left = point.Left is { } l ? side.Find(l)?.Element : null;
            var right = point.Right is { } r ? side.Find(r)?.Element : null;
            return RoomBefore(left, right) < point.InOffset || RoomAfter(left, right) < point.OutOffset;
        }

        return Tight(run.Ours) || Tight(run.Theirs);
    }

    EditPoint? Drop(EditPoint point, bool inOurs, string why, EditPoint? shortened)
    {
        var name = Wording.Transition(point);
        var keeper = inOurs ? run.Ours : run.Theirs;
        var other = inOurs ? run.Theirs : run.Ours;
        var kept = $"has a {name}{Between(point)}";
        const string changed = "changed the clips there";
        var (ours, theirs) = inOurs ? (kept, changed) : (changed, kept);
        var clash = AboutCut(point, "fit", $"{why}|{ours}|{theirs}", ours, theirs) with
        {
            Sentence = $"{keeper.Name} has a {name}{Between(point)}, but with {other.Name}'s edit {why}.",
            Offered = shortened is null ? [other.AsChoice] : [Choice.Both, other.AsChoice],
        };
        return run.Book.Ask(clash) == Choice.Both ? shortened : null;
    }

    string Between(EditPoint point) => (point.Left, point.Right) switch
    {
        ({ } l, { } r) => $" between {run.Called(l)} and {run.Called(r)}",
        ({ } l, null) => $" at the end of {run.Called(l)}",
        (null, { } r) => $" at the start of {run.Called(r)}",
        _ => "",
    };

    Choice? Ask(ElementId id, EditPoint point, string ours, string theirs, ConflictKind? kind) =>
        run.Book.Ask(AboutCut(point, id.ToString(), $"{ours}|{theirs}", ours, theirs) with { Kind = kind ?? ConflictKind.Transition });

    Clash AboutCut(EditPoint point, string register, string values, string ours, string theirs) =>
        new(ConflictKind.Transition, $"{point.Id}/{register}")
        {
            Elements = [.. new[] { point.Left, point.Right }.OfType<ElementId>(), point.Id],
            Tracks = [track.Name],
            Group = $"{point.Id}/{register}",
            Values = values,
            Subject = Wording.Transition(point),
            Sentence = $"The {Wording.Transition(point)}{Between(point)}: {run.Ours.Name} {ours}; {run.Theirs.Name} {theirs}.",
            Base = run.Base.Track(track.Id)?.EditPoints.Any(p => p.Id == point.Id) == true ? new("as it was", null) : Term.Absent,
            Ours = new(ours, null),
            Theirs = new(theirs, null),
        };
}
