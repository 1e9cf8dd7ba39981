using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>The transitions of one track: merged as registers, then held against the cut they ended up at.</summary>
sealed class TransitionMerge(MergeRun run, Track track, ImmutableArray<Element> elements)
{
    readonly TransitionFit _fit = new(run, track, elements);

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
                (null, { } x, { } y) => Registers.Pick(null, x, y, () => Value(id, x, Told(x), Told(y))) ?? x,
                ({ } w, null, { } y) => Alike.Are(w, y) ? null : Removed(w, y, Side.Ours),
                ({ } w, { } x, null) => Alike.Are(w, x) ? null : Removed(w, x, Side.Theirs),
                ({ } w, { } x, { } y) => Both(w, x, y),
                _ => null,
            };
            if (point is not null && _fit.Fit(point, a.ContainsKey(id)) is { } fitting) merged.Add(fitting);
        }

        foreach (var pair in merged.Where(p => !TransitionFit.IsLoose(p)).GroupBy(p => (p.Left, p.Right)).Where(g => g.Count() > 1).ToList())
        {
            merged.RemoveAll(Rivals([.. pair.Where(p => !b.ContainsKey(p.Id))], [.. pair.Where(p => !a.ContainsKey(p.Id))]).Contains);
        }

        return [.. merged.OrderBy(p => _fit.PlaceOf(p.Right) ?? elements.Length)];
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
            Registers.Pick(get(was), get(ours), get(theirs), Ask);
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
            Node = Registers.Node(was.Node, ours.Node, theirs.Node, NodeFields.OfTransition, (_, _, _, _) => Ask()),
        };
        Answer? Ask() => Value(was.Id, was, Settings(run.Ours, ours), Settings(run.Theirs, theirs));
    }

    static string Settings(SideView side, EditPoint p) =>
        $"made it a {Wording.Transition(p)} of {side.Words.Frames(p.InOffset)} before and {side.Words.Frames(p.OutOffset)} after the cut";

    Answer? Value(ElementId id, EditPoint point, string ours, string theirs) =>
        Ask(id, point, ours, theirs, null) is { } choice ? new(choice, null) : null;

    Choice? Ask(ElementId id, EditPoint point, string ours, string theirs, ConflictKind? kind) =>
        run.Book.Ask(_fit.AboutCut(point, id.ToString(), $"{ours}|{theirs}", ours, theirs) with { Kind = kind ?? ConflictKind.Transition });
}
