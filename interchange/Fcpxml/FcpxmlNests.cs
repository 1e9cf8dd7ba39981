using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>What a nest shows.</summary>
/// <param name="Origin">What its record time zero is called inside.</param>
/// <param name="Size">How many items there are, those of nests in it counted each time.</param>
/// <param name="Length">Of its longest track.</param>
internal sealed record FcpxmlInside(OtioArray Tracks, Flicks Origin, long Size, Flicks Length);

/// <summary>
/// Opens compound, multicam and synchronized clips. OTIO writes an inside out for every use, so nests of nests could grow without
/// bound; what would is not opened, and stays in the file's metadata.
/// </summary>
internal sealed class FcpxmlNests(FcpxmlSource source)
{
    static readonly XmlNames AngleModelled = new([.. FcpxmlKeys.StoryItems, "audition", "gap", "transition", "@name"]);

    const long MostItems = 200_000;
    const int MostLevels = 32;

    readonly Dictionary<string, FcpxmlInside?> _known = new(StringComparer.Ordinal);
    readonly HashSet<string> _opening = new(StringComparer.Ordinal);
    int _level;
    long _size;

    /// <summary>The inside of a compound or multicam clip; null, with a diagnostic, when it cannot be shown.</summary>
    public FcpxmlInside? Of(FcpxmlResource media, FcpxmlFrame around, XmlNode use)
    {
        if (_known.TryGetValue(media.Key, out var known)) return Counted(known, use);
        if (!_opening.Add(media.Key)) return Refuse(use, $"\"{media.Node["name"]}\" shows itself");
        var inside = Open(media.Node, around, use);
        _opening.Remove(media.Key);
        if (inside is not null) source.OpenedMedia.Add(media.Key);
        return _known[media.Key] = inside;
    }

    public Flicks? LengthOf(FcpxmlResource media) => _known.GetValueOrDefault(media.Key)?.Length;

    /// <summary>The inside of a synchronized clip.</summary>
    public FcpxmlInside? Inside(List<XmlNode> contained, FcpxmlFrame around)
    {
        if (contained.Count == 0 || contained.Exists(c => c.Name == "spine") || _level >= MostLevels) return null;
        var origin = contained[0].Name == "transition" ? Flicks.Zero : source.Time(contained[0], "offset");
        var early = Flicks.Zero;
        var inside = Count(Read, origin);
        if (!early.IsNegative || inside is null) return inside;
        // What hangs on the contents may begin before them; then record zero is where the first of it begins.
        origin += early;
        return Count(Read, origin);

        IEnumerable<OtioObject> Read()
        {
            var reader = new FcpxmlStoryReader(source, around, this, FcpxmlLevel.Contents);
            var tracks = reader.Read(contained, origin);
            early = reader.Earliest;
            return tracks;
        }
    }

    public static XmlNode First(XmlNode node, string name)
    {
        if (node.Name == name) return node;
        foreach (var child in node.Children)
        {
            if (First(child, name) is { Exists: true } found) return found;
        }

        return default;
    }

    FcpxmlInside? Open(XmlNode media, FcpxmlFrame around, XmlNode use)
    {
        if (_level >= MostLevels) return Refuse(use, "clips are nested too deep");
        if (media.Child("multicam") is { Exists: true } multicam) return Angles(multicam, around);
        if (media.Child("sequence") is not { Exists: true } sequence || sequence.Child("spine") is not { Exists: true } spine) return null;
        var frame = FrameOf(sequence, around);
        var origin = source.Time(sequence, "tcStart");
        return Count(() => new FcpxmlStoryReader(source, frame, this, FcpxmlLevel.Nest).Read(spine.Children.ToList(), origin), origin);
    }

    FcpxmlInside? Angles(XmlNode multicam, FcpxmlFrame around)
    {
        var frame = FrameOf(multicam, around);
        var origin = source.Time(multicam, "tcStart");
        return Count(() => multicam.Named("mc-angle").ToList().SelectMany(angle => Angle(angle, frame, origin)), origin);
    }

    IEnumerable<OtioObject> Angle(XmlNode angle, FcpxmlFrame frame, Flicks origin)
    {
        var tracks = new FcpxmlStoryReader(source, frame, this, FcpxmlLevel.Angle).Read(angle.Children.ToList(), origin).ToList();
        var children = tracks.Count == 0 ? [] : tracks[0].Objects("children");
        var section = OtioObject.Map((FcpxmlKeys.Angle, XmlMetadata.Rest(angle, AngleModelled)));
        yield return OtioBuild.Track(angle["name"] ?? "", "Video", children).With("metadata", OtioObject.Map((FcpxmlKeys.Section, section)));
    }

    FcpxmlFrame FrameOf(XmlNode sequence, FcpxmlFrame around) =>
        source.GridOf(sequence["format"]) is { } grid && grid.TryRate(out var rate) ? new(rate, grid) : around;

    FcpxmlInside? Count(Func<IEnumerable<OtioObject>> open, Flicks origin)
    {
        var outer = _size;
        _size = 0;
        _level++;
        var tracks = OtioArray.Of(open());
        _level--;
        var size = _size + tracks.Items.OfType<OtioObject>().Sum(t => (long)t.List("children").Length);
        _size = outer + size;
        return size > MostItems ? null : new(tracks, origin, size, FcpxmlTracks.LengthOf(tracks));
    }

    FcpxmlInside? Counted(FcpxmlInside? known, XmlNode use)
    {
        if (known is null) return null;
        _size += known.Size;
        return _size > MostItems ? Refuse(use, "it would hold too many items, nests counted each time") : known;
    }

    FcpxmlInside? Refuse(XmlNode use, string reason)
    {
        source.WarnOnce("nest " + use["ref"], DiagnosticCodes.FcpxmlNotOpened, use, $"The clip \"{use["name"]}\" is not opened: {reason}. It is kept as it is.");
        return null;
    }
}
