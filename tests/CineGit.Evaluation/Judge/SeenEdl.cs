using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CineGit.Evaluation.Judge;

/// <summary>What an edit decision list plays: its events on each channel.</summary>
static partial class SeenEdl
{
    const int Rate = 24;

    public static SeenCut Read(byte[] bytes)
    {
        SortedDictionary<string, (List<SeenClip> Clips, List<string> Transitions)> tracks = new(StringComparer.Ordinal);
        List<(Match Line, List<string> Notes)> events = [];
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            if (Event().Match(line) is { Success: true } match) events.Add((match, []));
            else if (line.StartsWith('*') && events.Count > 0) events[^1].Notes.Add(line);
        }

        foreach (var (line, notes) in events)
        {
            var (source, start, end) = (Frames(line, "source"), Frames(line, "start"), Frames(line, "end"));
            if (end == start) continue;
            foreach (var channel in Channels(line.Groups["channels"].Value))
            {
                if (!tracks.TryGetValue(channel, out var track)) tracks[channel] = track = ([], []);
                track.Clips.Add(new(start, end - start, source, line.Groups["reel"].Value, Name(notes, line), true, "", ""));
                if (line.Groups["length"] is { Success: true, Value: var length }) track.Transitions.Add($"{start}: {line.Groups["kind"].Value} {length}");
            }
        }

        return new([.. tracks.Select(t => new SeenTrack(t.Key, "", true, [.. t.Value.Clips.OrderBy(c => c.Start)], t.Value.Transitions))], []);
    }

    /// <summary>Of the clip that the event brings, which after a dissolve is the second one named.</summary>
    static string Name(List<string> notes, Match line)
    {
        var start = line.Groups["length"].Success ? "* TO CLIP NAME:" : "* FROM CLIP NAME:";
        return notes.Find(n => n.StartsWith(start, StringComparison.Ordinal)) is { } note ? note[start.Length..].Trim() : "";
    }

    static string[] Channels(string written) => written switch
    {
        "B" => ["A", "V"],
        "AA" => ["A", "A2"],
        "AA/V" => ["A", "A2", "V"],
        _ => written.Split('/'),
    };

    static long Frames(Match line, string group)
    {
        var parts = line.Groups[group].Value.Split(':').Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * Rate + parts[3];
    }

    [GeneratedRegex(@"^\d+\s+(?<reel>\S+)\s+(?<channels>[ABV]\S*)\s+(?<kind>[CDW]\d*)\s+(?:(?<length>\d+)\s+)?(?<source>\d\d:\d\d:\d\d:\d\d) \S+ (?<start>\d\d:\d\d:\d\d:\d\d) (?<end>\d\d:\d\d:\d\d:\d\d)")]
    private static partial Regex Event();
}
