using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Files and generators as media references. A file is read once, however often it is used: its uses share one object.
/// </summary>
internal sealed class XmemlMediaReader(XmemlReferences references)
{
    static readonly XmlNames FileElements = new("@id", "name", "pathurl", "mediaSource", "duration", "timecode");
    static readonly XmlNames GeneratorElements = new("name", "effectid");

    readonly Dictionary<(int File, FrameRate Outer), OtioObject> _files = [];

    /// <param name="file">A definition or a reference to one; a reference to none is media that is missing.</param>
    /// <param name="outer">The rate around it, for a file that says none.</param>
    public OtioObject File(XmlNode file, FrameRate outer)
    {
        file = references.Resolve(file);
        if (_files.TryGetValue((file.Index, outer), out var known)) return known;
        return _files[(file.Index, outer)] = ReadFile(file, outer);
    }

    /// <summary>What a generator item makes its picture with: <c>effectid</c> is its kind.</summary>
    public static OtioObject Generator(XmlNode effect)
    {
        var media = OtioBuild.GeneratorReference(effect.TextOf("effectid") ?? "", null).With("name", effect.TextOf("name") ?? "");
        var rest = XmlMetadata.Rest(effect, GeneratorElements);
        var spelling = new XmemlSpelling();
        XmemlMediaFields.SpellGenerator(spelling, effect, media);
        return WithRest(media, rest, spelling);
    }

    static OtioObject ReadFile(XmlNode file, FrameRate outer)
    {
        var rate = XmemlRate.Read(file.Child("rate")) ?? outer;
        var timecode = file.Child("timecode");
        var start = XmemlTimecode.Read(timecode, rate);
        var length = XmemlFrames.Read(file.Child("duration"));
        var available = length is null && start is null ? null : Available(start, rate, Math.Max(0, length ?? 0));
        var name = file.TextOf("name") ?? "";
        var media = file.TextOf("pathurl") is { } url
            ? OtioBuild.ExternalReference(url, available, name)
            : file.TextOf("mediaSource") is { } source
                ? OtioBuild.GeneratorReference(source, available).With("name", name)
                : OtioBuild.MissingReference(available, name);
        var rest = XmlMetadata.Rest(file, FileElements);
        if (timecode.Exists) rest = rest.With("timecode", XmemlTimecode.Rest(timecode));
        var spelling = new XmemlSpelling();
        XmemlMediaFields.SpellFile(spelling, file, media, rest, outer);
        return WithRest(media, rest, spelling);
    }

    static OtioObject Available((long Frame, FrameRate Rate)? timecode, FrameRate rate, long length)
    {
        var start = timecode is { } at ? XmemlFrames.At(at.Frame, at.Rate) : Flicks.Zero;
        var startRate = timecode is { } own && !start.IsWholeAt(rate) ? own.Rate : rate;
        return OtioObject.Of(
            "TimeRange.1",
            ("duration", XmemlFrames.Time(XmemlFrames.At(length, rate), rate)),
            ("start_time", XmemlFrames.Time(start, startRate)));
    }

    static OtioObject WithRest(OtioObject media, OtioObject rest, XmemlSpelling spelling)
    {
        if (!spelling.IsUsual) rest = rest.With(XmemlKeys.WrittenHere, spelling.Exceptions);
        return media.With("metadata", OtioObject.Map((XmemlKeys.Section, rest)));
    }
}
