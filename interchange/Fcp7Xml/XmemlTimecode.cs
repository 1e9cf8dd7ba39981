using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// A <c>timecode</c> element. Its frame count and its text are the start of the sequence or medium it belongs to; rate, drop
/// mode, reel and source stay in metadata as OpenTimelineIO's adapter leaves them there.
/// </summary>
internal static class XmemlTimecode
{
    const string Frame = "frame";
    const string Text = "string";
    const string DisplayFormat = "displayformat";

    static readonly XmlNames Modelled = new(Frame, Text);

    public static OtioObject Rest(XmlNode timecode) => XmlMetadata.Rest(timecode, Modelled);

    /// <summary>The first frame: by its number, else by its text; null when neither can be read.</summary>
    /// <param name="timecode">The element.</param>
    /// <param name="outer">The rate of what it belongs to, for one without a rate.</param>
    public static (long Frame, FrameRate Rate)? Read(XmlNode timecode, FrameRate outer)
    {
        if (!timecode.Exists) return null;
        var rate = XmemlRate.Read(timecode.Child("rate")) ?? outer;
        if (XmemlFrames.Read(timecode.Child(Frame)) is { } frame) return (frame, rate);
        return timecode.TextOf(Text) is { } text && TryParse(text.Trim(), rate, timecode.TextOf(DisplayFormat), out var time) ? (time.Value, rate) : null;
    }

    public static bool IsDrop(OtioObject rest, FrameRate rate) => rest.Text(DisplayFormat)?.Trim() == "DF" && Timecode.SupportsDropFrame(rate);

    public static FrameRate RateOf(OtioObject? rest, FrameRate outer) => XmemlRate.Of(rest?["rate"]) ?? outer;

    /// <summary>Notes how frame and text differ from what would be written for this start.</summary>
    public static void Spell(XmemlSpelling spelling, XmlNode timecode, OtioObject rest, Flicks start, FrameRate outer)
    {
        var (frame, text) = Usual(rest, start, outer);
        spelling.Leaf(timecode.Child(Frame), Frame, frame);
        spelling.Leaf(timecode.Child(Text), Text, text);
    }

    /// <param name="speller">With the exceptions of the sequence or medium.</param>
    /// <param name="output">Where to.</param>
    /// <param name="rest">What metadata holds of the element; null writes it with rate and display format made up.</param>
    /// <param name="start">Of the sequence or medium.</param>
    /// <param name="outer">The rate of what it belongs to.</param>
    /// <param name="drop">For a timecode made up: drop-frame.</param>
    public static void Write(XmemlSpeller speller, XmlOutput output, OtioObject? rest, Flicks start, FrameRate outer, bool drop)
    {
        output.Start("timecode");
        if (rest is not null) XmlMetadata.WriteAttributes(output, rest);
        else XmemlRate.Write(output, outer);
        var shown = rest ?? OtioObject.Map((DisplayFormat, drop ? "DF" : "NDF"));
        var (frame, text) = Usual(shown, start, outer);
        speller.Leaf(Text, text);
        speller.Leaf(Frame, frame);
        if (rest is not null) XmlMetadata.WriteChildren(output, rest);
        else output.Leaf(DisplayFormat, drop ? "DF" : "NDF");
        output.End();
    }

    static (long Frame, string Text) Usual(OtioObject rest, Flicks start, FrameRate outer)
    {
        var rate = RateOf(rest, outer);
        var frame = XmemlFrames.Count(start, rate);
        return (frame, Timecode.Format(frame, rate, IsDrop(rest, rate)));
    }

    static bool TryParse(string text, FrameRate rate, string? format, out RationalTime time) =>
        format?.Trim() is "DF" or "NDF"
            ? Timecode.TryParse(text, rate, format.Trim() == "DF" && Timecode.SupportsDropFrame(rate), out time)
            : Timecode.TryParse(text, rate, out time, out _);
}
