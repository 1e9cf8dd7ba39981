using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CineGit.Evaluation.Judge;

/// <summary>What an FCPXML project plays: the primary storyline, and what is connected to it by lanes.</summary>
static class SeenFcpxml
{
    const int Rate = 24;

    static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    public static SeenCut Read(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), Reading);
        var document = XDocument.Load(reader);
        var sequence = document.Descendants("sequence").Single();
        var media = document.Descendants("asset").ToDictionary(a => Text(a, "id"), a => Text(a.Element("media-rep") ?? a, "src"));
        var begin = Frames(sequence, "tcStart");
        var spine = sequence.Element("spine") ?? throw new FormatException("there is no spine");
        SortedDictionary<int, List<SeenClip>> lanes = new() { [0] = [] };
        List<string> transitions = [];
        foreach (var item in spine.Elements())
        {
            var start = Frames(item, "offset") - begin;
            if (item.Name == "transition")
            {
                transitions.Add($"{start}+{Frames(item, "duration")} {Text(item, "name")}");
                continue;
            }

            if (item.Name != "gap") lanes[0].Add(Clip(item, start, media));
            foreach (var connected in item.Elements().Where(e => e.Attribute("lane") is not null))
            {
                var lane = int.Parse(Text(connected, "lane"), CultureInfo.InvariantCulture);
                if (!lanes.TryGetValue(lane, out var clips)) lanes.Add(lane, clips = []);
                clips.Add(Clip(connected, start + Frames(connected, "offset") - Frames(item, "start"), media));
            }
        }

        return new([.. lanes.Select(l => new SeenTrack($"lane {l.Key}", "", true, [.. l.Value.OrderBy(c => c.Start)], l.Key == 0 ? transitions : []))], []);
    }

    static SeenClip Clip(XElement item, long start, Dictionary<string, string> media)
    {
        if (item.Name != "asset-clip") throw new FormatException($"unexpected {item.Name}");
        var effects = item.Elements("filter-video").Select(f => $"{Text(f, "name")} {string.Join(' ', f.Elements("param").Select(Setting))}");
        var marks = item.Elements("marker").Select(m => $"{Frames(m, "start")} {Text(m, "value")}").Order(StringComparer.Ordinal);
        return new(
            start,
            Frames(item, "duration"),
            Frames(item, "start"),
            media[Text(item, "ref")],
            Text(item, "name"),
            Text(item, "enabled") != "0",
            $"{string.Join("; ", effects)} plays {Text(item, "srcEnable")}",
            string.Join("; ", marks));
    }

    static string Setting(XElement setting) => string.Create(CultureInfo.InvariantCulture, $"{Text(setting, "name")}={double.Parse(Text(setting, "value"), CultureInfo.InvariantCulture)}");

    static string Text(XElement element, string name) => element.Attribute(name)?.Value ?? "";

    /// <summary>A time is seconds or a fraction of two whole numbers; without one it is zero.</summary>
    static long Frames(XElement element, string name)
    {
        var text = Text(element, name).TrimEnd('s');
        if (text.Length == 0) return 0;
        var parts = text.Split('/');
        var (seconds, by) = (long.Parse(parts[0], CultureInfo.InvariantCulture) * Rate, parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
        return seconds % by == 0 ? seconds / by : throw new FormatException($"{name} of {text} s is not a whole frame");
    }
}
