using System.Text.Json;

namespace CineGit.Demo;

/// <summary>Writes a cut as an NLE exports it: plain OTIO, no ids, every gap spelled out.</summary>
public static class OtioExport
{
    public static byte[] Write(DemoCut cut, string mediaFolder)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            WriteTimeline(json, cut, mediaFolder);
        }

        return buffer.ToArray();
    }

    static void WriteTimeline(Utf8JsonWriter json, DemoCut cut, string mediaFolder)
    {
        Begin(json, "Timeline.1", "Night Bus, reel 1");
        json.WritePropertyName("global_start_time");
        WriteTime(json, DemoCut.StartFrame);
        json.WritePropertyName("tracks");
        Begin(json, "Stack.1", "tracks");
        json.WritePropertyName("markers");
        json.WriteStartArray();
        foreach (var note in cut.Notes) WriteMarker(json, note);
        json.WriteEndArray();
        json.WritePropertyName("children");
        json.WriteStartArray();
        foreach (var track in DemoCut.TrackNames) WriteTrack(json, cut, track, mediaFolder);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteTrack(Utf8JsonWriter json, DemoCut cut, string track, string mediaFolder)
    {
        Begin(json, "Track.1", track);
        json.WriteString("kind", track[0] == 'V' ? "Video" : "Audio");
        json.WritePropertyName("children");
        json.WriteStartArray();
        var at = 0;
        foreach (var shot in cut.Track(track))
        {
            if (shot.Start > at) WriteGap(json, shot.Start - at);
            if (track == "V1" && cut.Dissolves.FirstOrDefault(d => d.Incoming == shot.Name) is { } dissolve) WriteDissolve(json, dissolve);
            WriteClip(json, shot, track, mediaFolder);
            at = shot.End;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteClip(Utf8JsonWriter json, Shot shot, string track, string mediaFolder)
    {
        Begin(json, "Clip.2", shot.Name);
        json.WritePropertyName("source_range");
        WriteRange(json, shot.Source, shot.Duration);
        json.WritePropertyName("effects");
        json.WriteStartArray();
        if (shot.Blur is not null && track == "V1") WriteBlur(json, shot.Blur);
        json.WriteEndArray();
        json.WritePropertyName("media_references");
        json.WriteStartObject();
        json.WritePropertyName("DEFAULT_MEDIA");
        Begin(json, "ExternalReference.1", shot.Media);
        json.WritePropertyName("available_range");
        WriteRange(json, 0, DemoCut.MediaFrames);
        json.WriteString("target_url", new Uri(Path.Combine(mediaFolder, shot.Media + ".mov")).AbsoluteUri);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("active_media_reference_key", "DEFAULT_MEDIA");
        json.WriteEndObject();
    }

    static void WriteBlur(Utf8JsonWriter json, string amount)
    {
        Begin(json, "Effect.1", "Blur", metadata: () => json.WriteNumber("amount", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));
        json.WriteString("effect_name", "GaussianBlur");
        json.WriteEndObject();
    }

    static void WriteGap(Utf8JsonWriter json, int duration)
    {
        Begin(json, "Gap.1", "");
        json.WritePropertyName("source_range");
        WriteRange(json, 0, duration);
        json.WriteEndObject();
    }

    static void WriteDissolve(Utf8JsonWriter json, Dissolve dissolve)
    {
        Begin(json, "Transition.1", "Cross Dissolve");
        json.WriteString("transition_type", "SMPTE_Dissolve");
        json.WritePropertyName("in_offset");
        WriteTime(json, dissolve.Half);
        json.WritePropertyName("out_offset");
        WriteTime(json, dissolve.Half);
        json.WriteEndObject();
    }

    static void WriteMarker(Utf8JsonWriter json, Note note)
    {
        Begin(json, "Marker.2", note.Name);
        json.WriteString("color", "GREEN");
        json.WritePropertyName("marked_range");
        WriteRange(json, note.Frame, 1);
        json.WriteEndObject();
    }

    static void WriteRange(Utf8JsonWriter json, int start, int duration)
    {
        json.WriteStartObject();
        json.WriteString("OTIO_SCHEMA", "TimeRange.1");
        json.WritePropertyName("start_time");
        WriteTime(json, start);
        json.WritePropertyName("duration");
        WriteTime(json, duration);
        json.WriteEndObject();
    }

    static void WriteTime(Utf8JsonWriter json, int frames)
    {
        json.WriteStartObject();
        json.WriteString("OTIO_SCHEMA", "RationalTime.1");
        json.WriteNumber("rate", 24.0m);
        json.WriteNumber("value", frames + 0.0m);
        json.WriteEndObject();
    }

    static void Begin(Utf8JsonWriter json, string schema, string name, Action? metadata = null)
    {
        json.WriteStartObject();
        json.WriteString("OTIO_SCHEMA", schema);
        json.WritePropertyName("metadata");
        json.WriteStartObject();
        metadata?.Invoke();
        json.WriteEndObject();
        json.WriteString("name", name);
    }
}
