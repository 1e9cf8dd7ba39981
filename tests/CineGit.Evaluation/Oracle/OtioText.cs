using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CineGit.Evaluation.Oracle;

/// <summary>How a cut is written.</summary>
/// <param name="Ids">With the ids and links that a checkout carries; without them it is a plain export.</param>
/// <param name="Absolute">Every clip says where it starts and ends, as FCP XML and its like do, and there are no gaps.</param>
/// <param name="Folder">Where the media are on this machine.</param>
/// <param name="Indented">A line for each value, as a merge of lines needs it; else one long line, which is sooner written and read.</param>
sealed record Layout(bool Ids, bool Absolute = false, string Folder = "file:///", bool Indented = false);

/// <summary>A cut as OTIO; indented it is laid out as OpenTimelineIO does: four spaces a level, numbers with a decimal point.</summary>
sealed class OtioText
{
    const string Rate = "24.0";
    const long StartFrame = 86_400;

    readonly Utf8JsonWriter _json;
    readonly Layout _layout;
    readonly Cut _cut;

    OtioText(Utf8JsonWriter json, Layout layout, Cut cut) => (_json, _layout, _cut) = (json, layout, cut);

    public static byte[] Of(Cut cut, bool ids) => Of(cut, new Layout(ids));

    public static byte[] Of(Cut cut, Layout layout)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = layout.Indented, IndentSize = 4, SkipValidation = true })) new OtioText(json, layout, cut).Timeline();
        return bytes.WrittenSpan.ToArray();
    }

    public static bool AreAlike(Cut one, Cut other, bool ids = true) => Of(one, ids).AsSpan().SequenceEqual(Of(other, ids));

    void Timeline()
    {
        Begin("Timeline.1", "reel 1", null);
        Property("global_start_time", () => Time(StartFrame));
        Property("tracks", () =>
        {
            Begin("Stack.1", "tracks", null);
            Item(null, [], _cut.Marks, enabled: true);
            List("children", _cut.Rows, Row);
            _json.WriteEndObject();
        });
        _json.WriteEndObject();
    }

    void Row(Row row)
    {
        Begin("Track.1", row.Name, row.Uid);
        Item(null, [], [], row.Enabled);
        _json.WriteStartArray("children");
        var at = 0L;
        foreach (var shot in row.Shots)
        {
            if (shot.Start > at && !_layout.Absolute) Gap(shot.Start - at);
            if (row.Blends.Find(b => b.Right == shot.Uid) is { } blend) Transition(blend, shot.Start);
            if (shot.Nest is { } nest) Stack(shot, _cut.Nests[nest]);
            else Clip(shot);
            at = shot.End;
        }

        _json.WriteEndArray();
        _json.WriteString("kind", row.Kind);
        _json.WriteEndObject();
    }

    void Gap(long length)
    {
        Begin("Gap.1", "", null);
        Item((0, length), [], [], enabled: true);
        _json.WriteEndObject();
    }

    void Transition(Blend blend, long at)
    {
        Begin("Transition.1", "", blend.Uid);
        if (_layout.Absolute) _json.WriteNumber("record_start", at);
        Property("in_offset", () => Time(blend.In));
        Property("out_offset", () => Time(blend.Out));
        _json.WriteString("transition_type", "SMPTE_Dissolve");
        _json.WriteEndObject();
    }

    /// <summary>Every use has the whole inside written out.</summary>
    void Stack(Shot shot, Cut inside)
    {
        Begin("Stack.1", shot.Name, shot.WrittenUid, shot.WrittenLink, definition: inside.Picture.Uid);
        Item((shot.Source, shot.Length), shot.Filters, shot.Marks, shot.Enabled);
        List("children", inside.Rows, Row);
        _json.WriteEndObject();
    }

    void Clip(Shot shot)
    {
        Begin("Clip.2", shot.Name, shot.WrittenUid, shot.WrittenLink);
        if (_layout.Absolute)
        {
            _json.WriteNumber("record_start", shot.Start);
            _json.WriteNumber("record_end", shot.End);
        }

        Item((shot.Source, shot.Length), shot.Filters, shot.Marks, shot.Enabled, shot);
        _json.WriteStartObject("media_references");
        _json.WritePropertyName("DEFAULT_MEDIA");
        Begin("ExternalReference.1", "", null);
        Property("available_range", () => Range(0, Shot.MediaFrames));
        _json.WriteNull("available_image_bounds");
        _json.WriteString("target_url", shot.Media.Replace("file:///", _layout.Folder, StringComparison.Ordinal));
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteString("active_media_reference_key", "DEFAULT_MEDIA");
        _json.WriteEndObject();
    }

    void Item((long Start, long Length)? range, IReadOnlyList<Filter> filters, IReadOnlyList<Mark> marks, bool enabled, Shot? retimed = null)
    {
        if (range is { } known) Property("source_range", () => Range(known.Start, known.Length));
        else _json.WriteNull("source_range");
        _json.WriteStartArray("effects");
        if (retimed is { Speed: not 1 and var speed })
        {
            Begin("LinearTimeWarp.1", "", retimed.SpeedUid);
            _json.WriteString("effect_name", "LinearTimeWarp");
            Number("time_scalar", speed);
            _json.WriteEndObject();
        }

        foreach (var filter in filters)
        {
            Begin("Effect.1", "", filter.Uid, settings: filter.Settings);
            _json.WriteString("effect_name", filter.Kind);
            _json.WriteBoolean("enabled", true);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        List("markers", marks.OrderBy(m => m.Frame).ThenBy(m => m.Name, StringComparer.Ordinal), Marker);
        _json.WriteBoolean("enabled", enabled);
    }

    void Marker(Mark mark)
    {
        Begin("Marker.2", mark.Name, mark.Uid);
        _json.WriteString("color", mark.Color);
        _json.WriteString("comment", "");
        Property("marked_range", () => Range(mark.Frame, 1));
        _json.WriteEndObject();
    }

    void Begin(string schema, string name, string? id, string? link = null, IReadOnlyDictionary<string, double>? settings = null, string? definition = null)
    {
        _json.WriteStartObject();
        _json.WriteString("OTIO_SCHEMA", schema);
        _json.WriteStartObject("metadata");
        if (_layout.Ids && id is not null)
        {
            _json.WriteStartObject("cinegit");
            _json.WriteString("id", id);
            if (link is not null) _json.WriteString("link", link);
            if (definition is not null) _json.WriteString("definition", definition);
            _json.WriteEndObject();
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, double>()) Number(key, value);
        _json.WriteEndObject();
        _json.WriteString("name", name);
    }

    void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items) write(item);
        _json.WriteEndArray();
    }

    void Property(string name, Action write)
    {
        _json.WritePropertyName(name);
        write();
    }

    void Range(long start, long length)
    {
        _json.WriteStartObject();
        _json.WriteString("OTIO_SCHEMA", "TimeRange.1");
        Property("duration", () => Time(length));
        Property("start_time", () => Time(start));
        _json.WriteEndObject();
    }

    void Time(long frames)
    {
        _json.WriteStartObject();
        _json.WriteString("OTIO_SCHEMA", "RationalTime.1");
        _json.WritePropertyName("rate");
        _json.WriteRawValue(Rate);
        Number("value", frames);
        _json.WriteEndObject();
    }

    void Number(string name, double value)
    {
        _json.WritePropertyName(name);
        _json.WriteRawValue(value.ToString("0.0##########", CultureInfo.InvariantCulture));
    }
}
