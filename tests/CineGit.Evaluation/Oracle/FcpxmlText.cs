using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace CineGit.Evaluation.Oracle;

/// <summary>
/// A cut as FCPXML 1.10: the picture is the primary storyline, linked sound belongs to its clip and is switched off with it,
/// everything else is connected to what plays below or above it. There are no tracks, no markers of the sequence; dissolves are centred, as long to both sides as
/// before the edit.
/// </summary>
sealed class FcpxmlText
{
    const long StartFrame = 86_400;

    readonly Cut _cut;
    readonly SortedDictionary<string, string> _assets = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, string> _effects = new(StringComparer.Ordinal);
    readonly List<(int Lane, Shot Shot)> _connected;

    FcpxmlText(Cut cut)
    {
        _cut = cut;
        _effects.Add("Cross Dissolve", "r2");
        foreach (var media in cut.Rows.SelectMany(r => r.Shots).Select(s => s.Media)) _assets.TryAdd(media, Invariant($"r{_assets.Count + 100}"));
        foreach (var kind in cut.Rows.SelectMany(r => r.Shots).SelectMany(s => s.Filters).Select(f => f.Kind)) _effects.TryAdd(kind, Invariant($"r{_effects.Count + 2}"));
        var lanes = Lanes(cut);
        _connected =
        [
            .. from row in cut.Rows where lanes.ContainsKey(row) from shot in row.Shots where !IsSoundOfClip(row, shot) orderby shot.Start, lanes[row] select (lanes[row], shot),
        ];
    }

    public static byte[] Of(Cut cut)
    {
        var text = new FcpxmlText(cut).Document().ToString(SaveOptions.None);
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE fcpxml>\n\n{text}\n");
    }

    /// <summary>Upwards for picture, downwards for sound.</summary>
    static Dictionary<Row, int> Lanes(Cut cut)
    {
        var (above, below) = (0, 0);
        return cut.Rows.Skip(1).ToDictionary(r => r, r => r.Kind == "Video" ? ++above : --below);
    }

    bool IsSoundOfClip(Row row, Shot shot) => row.Kind == "Audio" && shot.Link is not null && _cut.Group(shot.Uid).Any(m => m.Row == _cut.Picture && IsPlayedWith(m.Shot, shot));

    static bool IsPlayedWith(Shot picture, Shot sound) =>
        (picture.Start, picture.Length, picture.Source, picture.Media) == (sound.Start, sound.Length, sound.Source, sound.Media);

    XElement Document()
    {
        var (spine, length) = Spine();
        return new(
            "fcpxml",
            new XAttribute("version", "1.10"),
            new XElement("resources", Format(), _effects.Select(e => Named("effect", e.Value, e.Key, new XAttribute("uid", $".../Effects.localized/{e.Key}"))), _assets.Select(Asset)),
            new XElement("library", new XElement("event", new XAttribute("name", "film"), new XElement("project", new XAttribute("name", "reel 1"), new XElement(
                "sequence",
                new XAttribute("format", "r1"),
                new XAttribute("duration", Time(length)),
                new XAttribute("tcStart", Time(StartFrame)),
                new XAttribute("tcFormat", "NDF"),
                spine)))));
    }

    static XElement Format() => Named("format", "r1", "FFVideoFormat1080p24", new XAttribute("frameDuration", "100/2400s"), new XAttribute("width", 1920), new XAttribute("height", 1080));

    static XElement Asset(KeyValuePair<string, string> asset)
    {
        var isSound = asset.Key.EndsWith(".wav", StringComparison.Ordinal);
        return Named(
            "asset",
            asset.Value,
            Path.GetFileNameWithoutExtension(asset.Key),
            new XAttribute("start", "0s"),
            new XAttribute("duration", Time(Shot.MediaFrames)),
            isSound ? null : new XAttribute("hasVideo", 1),
            isSound ? null : new XAttribute("format", "r1"),
            new XAttribute("hasAudio", 1),
            new XAttribute("audioSources", 1),
            new XAttribute("audioChannels", 2),
            new XElement("media-rep", new XAttribute("kind", "original-media"), new XAttribute("src", asset.Key)));
    }

