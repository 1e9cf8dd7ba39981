using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// A transition where it lies, in frames of the sequence. Its cut point is what <c>alignment</c> says; of a centred one with an
/// odd length the frame before the middle, as OpenTimelineIO has it. Premiere's <c>cutPointTicks</c>, from its start, is exact
/// and goes first.
/// </summary>
internal sealed record XmemlTransition(XmlNode Element, long Start, long End, long Cut)
{
    public static XmemlTransition Read(XmlNode element, FrameRate rate)
    {
        var start = XmemlFrames.Read(element.Child("start")) ?? 0;
        var end = Math.Max(start, XmemlFrames.Read(element.Child("end")) ?? start);
        var cut = FromTicks(element, rate, start, end) ?? element.TextOf("alignment")?.Trim() switch
        {
            "start" or "start-black" => start,
            "end" or "end-black" => end,
            _ => start + ((end - start) / 2),
        };
        return new(element, start, end, cut);
    }

    static long? FromTicks(XmlNode element, FrameRate rate, long start, long end)
    {
        if (element.IntegerOf("cutPointTicks") is not { } ticks || ticks < 0) return null;
        var (frames, rest) = Int128.DivRem((Int128)ticks * rate.Numerator, (Int128)XmemlRate.TicksPerSecond * rate.Denominator);
        return rest == 0 && frames <= end - start ? start + (long)frames : null;
    }
}

/// <summary>What a transition's own elements say, computed from its OTIO object and where it lies.</summary>
internal readonly record struct XmemlTransitionFields(long Start, long End, string Alignment, long CutTicks)
{
    /// <param name="cut">Where the cut is under it, in frames.</param>
    /// <param name="reachIn">Frames before the cut.</param>
    /// <param name="reachOut">Frames after it.</param>
    /// <param name="isAlone">Nothing stands on the side that it does not reach into, or on either.</param>
    /// <param name="rate">Of the sequence.</param>
    public static XmemlTransitionFields Of(long cut, long reachIn, long reachOut, bool isAlone, FrameRate rate)
    {
        var alignment = (reachIn, reachOut) switch
        {
            (0, > 0) => isAlone ? "start-black" : "start",
            ( > 0, 0) => isAlone ? "end-black" : "end",
            _ => "center",
        };
        return new(cut - reachIn, cut + reachOut, alignment, XmemlRate.Ticks(reachIn, rate));
    }

    /// <summary>False for a cut point that the alignment alone would put elsewhere.</summary>
    public static bool IsAligned(long reachIn, long reachOut) => reachIn == 0 || reachOut == 0 || (reachIn + reachOut) / 2 == reachIn;
}

/// <summary>Transitions as OTIO has them: a dissolve unless the effect's category says that it is none.</summary>
internal static class XmemlTransitions
{
    static readonly XmlNames Elements = new("start", "end", "alignment", "cutPointTicks", "rate", "effect");
    static readonly XmlNames EffectElements = new("name");

    public static OtioObject Read(XmemlTransition transition, bool isAlone, FrameRate rate, bool hasTicks)
    {
        var element = transition.Element;
        var effect = element.Child("effect");
        var rest = XmlMetadata.Rest(element, Elements);
        if (effect.Exists) rest = rest.With("effect", XmlMetadata.Rest(effect, EffectElements));
        var (reachIn, reachOut) = (transition.Cut - transition.Start, transition.End - transition.Cut);
        var made = OtioBuild.Transition(
            effect.TextOf("name") ?? "", TypeOf(effect.TextOf("effectcategory")), new(reachIn, rate), new(reachOut, rate));
        var fields = XmemlTransitionFields.Of(transition.Cut, reachIn, reachOut, isAlone, rate);
        var spelling = new XmemlSpelling();
        spelling.Leaf(element.Child("start"), "start", fields.Start);
        spelling.Leaf(element.Child("end"), "end", fields.End);
        spelling.Leaf(element.Child("alignment"), "alignment", fields.Alignment);
        var usualTicks = hasTicks || !XmemlTransitionFields.IsAligned(reachIn, reachOut) ? XmemlFrames.Text(fields.CutTicks) : null;
        spelling.Leaf(element.Child("cutPointTicks"), "cutPointTicks", usualTicks);
        spelling.Rate(element.Child("rate"), rate);
        if (effect.Exists) spelling.Leaf(effect.Child("name"), "name", made.Text("name"));
        var local = spelling.IsUsual ? OtioObject.EmptyMap : OtioObject.Map((XmemlKeys.Written, spelling.Exceptions));
        if (element["id"] is { } id)
        {
            rest = rest.Without("@id");
            local = local.With(XmemlKeys.Id, id);
        }

        return made.With("metadata", XmemlOtio.Metadata(rest, OtioObject.Map((XmemlKeys.Local, local))));
    }

    static string TypeOf(string? category) => category?.Trim() switch
    {
        null or "" or "Dissolve" or "Cross Dissolve" or "Audio" or "Cross Fade" => "SMPTE_Dissolve",
        { } word when word.Contains("Dissolve", StringComparison.OrdinalIgnoreCase) || word.Contains("Fade", StringComparison.OrdinalIgnoreCase) => "SMPTE_Dissolve",
        { } word when word.Contains("Wipe", StringComparison.OrdinalIgnoreCase) => "SMPTE_Wipe",
        _ => "Custom_Transition",
    };
}
