using System.Globalization;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Checks;

/// <summary>
/// Where the parts of a cut stand in the document it was read from, and the other way round. Parts that came from elsewhere
/// (a merge, a test) have the place of what holds them.
/// </summary>
sealed class CutPlaces
{
    readonly Placement _placement;
    readonly int[] _trackPlaces;
    readonly string[] _trackNames;
    readonly Dictionary<OtioValue, int>?[] _children;

    public CutPlaces(Placement placement)
    {
        _placement = placement;
        var tracks = placement.Sequence.Tracks;
        var stack = placement.Sequence.Document.FirstTimeline()?.Child("tracks") ?? placement.Sequence.Document.Root;
        var places = IndexOf(stack);
        _trackPlaces = [.. tracks.Select((track, i) => places.GetValueOrDefault(track.Node, i))];
        _trackNames = [.. tracks.Select((track, i) => NameOf(tracks, track, i))];
        _children = new Dictionary<OtioValue, int>?[tracks.Length];
    }

    public string NameOf(int track) => _trackNames[track];

    public string PathOf(int track) => string.Create(CultureInfo.InvariantCulture, $"tracks/{_trackPlaces[track]}");

    public string PathOf(Placed placed) => PathOf(placed.TrackIndex, placed.Element.Node);

    public string PathOf(int track, OtioObject child)
    {
        var path = PathOf(track);
        return Children(track).TryGetValue(child, out var index)
            ? string.Create(CultureInfo.InvariantCulture, $"{path}/children/{index}")
            : path;
    }

    /// <summary>The track and the element that a reader's path is about; null where it names none.</summary>
    public (int? Track, Placed? Element) Find(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 2 || parts[0] != "tracks" || !TryIndex(parts[1], out var place)) return default;
        var track = Array.IndexOf(_trackPlaces, place);
        if (track < 0) return default;
        if (parts.Length < 4 || parts[2] != "children" || !TryIndex(parts[3], out var child)) return (track, null);
        var children = _placement.Sequence.Tracks[track].Node.List("children");
        if (child >= children.Length) return (track, null);
        return (track, _placement.Tracks[track].FirstOrDefault(p => ReferenceEquals(p.Element.Node, children[child])));
    }

    Dictionary<OtioValue, int> Children(int track) => _children[track] ??= IndexOf(_placement.Sequence.Tracks[track].Node);

    static Dictionary<OtioValue, int> IndexOf(OtioObject parent)
    {
        var places = new Dictionary<OtioValue, int>(ReferenceEqualityComparer.Instance);
        var children = parent.List("children");
        for (var i = 0; i < children.Length; i++) places.TryAdd(children[i], i);
        return places;
    }

    /// <summary>Its name, else what editors call it by kind and place: V1, A2.</summary>
    static string NameOf(IReadOnlyList<Track> tracks, Track track, int index)
    {
        if (track.Name.Length > 0) return track.Name;
        var letter = track.Kind switch
        {
            TrackKind.Video => "V",
            TrackKind.Audio => "A",
            _ => "D",
        };
        return letter + (1 + tracks.Take(index).Count(t => t.Kind == track.Kind)).ToString(CultureInfo.InvariantCulture);
    }

    static bool TryIndex(string text, out int index) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
