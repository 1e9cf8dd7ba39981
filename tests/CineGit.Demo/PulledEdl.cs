using System.Globalization;
using System.Text.RegularExpressions;

namespace CineGit.Demo;

/// <summary>Reads a pulled EDL with a few lines of its own: events, timecodes and clip names.</summary>
public static partial class PulledEdl
{
    /// <summary>The picture track as the list says it, by clip name: during a dissolve the incoming shot counts.</summary>
    public static FrameTable ReadPicture(string text)
    {
        var table = new FrameTable();
        var pending = new List<(int Record, int Frames, int Source)>();
        foreach (var line in text.Split('\n'))
        {
            if (Event().Match(line) is { Success: true } found && found.Groups["channel"].Value is "V" or "B" or "AA/V")
            {
                var record = Frames(found.Groups["recordIn"].Value) - DemoCut.StartFrame;
                pending.Add((record, Frames(found.Groups["recordOut"].Value) - DemoCut.StartFrame - record, Frames(found.Groups["sourceIn"].Value)));
            }
            else if (ClipName().Match(line) is { Success: true } name && pending.Count > 0)
            {
                // A dissolve is an event of two lines followed by FROM and TO; its first line has no length.
                var index = name.Groups[1].Value == "FROM" && pending.Count > 1 ? 0 : pending.Count - 1;
                var (record, frames, source) = pending[index];
                table.PutRange("V1", record, frames, name.Groups[2].Value.Trim(), source);
                if (index == pending.Count - 1) pending.Clear();
            }
        }

        return table;
    }

    /// <summary>The same for the expected cut: a dissolve starts the incoming shot early by its first half.</summary>
    public static FrameTable Expected(DemoCut cut)
    {
        var table = new FrameTable();
        foreach (var shot in cut.Track("V1")) table.PutRange("V1", shot.Start, shot.Duration, shot.Name, shot.Source);
        foreach (var dissolve in cut.Dissolves)
        {
            var incoming = cut.Track("V1").Single(s => s.Name == dissolve.Incoming);
            table.PutRange("V1", incoming.Start - dissolve.Half, dissolve.Half, incoming.Name, incoming.Source - dissolve.Half);
        }

        return table;
    }

    static int Frames(string timecode)
    {
        var parts = timecode.Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * DemoCut.Rate + parts[3];
    }

    [GeneratedRegex(@"^\d+\s+\S+\s+(?<channel>\S+)\s+\S+\s+(?:\d+\s+)?(?<sourceIn>\d\d:\d\d:\d\d:\d\d)\s+\S+\s+(?<recordIn>\S+)\s+(?<recordOut>\S+)")]
    private static partial Regex Event();

    [GeneratedRegex(@"^\*\s*(FROM|TO) CLIP NAME:\s*(.+?)\r?$")]
    private static partial Regex ClipName();
}
