using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace CineGit.Evaluation.Judge;

/// <summary>
/// A timeline as a viewer of the file sees it: what plays when, on which track. Ids are not looked at.
/// </summary>
sealed record SeenCut(IReadOnlyList<SeenTrack> Tracks, IReadOnlyList<string> Markers)
{
    const double Rate = 24;

    /// <summary>Throws <see cref="FormatException"/> when the file is no timeline, as a text merge may leave it.</summary>
    /// <param name="path">The file; the ending says what it is.</param>
    /// <param name="anyFolder">Media are told apart by file name alone, because each edit bay has its own folders.</param>
    public static SeenCut Read(string path, bool anyFolder = false) => Read(path, File.ReadAllBytes(path), anyFolder);

    /// <param name="path">What the file is or would be called.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="anyFolder">Media are told apart by file name alone, because each edit bay has its own folders.</param>
    public static SeenCut Read(string path, byte[] bytes, bool anyFolder)
    {
        try
        {
            return Path.GetExtension(path) switch
            {
                ".edl" => SeenEdl.Read(bytes),
                ".xml" => SeenFcp7.Read(bytes),
                ".fcpxml" => SeenFcpxml.Read(bytes),
                _ => Read(bytes, anyFolder),
            };
        }
        catch (Exception e) when (e is JsonException or XmlException or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException($"{path} is not a timeline: {e.Message}", e);
        }
    }

    static SeenCut Read(byte[] bytes, bool anyFolder)
    {
        using var document = JsonDocument.Parse(bytes);
        var stack = document.RootElement.GetProperty("tracks");
        return new([.. stack.GetProperty("children").EnumerateArray().Select(t => Track(t, anyFolder))], Marks(stack));
    }

    static SeenTrack Track(JsonElement track, bool anyFolder)
    {
        List<SeenClip> clips = [];
        List<string> transitions = [];
        var at = 0L;
        foreach (var child in track.GetProperty("children").EnumerateArray())
        {
            var schema = Text(child, "OTIO_SCHEMA");
            if (child.TryGetProperty("record_start", out var start)) at = start.GetInt64();
            if (schema.StartsWith("Transition.", StringComparison.Ordinal))
            {
                transitions.Add($"{at}: {Text(child, "transition_type")} {Text(child, "name")} {Frames(child.GetProperty("in_offset"))}+{Frames(child.GetProperty("out_offset"))}");
                continue;
            }

            var range = child.GetProperty("source_range");
            var length = Frames(range.GetProperty("duration"));
            var source = Frames(range.GetProperty("start_time"));
            if (schema.StartsWith("Clip.", StringComparison.Ordinal)) clips.Add(Clip(child, at, length, source, anyFolder));
            else if (schema.StartsWith("Stack.", StringComparison.Ordinal)) clips.Add(Seen(child, at, length, source, InsideOf(child, anyFolder)));
            else if (!schema.StartsWith("Gap.", StringComparison.Ordinal)) throw new FormatException($"unexpected {schema}");
            at += length;
        }

        return new(Text(track, "name"), Text(track, "kind"), IsEnabled(track), clips, transitions);
    }

    static SeenClip Clip(JsonElement clip, long start, long length, long source, bool anyFolder)
    {
        var media = clip.GetProperty("media_references").GetProperty(Text(clip, "active_media_reference_key"));
        var url = Text(media, "target_url");
        return Seen(clip, start, length, source, anyFolder ? Path.GetFileName(url) : url);
    }

    static SeenClip Seen(JsonElement item, long start, long length, long source, string media)
    {
        var effects = string.Join("; ", item.GetProperty("effects").EnumerateArray().Select(Effect));
        return new(start, length, source, media, Text(item, "name"), IsEnabled(item), effects, string.Join("; ", Marks(item)));
    }

    /// <summary>All that is inside a nested sequence stands for its media.</summary>
    static string InsideOf(JsonElement stack, bool anyFolder) => string.Join(" / ", stack.GetProperty("children").EnumerateArray()
        .Select(t => Track(t, anyFolder))
        .Select(t => $"{t.Name} {t.Kind} {t.Enabled}: {string.Join(", ", t.Clips)}; {string.Join(", ", t.Transitions)}"));

    static string Effect(JsonElement effect)
    {
        var settings = effect.GetProperty("metadata").EnumerateObject().Where(p => p.Name != "cinegit").OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => p.Value.ValueKind == JsonValueKind.Number ? string.Create(CultureInfo.InvariantCulture, $"{p.Name}={p.Value.GetDouble()}") : $"{p.Name}={p.Value.GetRawText()}");
        var speed = effect.TryGetProperty("time_scalar", out var scalar) ? string.Create(CultureInfo.InvariantCulture, $" x{scalar.GetDouble()}") : "";
        return $"{Text(effect, "effect_name")}{speed} {string.Join(' ', settings)}";
    }

    /// <summary>In order of time and name: the order in the list says nothing.</summary>
    static IReadOnlyList<string> Marks(JsonElement item) =>
        [.. from mark in item.GetProperty("markers").EnumerateArray()
            let range = mark.GetProperty("marked_range")
            let at = Frames(range.GetProperty("start_time"))
            orderby at, Text(mark, "name")
            select $"{at}+{Frames(range.GetProperty("duration"))} {Text(mark, "name")} {Text(mark, "color")}"];

    static bool IsEnabled(JsonElement item) => !item.TryGetProperty("enabled", out var enabled) || enabled.GetBoolean();

    static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";

    static long Frames(JsonElement time)
    {
        var frames = time.GetProperty("value").GetDouble() * Rate / time.GetProperty("rate").GetDouble();
        return frames == Math.Floor(frames) ? (long)frames : throw new FormatException($"{frames} is not a whole frame");
    }
}

sealed record SeenTrack(string Name, string Kind, bool Enabled, IReadOnlyList<SeenClip> Clips, IReadOnlyList<string> Transitions);

sealed record SeenClip(long Start, long Length, long Source, string Media, string Name, bool Enabled, string Effects, string Markers);
