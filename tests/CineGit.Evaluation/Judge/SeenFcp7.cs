using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CineGit.Evaluation.Judge;

/// <summary>What an xmeml sequence plays: each item over what it shows, dissolves included.</summary>
static class SeenFcp7
{
    static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    public static SeenCut Read(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), Reading);
        var sequence = Required(Required(XDocument.Load(reader), "xmeml"), "sequence");
        var files = sequence.Descendants("file").Where(f => f.Element("pathurl") is not null).ToDictionary(Id, f => Text(f, "pathurl"));
        var media = Required(sequence, "media");
        return new([.. Tracks(media, "video", files), .. Tracks(media, "audio", files)], Marks(sequence));
    }

    static IEnumerable<SeenTrack> Tracks(XElement media, string kind, Dictionary<string, string> files) =>
        media.Elements(kind).Elements("track").Select((t, i) => Track(t, $"{kind} {i + 1}", kind, files));

    static SeenTrack Track(XElement track, string name, string kind, Dictionary<string, string> files)
    {
        List<SeenClip> clips = [];
        List<string> transitions = [];
        XElement? last = null;
        foreach (var item in track.Elements().Where(e => e.Name == "clipitem" || e.Name == "transitionitem"))
        {
            if (item.Name == "transitionitem") transitions.Add($"{Text(item, "start")}-{Text(item, "end")} {Text(item, "alignment")} {Text(Required(item, "effect"), "name")}");
            else clips.Add(Clip(item, last, files));
            last = item;
        }

        return new(name, kind, Text(track, "enabled") != "FALSE", clips, transitions);
    }

    /// <summary>An item without a start begins with the dissolve before it.</summary>
    static SeenClip Clip(XElement item, XElement? before, Dictionary<string, string> files)
    {
        var (start, source) = (Number(item, "start"), Number(item, "in"));
        if (start < 0) start = before?.Name == "transitionitem" ? Number(before, "start") : throw new FormatException($"{Text(item, "name")} has no start");
        var effects = item.Elements("filter").Elements("effect").Select(e => $"{Text(e, "name")} {string.Join(' ', e.Elements("parameter").Select(Setting))}");
        var links = item.Elements("link").Select(l => $"{Text(l, "mediatype")} {Text(l, "trackindex")}").Order(StringComparer.Ordinal);
        return new(
            start,
            Number(item, "out") - source,
            source,
            files[Id(Required(item, "file"))],
            Text(item, "name"),
            Text(item, "enabled") != "FALSE",
            $"{string.Join("; ", effects)} linked: {string.Join(", ", links)}",
            string.Join("; ", Marks(item)));
    }

    static string Setting(XElement parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(parameter, "parameterid")}={double.Parse(Text(parameter, "value"), CultureInfo.InvariantCulture)}");

    static IReadOnlyList<string> Marks(XElement item) =>
        [.. from mark in item.Elements("marker") let at = Number(mark, "in") orderby at, Text(mark, "name") select $"{at} {Text(mark, "name")}"];

    static XElement Required(XContainer parent, string name) => parent.Element(name) ?? throw new FormatException($"there is no {name}");

    static string Id(XElement element) => element.Attribute("id")?.Value ?? "";

    static string Text(XElement element, string name) => element.Element(name)?.Value ?? "";

    static long Number(XElement element, string name) => long.Parse(Text(element, name), CultureInfo.InvariantCulture);
}
