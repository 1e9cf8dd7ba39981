using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Model;

/// <summary>
/// What is inside a nest, as a cut of its own: the nest's source time is its record time. Name, effects and markers of the
/// nested stack belong to the nest, so the cut inside has tracks only.
/// </summary>
public static class NestInside
{
    /// <summary>Programs nest a few levels deep; what goes deeper stays one value, as everything here is recursive.</summary>
    public const int MostLevels = 64;

    /// <summary>The field of a nest's node that holds its inside.</summary>
    internal const string Children = "children";

    /// <summary>The cut inside has no document of its own: what surrounds its tracks is the nest's.</summary>
    static readonly OtioDocument NoDocument = new(OtioObject.Of("Stack.1"));

    /// <summary>A nested track has no track objects inside that could carry an id.</summary>
    static readonly ElementId OnlyTrack = new(0, uint.MaxValue);

    /// <summary>Null when the nest goes too deep or lasts longer than any timeline can.</summary>
    /// <param name="nest">Whose inside.</param>
    /// <param name="rate">Of the cut around it, for an inside that tells none.</param>
    public static Sequence? Of(Nest nest, FrameRate rate)
    {
        if (!IsShallow(nest.Node, MostLevels)) return null;
        try
        {
            return new()
            {
                Name = "",
                Rate = SequenceRate.Of(new(nest.Node)) ?? rate,
                Tracks = [.. Tracks(nest.Node, new(new()))],
                Document = NoDocument,
            };
        }
        catch (InterchangeFormatException)
        {
            return null;
        }
    }

    /// <summary>The cut inside when each of its parts has an id that lasts and is its own; null when it was never identified.</summary>
    public static Sequence? Identified(Nest nest, FrameRate rate)
    {
        if (Of(nest, rate) is not { } inside) return null;
        var seen = new HashSet<ElementId>();
        return inside.Tracks.All(t => Ids(t).All(id => (id == OnlyTrack || OwnMetadata.IsLasting(id)) && seen.Add(id))) ? inside : null;
    }

    /// <summary>The nest with this cut inside; what the cut left as it was keeps its node.</summary>
    public static Nest With(Nest nest, Sequence inside)
    {
        var writer = new TrackWriter(inside.Rate);
        var node = nest.Node.SchemaName == OtioSchema.Track
            ? WithChildren(nest.Node, writer.Write(inside.Tracks[0])[Children])
            : ListField.With(nest.Node, Children, [.. inside.Tracks.Select(writer.Write)]);
        return ReferenceEquals(node, nest.Node) ? nest : nest with { Node = node };
    }

    /// <summary>The nest with the inside of another, as it is.</summary>
    public static Nest With(Nest nest, Nest other) => SameInside(nest, other) ? nest : nest with { Node = WithChildren(nest.Node, other.Node[Children]) };

    public static bool SameInside(Nest a, Nest b) => a.Node.SchemaName == b.Node.SchemaName && Equals(a.Node[Children], b.Node[Children]);

    /// <summary>True when it says which part of its inside it shows; else it shows all there is, and lasts as long.</summary>
    public static bool SaysRange(Nest nest) => nest.Node["source_range"] is OtioObject;

    public static Flicks LengthOf(Nest nest) => Durations.OfChildren(nest.Node, new(new()), default);

    /// <summary>Equal for equal insides.</summary>
    public static ContentHash HashOf(Nest nest) =>
        OtioObject.Of(nest.Node.SchemaName, (Children, nest.Node[Children] ?? OtioNull.Value)).Hash;

    /// <summary>The cut with its nests changed; their tracks' nodes go along, so that tracks keep their layout when written.</summary>
    public static Sequence Map(Sequence cut, Func<Nest, Nest> change)
    {
        var tracks = cut.Tracks.Select(t => Map(t, change)).ToImmutableArray();
        return tracks.Zip(cut.Tracks).All(p => ReferenceEquals(p.First, p.Second)) ? cut : cut with { Tracks = tracks };
    }

    static Track Map(Track track, Func<Nest, Nest> change)
    {
        if (!track.Elements.Any(e => e is Nest)) return track;
        var nodes = new Dictionary<OtioValue, OtioObject>(ReferenceEqualityComparer.Instance);
        var elements = ImmutableArray.CreateBuilder<Element>(track.Elements.Length);
        var isChanged = false;
        foreach (var element in track.Elements)
        {
            var changed = element is Nest nest ? change(nest) : element;
            isChanged |= !ReferenceEquals(changed, element);
            if (!ReferenceEquals(changed.Node, element.Node)) nodes[element.Node] = changed.Node;
            elements.Add(changed);
        }

        return isChanged ? track with { Elements = elements.MoveToImmutable(), Node = WithNodes(track.Node, nodes) } : track;
    }

    static OtioObject WithNodes(OtioObject track, Dictionary<OtioValue, OtioObject> nodes)
    {
        if (nodes.Count == 0) return track;
        if (nodes.TryGetValue(track, out var bare)) return bare;
        return new([.. track.Fields.Select(f => f.Name == Children
            ? f with { Value = OtioArray.Of(track.List(Children).Select(c => nodes.TryGetValue(c, out var changed) ? changed : c)) }
            : f)]);
    }

    static OtioObject WithChildren(OtioObject node, OtioValue? children) => children is null ? node.Without(Children) : node.With(Children, children);

    static IEnumerable<Track> Tracks(OtioObject nest, CutReading reading)
    {
        if (nest.SchemaName != OtioSchema.Track) return nest.Objects(Children).Select(child => CutReader.ReadChild(child, reading, default));
        var bare = OtioObject.Of(nest.Schema, (Children, nest[Children] ?? OtioArray.Empty), ("kind", nest["kind"] ?? "Video"));
        return [TrackReader.Read(bare, reading, default).Track with { Id = OnlyTrack }];
    }

    static bool IsShallow(OtioObject node, int levels) =>
        levels > 0
        && node.Objects(Children).All(child => child.SchemaName is not (OtioSchema.Stack or OtioSchema.Track) || IsShallow(child, levels - 1));

    static IEnumerable<ElementId> Ids(Track track) =>
    [
        track.Id,
        .. track.Effects.Select(e => e.Id),
        .. track.Markers.Select(m => m.Id),
        .. track.EditPoints.Select(p => p.Id),
        .. track.Elements.SelectMany(e => (ElementId[])[e.Id, .. e.Effects.Select(f => f.Id), .. e.Markers.Select(m => m.Id)]),
    ];
}