    (XElement Spine, long Length) Spine()
    {
        var spine = new XElement("spine");
        var (row, at, hung) = (_cut.Picture, 0L, 0);
        foreach (var shot in row.Shots)
        {
            if (shot.Start > at) Hang(Gap(at, shot.Start - at), at, StartFrame, shot.Start);
            if (row.Blends.Find(b => b.Right == shot.Uid) is { } blend) spine.Add(Transition(blend, shot.Start));
            Hang(Clip(shot, shot.Start + StartFrame, shot.Link is null ? "video" : null), shot.Start, shot.Source, at = shot.End);
        }

        var end = _connected.Select(c => c.Shot.End).DefaultIfEmpty().Max();
        if (end > at) Hang(Gap(at, end - at), at, StartFrame, end);
        return (spine, Math.Max(at, end));

        void Hang(XElement below, long start, long source, long until)
        {
            List<XElement> over = [];
            for (; hung < _connected.Count && _connected[hung].Shot.Start < until; hung++)
            {
                var (lane, shot) = _connected[hung];
                var connected = Clip(shot, source + shot.Start - start, lane > 0 ? "video" : "audio");
                connected.SetAttributeValue("lane", lane);
                over.Add(connected);
            }

            below.AddFirst(over);
            spine.Add(below);
        }
    }

    static XElement Gap(long at, long length) => new(
        "gap",
        new XAttribute("name", "Gap"),
        new XAttribute("offset", Time(at + StartFrame)),
        new XAttribute("start", Time(StartFrame)),
        new XAttribute("duration", Time(length)));

    XElement Transition(Blend blend, long at) => new(
        "transition",
        new XAttribute("name", "Cross Dissolve"),
        new XAttribute("offset", Time(at - blend.In + StartFrame)),
        new XAttribute("duration", Time(2 * blend.In)),
        new XElement("filter-video", new XAttribute("ref", _effects["Cross Dissolve"]), new XAttribute("name", "Cross Dissolve")));

    XElement Clip(Shot shot, long offset, string? only)
    {
        var isSound = shot.Media.EndsWith(".wav", StringComparison.Ordinal);
        return new(
            "asset-clip",
            new XAttribute("ref", _assets[shot.Media]),
            new XAttribute("offset", Time(offset)),
            new XAttribute("name", shot.Name),
            new XAttribute("start", Time(shot.Source)),
            new XAttribute("duration", Time(shot.Length)),
            only is null || isSound ? null : new XAttribute("srcEnable", only),
            shot.Enabled ? null : new XAttribute("enabled", 0),
            new XAttribute("audioRole", "dialogue"),
            shot.Marks.OrderBy(m => m.Frame).ThenBy(m => m.Name, StringComparer.Ordinal).Select(m => new XElement(
                "marker", new XAttribute("start", Time(m.Frame)), new XAttribute("duration", Time(1)), new XAttribute("value", m.Name))),
            shot.Filters.Select(Filter));
    }

    XElement Filter(Filter filter) => new(
        "filter-video",
        new XAttribute("ref", _effects[filter.Kind]),
        new XAttribute("name", filter.Kind),
        filter.Settings.Select((s, i) => new XElement(
            "param", new XAttribute("name", s.Key), new XAttribute("key", i + 1), new XAttribute("value", s.Value.ToString(CultureInfo.InvariantCulture)))));

    static XElement Named(string element, string id, string name, params IReadOnlyList<object?> rest) => new(element, new XAttribute("id", id), new XAttribute("name", name), rest);

    static string Time(long frames) => frames % 24 == 0 ? Invariant($"{frames / 24}s") : Invariant($"{frames * 100}/2400s");

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
