using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>
/// Makes what <see cref="OtioBuild"/> makes, for the thousands of clips of a list: what they have in common is one object.
/// </summary>
internal sealed class EdlNodes(FrameRate rate)
{
    static readonly OtioString ClipSchema = new("Clip.2");
    static readonly OtioString TimeSchema = new("RationalTime.1");
    static readonly OtioString RangeSchema = new("TimeRange.1");
    static readonly OtioString MissingSchema = new("MissingReference.1");
    static readonly OtioString MediaKey = new(OtioSchema.DefaultMediaKey);
    static readonly OtioNumber Zero = OtioNumber.FromLexeme("0.0");
    static readonly OtioObject Nameless = OtioBuild.MissingReference();
    static readonly OtioObject Black = OtioBuild.GeneratorReference("black", null);

    /// <summary>Most events last a few seconds, and many as long as another.</summary>
    const int UsualLengths = 512;

    readonly OtioNumber _rate = OtioNumber.FromDouble(rate.ToDouble());
    readonly OtioObject?[] _lengths = new OtioObject?[UsualLengths];

    OtioObject Length(long frames) => (ulong)frames < UsualLengths ? _lengths[frames] ??= Time(frames) : Time(frames);

    public OtioObject Time(long frames) => OtioObject.Map((OtioSchema.Key, TimeSchema), ("rate", _rate), ("value", Number(frames)));

    /// <summary>A start in frames of another rate than the list's.</summary>
    public OtioObject Range(long start, FrameRate sourceRate, long duration) => sourceRate == rate
        ? Range(start, duration)
        : OtioObject.Map((OtioSchema.Key, RangeSchema), ("duration", Length(duration)), ("start_time", OtioBuild.Time(new(start, sourceRate))));

    public OtioObject Range(long start, long duration) =>
        OtioObject.Map((OtioSchema.Key, RangeSchema), ("duration", Length(duration)), ("start_time", Time(start)));

    public static OtioObject Clip(string name, OtioObject media, OtioObject range, OtioArray effects, OtioArray markers, OtioObject metadata) => OtioObject.Map(
        (OtioSchema.Key, ClipSchema),
        ("metadata", metadata),
        ("name", name),
        ("source_range", range),
        ("effects", effects),
        ("markers", markers),
        ("enabled", OtioBool.True),
        ("media_references", OtioObject.Map((OtioSchema.DefaultMediaKey, media))),
        ("active_media_reference_key", MediaKey));

    public static OtioObject Missing(string name) => name.Length == 0
        ? Nameless
        : OtioObject.Map(
            (OtioSchema.Key, MissingSchema),
            ("metadata", OtioObject.EmptyMap),
            ("name", name),
            ("available_range", OtioNull.Value),
            ("available_image_bounds", OtioNull.Value));

    public static OtioObject BlackReference() => Black;

    public OtioObject Marker(string name, long at, string color) => OtioBuild.Marker(name, Range(at, 0), color);

    static OtioNumber Number(long frames) => frames == 0 ? Zero : OtioNumber.FromLexeme(string.Create(CultureInfo.InvariantCulture, $"{frames}.0"));
}
