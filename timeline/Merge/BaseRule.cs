using System.Collections.Frozen;
using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Merge;

/// <summary>
/// What counts as the base of a value when two versions both are: the one a side still has, for then the other side changed
/// it. When the sides have different ones, nobody can tell which of them is the change.
/// </summary>
/// <param name="ask">How it was answered that the sides have different ones.</param>
sealed class BaseRule(Func<Choice?> ask)
{
    public T Pick<T>(T first, T second, T ours, T theirs)
    {
        var same = EqualityComparer<T>.Default;
        if (same.Equals(first, second)) return first;
        var isOurs = same.Equals(ours, first) || same.Equals(ours, second);
        var isTheirs = same.Equals(theirs, first) || same.Equals(theirs, second);
        if (isOurs && isTheirs && !same.Equals(ours, theirs)) return ask() == Choice.Theirs ? ours : theirs;
        return isOurs ? ours : isTheirs ? theirs : first;
    }

    public Element Pick(Element first, Element second, Element? ours, Element? theirs)
    {
        if ((ours ?? theirs, theirs ?? ours) is not ({ } a, { } b)) return first;
        if (new[] { second, a, b }.Any(e => e.GetType() != first.GetType())) return Pick<Element>(first, second, a, b);
        var (start, duration, _) = Pick(Shown(first), Shown(second), Shown(a), Shown(b));
        var picked = first with
        {
            SourceStart = start,
            Duration = duration,
            Name = Pick(first.Name, second.Name, a.Name, b.Name),
            Enabled = Pick(first.Enabled, second.Enabled, a.Enabled, b.Enabled),
            Color = Pick(first.Color, second.Color, a.Color, b.Color),
            Link = Pick(first.Link, second.Link, a.Link, b.Link),
            Effects = Effects(first.Effects, second.Effects, a.Effects, b.Effects),
            Markers = Markers(first.Markers, second.Markers, a.Markers, b.Markers),
            Node = Node(first.Node, second.Node, a.Node, b.Node, NodeFields.Of(first)),
        };
        return (picked, second, a, b) is (Clip clip, Clip other, Clip mine, Clip yours)
            ? clip with { Media = Pick(clip.Media, other.Media, mine.Media, yours.Media) }
            : picked;
    }

    /// <summary>In point, duration and speed hang together.</summary>
    public static (Time.Flicks Start, Time.Flicks Duration, string Speed) Shown(Element e) =>
        (e.SourceStart, e.Duration, string.Join(',', Timing.Speeds(e)));

    public ImmutableArray<Effect> Effects(ImmutableArray<Effect> first, ImmutableArray<Effect> second, ImmutableArray<Effect> ours, ImmutableArray<Effect> theirs) =>
        Parts(first, second, ours, theirs, e => e.Id, (x, y, a, b) => x with
        {
            Name = Pick(x.Name, y.Name, a.Name, b.Name),
            Kind = Pick(x.Kind, y.Kind, a.Kind, b.Kind),
            Enabled = Pick(x.Enabled, y.Enabled, a.Enabled, b.Enabled),
            TimeScalar = Pick(x.TimeScalar, y.TimeScalar, a.TimeScalar, b.TimeScalar),
            Node = Node(x.Node, y.Node, a.Node, b.Node, NodeFields.OfEffect),
        });

    public ImmutableArray<Marker> Markers(ImmutableArray<Marker> first, ImmutableArray<Marker> second, ImmutableArray<Marker> ours, ImmutableArray<Marker> theirs) =>
        Parts(first, second, ours, theirs, m => m.Id, (x, y, a, b) => x with
        {
            Name = Pick(x.Name, y.Name, a.Name, b.Name),
            Color = Pick(x.Color, y.Color, a.Color, b.Color),
            Comment = Pick(x.Comment, y.Comment, a.Comment, b.Comment),
            Range = Pick(x.Range, y.Range, a.Range, b.Range),
            Node = Node(x.Node, y.Node, a.Node, b.Node, NodeFields.OfMarker),
        });

    public ImmutableArray<EditPoint> EditPoints(Track first, Track second, Track ours, Track theirs) =>
        Parts(first.EditPoints, second.EditPoints, ours.EditPoints, theirs.EditPoints, p => p.Id, Pick<EditPoint>);

    public OtioObject Node(OtioObject first, OtioObject second, OtioObject ours, OtioObject theirs, FrozenSet<string> modelled)
    {
        if (ReferenceEquals(first, second)) return first;
        var picked = first;
        var (mine, yours) = (NodeFields.Registers(ours, modelled), NodeFields.Registers(theirs, modelled));
        foreach (var (register, x, y) in NodeFields.Differences(first, second, modelled))
        {
            var value = Pick(x, y, mine.GetValueOrDefault(register), yours.GetValueOrDefault(register));
            if (!Equals(value, x)) picked = NodeFields.With(picked, register, value);
        }

        return picked;
    }

    ImmutableArray<T> Parts<T>(
        ImmutableArray<T> first, ImmutableArray<T> second, ImmutableArray<T> ours, ImmutableArray<T> theirs, Func<T, ElementId> id, Func<T, T, T, T, T> pick)
        where T : class
    {
        if (first.SequenceEqual(second)) return first;
        var (x, y, a, b) = (first.ToDictionary(id), second.ToDictionary(id), ours.ToDictionary(id), theirs.ToDictionary(id));
        var picked = ImmutableArray.CreateBuilder<T>();
        foreach (var key in PartMerge.InOrderOf(first.Select(id), second.Select(id)))
        {
            var (mine, yours) = (a.GetValueOrDefault(key), b.GetValueOrDefault(key));
            var part = (x.GetValueOrDefault(key), y.GetValueOrDefault(key)) is ({ } p, { } q)
                ? (mine ?? yours, yours ?? mine) is ({ } m, { } n) ? pick(p, q, m, n) : p
                : Pick(x.GetValueOrDefault(key), y.GetValueOrDefault(key), mine, yours);
            if (part is not null) picked.Add(part);
        }

        return picked.ToImmutable();
    }
}
