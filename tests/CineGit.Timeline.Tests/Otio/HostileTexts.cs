using System.Globalization;
using System.Text;

namespace CineGit.Timeline.Tests.Otio;

/// <summary>
/// Writes .otio texts from a seed, character by character, so that no reader or writer of ours decides what can be in them:
/// every schema, old and newer versions, odd numbers, strings and escapes, repeated and unknown fields, any white space.
/// </summary>
sealed class HostileTexts(int seed)
{
    static readonly string[] Numbers =
    [
        "0", "-0", "0.0", "-0.0", "24", "24.0", "1e5", "1E+05", "1e-05", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "-9223372036854775809", "123456789012345678901234567890", "1.0422463765160779", "1.10", "1.100",
        "0.1000000000000000055511151231257827", "1e400", "-1e400", "1e-400", "5e-324", "100000000000000000000.5", "2071526.4000000001",
    ];

    static readonly string[] NotFinite = ["NaN", "Infinity", "-Infinity", "Inf", "-Inf"];

    static readonly string[] Texts =
    [
        "", "A001_C004", " ", "\\u0000", "a\\u0000b", "\\ud800", "\\udfffx", "\\ud83c\\udfac", "🎬", "é", "\\u00e9", "\\/\\b\\f\\n\\r\\t\\\"\\\\",
        "\\uFFFF", "\\u001F", "\u2028", "\u0001raw", "tab\there", "\ufeff", "Ärger mit Ö", "OTIO_SCHEMA", "metadata", "0", "null",
    ];

    static readonly string[] Unknown = ["UnknownThing.3", "Clip.99", "Marker.4", "Track.2", "NoVersion", "Dotted.name.1", "Timeline.x"];

    readonly Random _random = new(seed);
    readonly StringBuilder _text = new();
    int _budget = 160;

    /// <summary>False keeps to what strict JSON readers take: no NaN, no infinity, no raw control character.</summary>
    public bool AllowsLeniency { get; init; } = true;

    /// <summary>False keeps to what OpenTimelineIO itself can read: no unknown versions, no repeated field, no lone surrogate.</summary>
    public bool AllowsForeign { get; init; } = true;

