using System.Text.Json;

namespace CineGit.Demo;

/// <summary>Reads a pulled .otio with nothing but System.Text.Json, so that the product does not check itself.</summary>
public sealed class PulledOtio
{
    public FrameTable Frames { get; } = new();

    public Dictionary<string, List<string>> Names { get; } = [];

    /// <summary>Record frame of each cut with a transition over it.</summary>
    public List<(int Cut, int In, int Out)> Transitions { get; } = [];

    public List<Note> Notes { get; } = [];

    public Dictionary<string, string> Blurs { get; } = [];

    public static PulledOtio Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var pulled = new PulledOtio();
        var stack = document.RootElement.GetProperty("tracks");
        foreach (var marker in stack.GetProperty("markers").EnumerateArray())
        {
            pulled.Notes.Add(new(Text(marker, "name"), Frames24(marker.GetProperty("marked_range").GetProperty("start_time"))));
        }

        foreach (var track in stack.GetProperty("children").EnumerateArray()) pulled.ReadTrack(track);
        return pulled;
    }

    void ReadTrack(JsonElement track)
    {
        var name = Text(track, "name");
        Names[name] = [];
        var at = 0;
        foreach (var child in track.GetProperty("children").EnumerateArray())
        {
            var schema = Text(child, "OTIO_SCHEMA").Split('.')[0];
            if (schema == "Transition")
            {
                Transitions.Add((at, Frames24(child.GetProperty("in_offset")), Frames24(child.GetProperty("out_offset"))));
                continue;
            }

            var range = child.GetProperty("source_range");
            var duration = Frames24(range.GetProperty("duration"));
            if (schema == "Clip") ReadClip(child, name, at, Frames24(range.GetProperty("start_time")), duration);
            at += duration;
        }
    }

    void ReadClip(JsonElement clip, string track, int at, int source, int duration)
    {
        Names[track].Add(Text(clip, "name"));
        var url = Text(clip.GetProperty("media_references").GetProperty("DEFAULT_MEDIA"), "target_url");
        Frames.PutRange(track, at, duration, Path.GetFileNameWithoutExtension(new Uri(url).LocalPath), source);
        foreach (var effect in clip.GetProperty("effects").EnumerateArray())
        {
            Blurs[Text(clip, "name")] = effect.GetProperty("metadata").GetProperty("amount").GetRawText();
        }
    }

    static int Frames24(JsonElement time)
    {
        var (value, rate) = (time.GetProperty("value").GetDecimal(), time.GetProperty("rate").GetDecimal());
        var frames = value * DemoCut.Rate / rate;
        return frames == decimal.Truncate(frames) ? (int)frames : throw new InvalidOperationException($"{value} at {rate} is not on a frame");
    }

    static string Text(JsonElement element, string field) => element.GetProperty(field).GetString() ?? "";
}
