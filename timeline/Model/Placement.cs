using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Model;

/// <summary>An element and where it stands: record time from zero.</summary>
public sealed record Placed(Element Element, Track Track, int TrackIndex, int Index, Flicks Start)
{
    public Flicks End => Start + Element.Duration;

    public TimeRange Range => new(Start, Element.Duration);

    /// <summary>Where source time zero would stand. Uses of one source at normal speed are in sync when theirs are the same.</summary>
    public Flicks Origin => Start - Element.SourceStart;
}

/// <summary>The record positions of a cut, which the cut itself only implies.</summary>
public sealed class Placement
{
    readonly Dictionary<ElementId, Placed> _byId;
    readonly List<IReadOnlyList<Placed>> _tracks = [];
    readonly Dictionary<ElementId, int> _trackIndex = [];

    Placement(Sequence sequence)
    {
        Sequence = sequence;
        _byId = new(sequence.Tracks.Sum(t => t.Elements.Length));
    }

    public Sequence Sequence { get; }

    /// <summary>Per track, in the order of the sequence.</summary>
    public IReadOnlyList<IReadOnlyList<Placed>> Tracks => _tracks;

    public IEnumerable<Placed> All => _tracks.SelectMany(t => t);

    public static Placement Of(Sequence sequence)
    {
        var placement = new Placement(sequence);
        for (var t = 0; t < sequence.Tracks.Length; t++)
        {
            var track = sequence.Tracks[t];
            var row = new List<Placed>(track.Elements.Length);
            var time = Flicks.Zero;
            for (var i = 0; i < track.Elements.Length; i++)
            {
                var element = track.Elements[i];
                time += element.Lead.Duration;
                var placed = new Placed(element, track, t, i, time);
                row.Add(placed);
                placement._byId.TryAdd(element.Id, placed);
                time += element.Duration;
            }

            placement._tracks.Add(row);
            placement._trackIndex.TryAdd(track.Id, t);
        }

        return placement;
    }

    public Placed? Find(ElementId id) => _byId.GetValueOrDefault(id);

    public bool HasTrack(ElementId track) => _trackIndex.ContainsKey(track);

    /// <summary>The elements of a track in order; none when the cut has no such track.</summary>
    public IReadOnlyList<Placed> On(ElementId track) => _trackIndex.TryGetValue(track, out var index) ? _tracks[index] : [];

    public Track? Track(ElementId track) => _trackIndex.TryGetValue(track, out var index) ? Sequence.Tracks[index] : null;
}
