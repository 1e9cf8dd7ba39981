using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>What a file's or generator's own elements say, computed from its media reference: for reading, what is spelled otherwise; for writing, all.</summary>
internal static class XmemlMediaFields
{
    public static void SpellFile(XmemlSpelling spelling, XmlNode file, OtioObject media, OtioObject rest, FrameRate outer)
    {
        var (name, url, source) = Names(media);
        spelling.Leaf(file.Child("name"), "name", name);
        spelling.Leaf(file.Child("pathurl"), "pathurl", url);
        spelling.Leaf(file.Child("mediaSource"), "mediaSource", source);
        var rate = RateOf(media, rest, outer);
        spelling.Leaf(file.Child("duration"), "duration", Duration(media, rate));
        if (rest.Child("timecode") is { } timecode) XmemlTimecode.Spell(spelling, file.Child("timecode"), timecode, Start(media), rate);
    }

    public static void SpellGenerator(XmemlSpelling spelling, XmlNode effect, OtioObject media)
    {
        spelling.Leaf(effect.Child("name"), "name", media.Text("name") ?? "");
        spelling.Leaf(effect.Child("effectid"), "effectid", media.Text("generator_kind") ?? "");
    }

    /// <summary>The children of a file that came from such a file, after its attributes.</summary>
    public static void WriteFile(XmlOutput output, OtioObject media, OtioObject rest, FrameRate outer)
    {
        var speller = new XmemlSpeller(output, rest.Child(XmemlKeys.WrittenHere));
        var (name, url, source) = Names(media);
        speller.Leaf("name", name);
        speller.Leaf("pathurl", url);
        speller.Leaf("mediaSource", source);
        var rate = RateOf(media, rest, outer);
        speller.Leaf("duration", Duration(media, rate));
        var timecode = rest.Child("timecode");
        if (timecode is not null || !Start(media).IsZero) XmemlTimecode.Write(speller, output, timecode, Start(media), rate, drop: false);
        XmlMetadata.WriteChildren(output, rest.Without("timecode").Without(XmemlKeys.WrittenHere));
    }

    public static void WriteGenerator(XmlOutput output, OtioObject media, OtioObject rest)
    {
        var speller = new XmemlSpeller(output, rest.Child(XmemlKeys.WrittenHere));
        speller.Leaf("name", media.Text("name") ?? "");
        speller.Leaf("effectid", media.Text("generator_kind") ?? "");
        XmlMetadata.WriteChildren(output, rest.Without(XmemlKeys.WrittenHere));
    }

    /// <summary>What a file is counted at: what it says, else the rate of its length, else what is around it.</summary>
    public static FrameRate RateOf(OtioObject media, OtioObject rest, FrameRate outer) =>
        XmemlRate.Of(rest["rate"]) ?? OtioTimes.RateOf(media["available_range"]) ?? outer;

    public static Flicks Start(OtioObject media) => OtioTimes.TryReadRange(media["available_range"], out var range) ? range.Start : Flicks.Zero;

    static (string Name, string? Url, string? Source) Names(OtioObject media) => (
        media.Text("name") ?? "",
        media.SchemaName == OtioSchema.ExternalReference ? media.Text("target_url") ?? "" : null,
        media.SchemaName == OtioSchema.GeneratorReference ? media.Text("generator_kind") ?? "" : null);

    static string? Duration(OtioObject media, FrameRate rate) =>
        OtioTimes.TryReadRange(media["available_range"], out var range) && range.Duration > Flicks.Zero
            ? XmemlFrames.Text(XmemlFrames.Count(range.Duration, rate))
            : null;
}
