using System.Diagnostics.CodeAnalysis;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>
/// A <c>conform-rate</c> that scales: media of one rate played at a near one, so that each of its frames is one of the sequence.
/// The clip's own time, in which its start, its markers and what hangs on it stand, is then the media's; its duration and its
/// place are the sequence's.
/// </summary>
/// <param name="Source">The media's rate.</param>
/// <param name="Played">The rate at which its frames are shown.</param>
internal sealed record FcpxmlConform(FrameRate Source, FrameRate Played)
{
    public const string Element = "conform-rate";

    const string Scale = "@scaleEnabled";
    const string SourceRate = "@srcFrameRate";

    /// <summary>Beyond this a sequence is no near rate: Apple's widest pair is 23.98 shown at 25.</summary>
    const double Near = 0.06;

    /// <summary>Times in a file are cut to parts of a second; a frame is meant by what is this close to one.</summary>
    const long Slack = 4;

    static readonly string[] Sayable = ["23.98", "24", "25", "29.97", "30", "60", "47.95", "48", "50", "59.94"];

    /// <summary>2.0 plays twice as fast.</summary>
    public double Speed => (double)((decimal)Played.Numerator * Source.Denominator / ((decimal)Played.Denominator * Source.Numerator));

    /// <summary>Null for one that does not scale, and where a retime says all of the speed.</summary>
    public static FcpxmlConform? Of(XmlNode item, FrameRate sequence) =>
        item.Child(Element) is { Exists: true } said && !item.Child(FcpxmlEffects.TimeMap).Exists ? Of(said["scaleEnabled"], said["srcFrameRate"], sequence) : null;

    /// <summary>As <see cref="Of(XmlNode, FrameRate)"/>, of an effect that was read from one, while its speed is still that.</summary>
    public static FcpxmlConform? Of(OtioObject effect, FrameRate sequence) =>
        Stored(effect) is { } said && Of(said.Text(Scale), said.Text(SourceRate), sequence) is { } conform
            && effect.Number("time_scalar") is { } speed && OtioNumber.FromDouble(speed) == OtioNumber.FromDouble(conform.Speed) ? conform : null;

    public static OtioObject? Stored(OtioObject effect) =>
        effect.SchemaName == OtioSchema.LinearTimeWarp ? FcpxmlLocal.Section(effect)?.Child(Element) : null;

    /// <summary>As the DTD spells a rate; false for one that it has no word for.</summary>
    public static bool TrySpell(FrameRate rate, [NotNullWhen(true)] out string? text)
    {
        text = Array.Find(Sayable, s => FrameRate.TryParse(s, out var said) && said == rate);
        return text is not null;
    }

    public static OtioObject InRealTime(string sourceRate) => OtioObject.Map((Scale, "0"), (SourceRate, sourceRate));

    public OtioObject Effect(OtioObject said) =>
        OtioBuild.LinearTimeWarp(Speed).With("metadata", OtioObject.Map((FcpxmlKeys.Section, OtioObject.Map((Element, said)))));

    /// <summary>How long in the sequence what is this long in the media lasts.</summary>
    public Flicks ToSequence(Flicks own, FrameRate sequence)
    {
        var exact = Scaled(own, (Int128)Source.Numerator * Played.Denominator, (Int128)Source.Denominator * Played.Numerator);
        var frame = Flicks.FromFrames(exact.ToFrames(sequence, Rounding.Nearest), sequence, Rounding.Nearest);
        return (exact - frame).Magnitude.Value <= Slack ? frame : exact;
    }

    public Flicks ToOwn(Flicks time) => Scaled(time, (Int128)Source.Denominator * Played.Numerator, (Int128)Source.Numerator * Played.Denominator);

    /// <summary>True for two times in the media that a file's spelling cannot tell apart.</summary>
    public static bool AreSame(Flicks a, Flicks b) => (a - b).Magnitude.Value <= Slack;

    static FcpxmlConform? Of(string? scaleEnabled, string? sourceRate, FrameRate sequence) =>
        scaleEnabled != "0" && sourceRate is not null && FrameRate.TryParse(sourceRate.Trim(), out var source) && PlayedAt(source, sequence) is { } played && played != source
            ? new(source, played)
            : null;

    /// <summary>
    /// Apple's table ("Final Cut Pro rate conforming chart", conform-rate, FCPXML reference): the sequence's rate, or half or
    /// twice that, where the media's is near it. The table has nothing for 23.98 in sequences of 30 and more, but in those
    /// that Final Cut writes from 30, 50, 59.94 and 60 what hangs on such a clip is on whole frames only when it is shown at 24.
    /// </summary>
    static FrameRate? PlayedAt(FrameRate source, FrameRate sequence)
    {
        if (source == FrameRate.Fps23976 && sequence.ToDouble() > FrameRate.Fps25.ToDouble()) return FrameRate.Fps24;
        if (sequence.Numerator > int.MaxValue / 2 || sequence.Denominator > int.MaxValue / 2) return null;
        FrameRate[] near = [sequence, new(sequence.Numerator, sequence.Denominator * 2), new(sequence.Numerator * 2, sequence.Denominator)];
        return near.Cast<FrameRate?>().FirstOrDefault(r => r is { } rate && Math.Abs((rate.ToDouble() / source.ToDouble()) - 1) < Near);
    }

    static Flicks Scaled(Flicks time, Int128 by, Int128 over)
    {
        var product = time.Value * by;
        var (quotient, rest) = Int128.DivRem(product, over);
        if (Int128.Abs(rest) * 2 >= over) quotient += Int128.Sign(product);
        return new((long)Int128.Clamp(quotient, -OtioTimes.Limit.Value, OtioTimes.Limit.Value));
    }
}
