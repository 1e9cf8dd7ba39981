using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace CineGit.Evaluation.Oracle;

/// <summary>
/// A cut as xmeml 5: clip items with their files, links, filters and markers, numbered anew by every export. Dissolves are centred,
/// as long to both sides as before the edit.
/// </summary>
sealed class Fcp7Text
{
    const long StartFrame = 86_400;

    readonly Cut _cut;
    readonly Dictionary<Shot, string> _items = [];
    readonly Dictionary<string, string> _files = [];
    readonly Dictionary<string, List<(Row Row, Shot Shot)>> _links = [];

    Fcp7Text(Cut cut)
    {
        _cut = cut;
        foreach (var row in cut.Rows)
        {
            foreach (var shot in row.Shots)
            {
                _items.Add(shot, Invariant($"clipitem-{_items.Count + 1}"));
                if (shot.Link is not { } link) continue;
                if (!_links.TryGetValue(link, out var group)) _links.Add(link, group = []);
                group.Add((row, shot));
            }
        }
    }

    public static byte[] Of(Cut cut)
    {
        var text = new Fcp7Text(cut).Document().ToString(SaveOptions.None);
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE xmeml>\n{text}\n");
    }

    XElement Document() => new("xmeml", new XAttribute("version", "5"), new XElement(
        "sequence",
        new XAttribute("id", "sequence-1"),
        new XElement("name", "reel 1"),
        new XElement("duration", _cut.Rows.SelectMany(r => r.Shots).Select(s => s.End).DefaultIfEmpty().Max()),
        Rate(),
        new XElement("timecode", Rate(), new XElement("string", "01:00:00:00"), new XElement("frame", StartFrame), new XElement("displayformat", "NDF")),
        new XElement("media", Media("Video"), Media("Audio")),
        _cut.Marks.OrderBy(m => m.Frame).ThenBy(m => m.Name, StringComparer.Ordinal).Select(Marker)));

    XElement Media(string kind) => new(kind.ToLowerInvariant(), Of(kind).Select(Track));

    List<Row> Of(string kind) => [.. _cut.Rows.Where(r => r.Kind == kind)];

    XElement Track(Row row)
    {
        var track = new XElement("track");
        foreach (var shot in row.Shots)
        {
            var (into, outOf) = (row.Blends.Find(b => b.Right == shot.Uid), row.Blends.Find(b => b.Left == shot.Uid));
            if (into is not null) track.Add(Transition(shot.Start - into.In, shot.Start + into.In));
            track.Add(Item(row, shot, into?.In ?? 0, outOf?.In ?? 0));
        }

        track.Add(new XElement("enabled", Truth(row.Enabled)), new XElement("locked", "FALSE"));
        return track;
    }

    static XElement Transition(long start, long end) => new(
        "transitionitem",
        new XElement("start", start),
        new XElement("end", end),
        new XElement("alignment", "center"),
        Rate(),
        Effect("Cross Dissolve", "transition"));

    /// <summary>Under a dissolve an item has no end of its own, and its source reaches to the end of the dissolve.</summary>
    XElement Item(Row row, Shot shot, long head, long tail) => new(
        "clipitem",
        new XAttribute("id", _items[shot]),
        new XElement("name", shot.Name),
        new XElement("enabled", Truth(shot.Enabled)),
        new XElement("duration", Shot.MediaFrames),
        Rate(),
        new XElement("start", head > 0 ? -1 : shot.Start),
        new XElement("end", tail > 0 ? -1 : shot.End),
        new XElement("in", shot.Source - head),
        new XElement("out", shot.Source + shot.Length + tail),
        File(shot),
        row.Kind == "Audio" ? new XElement("sourcetrack", new XElement("mediatype", "audio"), new XElement("trackindex", row.Name == "A2" ? 2 : 1)) : null,
        shot.Filters.Select(f => new XElement("filter", Effect(f.Kind, "filter", [.. f.Settings.Select(Parameter)]))),
        shot.Marks.OrderBy(m => m.Frame).ThenBy(m => m.Name, StringComparer.Ordinal).Select(Marker),
        shot.Link is { } link ? _links[link].Select(Link) : null);

    XElement File(Shot shot)
    {
        if (_files.TryGetValue(shot.Media, out var known)) return new("file", new XAttribute("id", known));
        _files.Add(shot.Media, Invariant($"file-{_files.Count + 1}"));
        var isSound = shot.Media.EndsWith(".wav", StringComparison.Ordinal);
        return new(
            "file",
            new XAttribute("id", _files[shot.Media]),
            new XElement("name", Path.GetFileName(shot.Media)),
            new XElement("pathurl", shot.Media.Replace("file:///", "file://localhost/", StringComparison.Ordinal)),
            Rate(),
            new XElement("duration", Shot.MediaFrames),
            new XElement("media", isSound ? null : new XElement("video"), new XElement("audio", new XElement("channelcount", 2))));
    }

    XElement Link((Row Row, Shot Shot) member) => new(
        "link",
        new XElement("linkclipref", _items[member.Shot]),
        new XElement("mediatype", member.Row.Kind.ToLowerInvariant()),
        new XElement("trackindex", Of(member.Row.Kind).IndexOf(member.Row) + 1),
        new XElement("clipindex", member.Row.Shots.IndexOf(member.Shot) + 1 + member.Row.Shots.TakeWhile(s => s != member.Shot).Append(member.Shot).Count(s => member.Row.Blends.Exists(b => b.Right == s.Uid))));

    static XElement Marker(Mark mark) => new(
        "marker", new XElement("comment", ""), new XElement("name", mark.Name), new XElement("in", mark.Frame), new XElement("out", -1));

    static XElement Effect(string name, string type, params IReadOnlyList<XElement> settings) => new(
        "effect",
        new XElement("name", name),
        new XElement("effectid", name),
        new XElement("effectcategory", type == "filter" ? "Stylize" : "Dissolve"),
        new XElement("effecttype", type),
        new XElement("mediatype", "video"),
        settings);

    static XElement Parameter(KeyValuePair<string, double> setting) => new(
        "parameter",
        new XElement("parameterid", setting.Key),
        new XElement("name", setting.Key),
        new XElement("valuemin", 0),
        new XElement("valuemax", 100),
        new XElement("value", setting.Value.ToString(CultureInfo.InvariantCulture)));

    static XElement Rate() => new("rate", new XElement("timebase", 24), new XElement("ntsc", "FALSE"));

    static string Truth(bool value) => value ? "TRUE" : "FALSE";

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
