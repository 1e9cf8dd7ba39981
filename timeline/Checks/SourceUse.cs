using System.Numerics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>
/// How an element runs through its source. OTIO keeps an element's source_range at its length on the track, and a retime
/// says how many source frames go by meanwhile.
/// </summary>
/// <param name="Speed">Source time per record time; negative runs backwards, zero stands still.</param>
readonly record struct SourceUse(Element Element, ExactFraction Speed)
{
    static readonly ExactFraction Normal = new(BigInteger.One, BigInteger.One);

    /// <summary>Words by which programs call effects that bend time in ways OTIO has no numbers for.</summary>
    static readonly string[] TimeWords = ["timewarp", "timeremap", "timeeffect", "retime", "speed", "freeze", "motioneffect"];

    public bool IsBackwards => Speed.Numerator.Sign < 0;

    public bool StandsStill => Speed.Numerator.IsZero;

    public bool IsNormal => Speed.Numerator == Speed.Denominator;

    /// <summary>Null when nothing tells the speed: a variable retime, another program's own effect, or no number.</summary>
    public static SourceUse? Of(Element element)
    {
        var speed = Normal;
        foreach (var effect in element.Effects)
        {
            if (!effect.Enabled) continue;
            if (effect.TimeScalar is { } scalar)
            {
                var value = scalar.ToDouble();
                if (!double.IsFinite(value)) return null;
                speed *= ExactFraction.Of(value);
            }
            else if (BendsTime(effect))
            {
                return null;
            }
        }

        return new(element, speed);
    }

    /// <summary>
    /// How much source lacks before and after the media, in record time, when the element is extended by handles on either
    /// side. Where a program puts the start of a reversed clip is not agreed, so either end is allowed.
    /// </summary>
    public (Flicks Head, Flicks Tail) Missing(TimeRange available, Flicks headHandle, Flicks tailHandle)
    {
        var start = Element.SourceStart;
        if (!IsBackwards) return Outside(available, start - Source(headHandle), start + Source(Element.Duration) + Source(tailHandle));
        var length = Source(Element.Duration);
        var (before, after) = (Source(tailHandle), Source(headHandle));
        var upwards = Outside(available, start - before, start + length + after);
        var downwards = Outside(available, start - length - before, start + after);
        var (head, tail) = upwards.Head + upwards.Tail <= downwards.Head + downwards.Tail ? upwards : downwards;
        return (tail, head);
    }

    (Flicks Head, Flicks Tail) Outside(TimeRange available, Flicks from, Flicks to) =>
        (Record(Flicks.Max(available.Start - from, Flicks.Zero)), Record(Flicks.Max(to - available.End, Flicks.Zero)));

    /// <summary>The source that goes by in this record time, without sign; never more than a time can be.</summary>
    public Flicks Source(Flicks record) => IsNormal ? record : Capped(new ExactFraction(record.Value, BigInteger.One) * Speed);

    Flicks Record(Flicks source) =>
        IsNormal || source.IsZero || StandsStill
            ? source
            : Capped(new ExactFraction(source.Value, BigInteger.One) / new ExactFraction(BigInteger.Abs(Speed.Numerator), Speed.Denominator));

    static Flicks Capped(ExactFraction time)
    {
        var whole = BigInteger.Abs(time.Rounded(out _));
        return whole > OtioTimes.Limit.Value ? OtioTimes.Limit : new((long)whole);
    }

    static bool BendsTime(Effect effect)
    {
        if (effect.Node.SchemaName == OtioSchema.TimeEffect) return true;
        return Array.Exists(TimeWords, word => Says(effect.Kind, word) || Says(effect.Name, word) || Says(effect.Node.SchemaName, word));
    }

    /// <summary>Whatever stands between the letters: Time Warp, time-warp, TimeWarp.</summary>
    static bool Says(string text, string word) =>
        text.Length >= word.Length && string.Concat(text.Where(char.IsAsciiLetter)).Contains(word, StringComparison.OrdinalIgnoreCase);
}
