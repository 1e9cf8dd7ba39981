using CineGit.Interchange.Xml;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>An item where it sits: links name it by id, track and place among the track's items.</summary>
/// <param name="Element">As it stands on the track.</param>
/// <param name="Item">What the element says, or what it is a reference to.</param>
/// <param name="MediaType"><c>video</c> or <c>audio</c>.</param>
/// <param name="Track">The track's element.</param>
/// <param name="TrackIndex">From 1, among the tracks of its kind.</param>
/// <param name="ClipIndex">From 1, among all items of the track, transitions included.</param>
internal sealed record XmemlSeat(XmlNode Element, XmemlItem Item, string MediaType, XmlNode Track, int TrackIndex, int ClipIndex)
{
    public string? Id { get; } = Element["id"];

    public bool IsTransition => Item.Element.Name == "transitionitem";

    public static bool IsItem(XmlNode node) => node.Name is "clipitem" or "generatoritem" or "transitionitem";
}

/// <summary>The tracks of a sequence with their items in file order: video, then audio.</summary>
internal sealed record XmemlSeating(IReadOnlyList<(XmlNode Track, string MediaType, IReadOnlyList<XmemlSeat> Seats)> Tracks)
{
    public IEnumerable<XmemlSeat> Seats => Tracks.SelectMany(t => t.Seats);

    public static XmemlSeating Of(XmlNode media, XmemlReferences references)
    {
        var tracks = new List<(XmlNode, string, IReadOnlyList<XmemlSeat>)>();
        foreach (var mediaType in (string[])["video", "audio"])
        {
            var index = 0;
            foreach (var element in references.Resolve(media.Child(mediaType)) is { Exists: true } kind ? kind.Named("track") : default)
            {
                var track = references.Resolve(element);
                tracks.Add((track, mediaType, Of(track, mediaType, ++index, references)));
            }
        }

        return new(tracks);
    }

    static List<XmemlSeat> Of(XmlNode track, string mediaType, int trackIndex, XmemlReferences references)
    {
        var seats = new List<XmemlSeat>();
        foreach (var element in track.Children)
        {
            if (XmemlSeat.IsItem(element)) seats.Add(new(element, new(references.Resolve(element)), mediaType, track, trackIndex, seats.Count + 1));
        }

        return seats;
    }
}