    public byte[] Timeline()
    {
        Object("Timeline.1", ("name", Name), ("global_start_time", () => Maybe(Time)), ("tracks", Tracks));
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    void Tracks() => Object("Stack.1", ("children", () => List(1 + _random.Next(4), Track)), ("markers", Markers));

    void Track() => Object(
        One("Track.1", "Track.1", "Sequence.1"),
        ("kind", () => Put(One("\"Video\"", "\"Audio\"", "\"Subtitle\""))),
        ("children", () => List(_random.Next(8), Child)),
        ("markers", Markers));

    void Child()
    {
        switch (_random.Next(6))
        {
            case 0 or 1: Clip(); break;
            case 2: Gap(); break;
            case 3: Transition(); break;
            case 4: Nested(); break;
            default: Stray(); break;
        }
    }

    void Clip()
    {
        if (_random.Next(3) == 0)
        {
            Object("Clip.1", ("source_range", () => Maybe(Range)), ("media_reference", () => Maybe(Media)), ("effects", Effects), ("markers", Markers));
            return;
        }

        Object(
            "Clip.2",
            ("source_range", () => Maybe(Range)),
            ("media_references", () => Map(("DEFAULT_MEDIA", Media), ("high", Media))),
            ("active_media_reference_key", () => Put(One("\"DEFAULT_MEDIA\"", "\"high\""))),
            ("effects", Effects),
            ("markers", Markers),
            ("enabled", () => Put(One("true", "false"))),
            ("color", () => Maybe(Color)));
    }

    void Gap() => Object(One("Gap.1", "Filler.1"), ("source_range", Range));

    void Transition() => Object(
        "Transition.1", ("in_offset", Time), ("out_offset", Time), ("transition_type", () => Put("\"SMPTE_Dissolve\"")), ("enabled", () => Put("false")));

    void Nested()
    {
        if (_budget <= 0) Gap();
        else Object("Stack.1", ("children", () => List(_random.Next(3), Clip)), ("source_range", () => Maybe(Range)));
    }

    void Stray()
    {
        if (!AllowsForeign) Gap();
        else if (_random.Next(2) == 0) Value(3);
        else Object(One(Unknown), ("source_range", () => Maybe(Range)), ("children", () => List(1, Clip)));
    }

    void Media()
    {
        switch (_random.Next(4))
        {
            case 0: Object("ExternalReference.1", ("target_url", Name), ("available_range", () => Maybe(Range)), ("available_image_bounds", () => Maybe(Bounds))); break;
            case 1: Object("MissingReference.1", ("available_range", () => Maybe(Range))); break;
            case 2: Object("GeneratorReference.1", ("generator_kind", Name), ("parameters", () => Metadata(2))); break;
            default:
                Object(
                    "ImageSequenceReference.1", ("target_url_base", Name), ("name_prefix", Name), ("name_suffix", Name), ("start_frame", () => Put("1")),
                    ("frame_step", () => Put("1")), ("rate", () => Put("24")), ("frame_zero_padding", () => Put("4")), ("missing_frame_policy", () => Put("\"error\"")));
                break;
        }
    }

    void Bounds() => Plain("Box2d.1", ("min", Point), ("max", Point));

    void Point() => Plain("V2d.1", ("x", () => Put("0.0")), ("y", () => Put("-1.5")));

    void Effects() => List(_random.Next(3), () =>
    {
        var schema = One("Effect.1", "TimeEffect.1", "LinearTimeWarp.1", "FreezeFrame.1");
        if (schema[0] is 'L' or 'F') Object(schema, ("effect_name", Name), ("time_scalar", () => Put(One("1.10", "-1.0", "0.5"))));
        else Object(schema, ("effect_name", Name), ("enabled", () => Put("false")));
    });

    void Markers() => List(_random.Next(3), () =>
    {
        switch (_random.Next(AllowsForeign ? 3 : 1))
        {
            case 0: Object("Marker.2", ("color", () => Put(One("\"RED\"", "\"pink\"", "\"\"", "\"Iris\""))), ("marked_range", Range), ("comment", Name)); break;
            case 1: Object("Marker.3", ("color", () => Maybe(Color)), ("marked_range", Range)); break;
            default: Object("Marker.1", ("range", Range)); break;
        }
    });

    void Color() => Plain(
        "Color.1", ("r", () => Put(One("1.0", "1", "0.250"))), ("g", () => Put("0.0")), ("b", () => Put("0.5")), ("a", () => Put("1.0")), ("name", Name));

    void Range() => Plain("TimeRange.1", ("start_time", Time), ("duration", Time));

    void Time() => Plain(
        "RationalTime.1",
        ("rate", () => Put(One("24", "24.0", "23.976", "23.98", "29.97", "59.94005994005994", "48000"))),
        ("value", () => Put(One("0", "12", "100.0", "86400.50", "1.0422463765160779", "1e2"))));

    /// <summary>A schema object with name, metadata, and now and then a field that no schema knows or one that is there twice.</summary>
    void Object(string schema, params (string Name, Action Write)[] fields)
    {
        List<(string Name, Action Write)> all = [("metadata", () => Metadata(3)), .. fields];
        if (!fields.Any(f => f.Name == "name")) all.Insert(0, ("name", Name));
        if (AllowsForeign && _random.Next(6) == 0) all.Add(("x_studio_" + _random.Next(9).ToString(CultureInfo.InvariantCulture), () => Value(2)));
        if (AllowsForeign && _random.Next(8) == 0) all.Add((One([.. all]).Name, () => Value(1)));
        all.Insert(_random.Next(4) == 0 ? all.Count : 0, ("OTIO_SCHEMA", () => Put($"\"{schema}\"")));
        Map([.. all]);
    }

    void Plain(string schema, params (string Name, Action Write)[] fields) => Map([("OTIO_SCHEMA", () => Put($"\"{schema}\"")), .. fields]);

    void Metadata(int depth)
    {
        _budget--;
        var names = Enumerable.Range(0, _budget > 0 ? _random.Next(5) : 0).Select(_ => One(Usable)).Where(n => n != "OTIO_SCHEMA").ToList();
        if (!AllowsForeign) names = [.. names.Distinct()];
        Delimited('{', '}', names.Count, i =>
        {
            Put($"\"{names[i]}\"");
            Space();
            Put(":");
            Space();
            Value(depth - 1);
        });
    }

    void Value(int depth)
    {
        switch (_random.Next(depth > 0 ? 7 : 5))
        {
            case 0 or 1: Put(Number()); break;
            case 2 or 3: Name(); break;
            case 4: Put(One("true", "false", "null")); break;
            case 5: Metadata(depth); break;
            default: List(_random.Next(4), () => Value(depth - 1)); break;
        }
    }

    string Number() => AllowsLeniency && _random.Next(6) == 0
        ? One(NotFinite)
        : AllowsForeign ? One(Numbers) : One("0", "24", "24.0", "0.5", "-7", "9223372036854775807", "1e5");

    void Name() => Put($"\"{One(Usable)}\"");

    string[] Usable => [.. Texts.Where(t => (AllowsLeniency || t.All(c => c >= ' ')) && (AllowsForeign || IsEasy(t)))];

    static bool IsEasy(string text) =>
        !text.Contains("\\ud", StringComparison.Ordinal) && !text.Contains("\\u0000", StringComparison.Ordinal) && text.All(c => c >= ' ');

    void Map(params (string Name, Action Write)[] fields) => Delimited('{', '}', fields.Length, i =>
    {
        Put($"\"{fields[i].Name}\"");
        Space();
        Put(":");
        Space();
        fields[i].Write();
    });

    void List(int count, Action write) => Delimited('[', ']', count, _ => write());

    void Delimited(char open, char close, int count, Action<int> write)
    {
        Put(open.ToString());
        for (var i = 0; i < count; i++)
        {
            if (i > 0) Put(",");
            Space();
            write(i);
            Space();
        }

        Put(close.ToString());
    }

    void Maybe(Action write)
    {
        if (_random.Next(4) == 0) Put("null");
        else write();
    }

    void Space() => Put(One("", "", "", " ", "\n", "\r\n\t", "    "));

    void Put(string text) => _text.Append(text);

    T One<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
