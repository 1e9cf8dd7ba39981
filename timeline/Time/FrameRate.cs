using System.Collections.Immutable;
using System.Globalization;

namespace CineGit.Timeline.Time;

/// <summary>
/// Frames (or audio samples) per second as an exact fraction: 24000/1001, never 23.976.
/// Always in lowest terms with a positive denominator. The default value is not a rate.
/// </summary>
public readonly record struct FrameRate
{
    public static readonly FrameRate Fps23976 = new(24000, 1001);
    public static readonly FrameRate Fps24 = new(24, 1);
    public static readonly FrameRate Fps25 = new(25, 1);
    public static readonly FrameRate Fps2997 = new(30000, 1001);
    public static readonly FrameRate Fps30 = new(30, 1);
    public static readonly FrameRate Fps47952 = new(48000, 1001);
    public static readonly FrameRate Fps48 = new(48, 1);
    public static readonly FrameRate Fps50 = new(50, 1);
    public static readonly FrameRate Fps5994 = new(60000, 1001);
    public static readonly FrameRate Fps60 = new(60, 1);
    public static readonly FrameRate Fps95904 = new(96000, 1001);
    public static readonly FrameRate Fps96 = new(96, 1);
    public static readonly FrameRate Fps100 = new(100, 1);
    public static readonly FrameRate Fps11988 = new(120000, 1001);
    public static readonly FrameRate Fps120 = new(120, 1);

    public static readonly FrameRate Audio44100 = new(44_100, 1);
    public static readonly FrameRate Audio48000 = new(48_000, 1);
    public static readonly FrameRate Audio88200 = new(88_200, 1);
    public static readonly FrameRate Audio96000 = new(96_000, 1);
    public static readonly FrameRate Audio192000 = new(192_000, 1);

    /// <summary>The picture and sample rates in use, each exact in <see cref="Flicks"/>.</summary>
    public static readonly ImmutableArray<FrameRate> Known =
    [
        Fps23976, Fps24, Fps25, Fps2997, Fps30, Fps47952, Fps48, Fps50, Fps5994, Fps60, Fps95904, Fps96, Fps100, Fps11988, Fps120,
        Audio44100, Audio48000, Audio88200, Audio96000, Audio192000,
    ];

    /// <summary>The rates that other programs spell in a rounded double: 23.976, 23.98, 23.976023976….</summary>
    static readonly FrameRate[] NtscRates =
        [Fps23976, Fps2997, Fps47952, Fps5994, Fps95904, Fps11988, new(15000, 1001), new(12000, 1001)];

    /// <summary>A spelling may be this far from the exact rate: 23.98 is 0.004 off, 24 is 0.024 off.</summary>
    const double NtscSpellingTolerance = 0.0045;

    /// <exception cref="ArgumentOutOfRangeException">Either part is not positive.</exception>
    public FrameRate(int numerator, int denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var divisor = GreatestCommonDivisor(numerator, denominator);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public int Numerator { get; }

    public int Denominator { get; }

    /// <summary>The whole number that timecode counts by: 24 for 23.976, 30 for 29.97.</summary>
    public int NominalFramesPerSecond => (int)(((long)Numerator + Denominator - 1) / Denominator);

    /// <summary>True for the NTSC family, whose timecode can drop numbers.</summary>
    public bool IsNtsc => Denominator == 1001;

    /// <summary>True when every frame is a whole number of <see cref="Flicks"/>: all film, video and audio rates in use.</summary>
    public bool IsExactInFlicks => Flicks.PerSecond * Denominator % Numerator == 0;

    /// <summary>
    /// Finds the exact rate behind an OTIO double: whole numbers and halves (12.5) as they are, NTSC spellings snapped.
    /// False for zero, negative, non-finite and unknown fractional rates; the caller reports those.
    /// </summary>
    public static bool TryFromDouble(double rate, out FrameRate exact)
    {
        exact = default;
        if (!double.IsFinite(rate) || rate <= 0 || rate > 10_000_000) return false;
        if (rate == Math.Floor(rate))
        {
            exact = new FrameRate((int)rate, 1);
            return true;
        }

        if (rate * 2 == Math.Floor(rate * 2))
        {
            exact = new FrameRate((int)(rate * 2), 2);
            return true;
        }

        foreach (var ntsc in NtscRates)
        {
            if (Math.Abs(ntsc.ToDouble() - rate) > NtscSpellingTolerance) continue;
            exact = ntsc;
            return true;
        }

        return false;
    }

    /// <summary>Reads <c>24</c>, <c>23.976</c>, <c>29.97</c> or <c>24000/1001</c>, as a person types a rate.</summary>
    public static bool TryParse(string text, out FrameRate rate)
    {
        rate = default;
        var parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
            && numerator > 0 && denominator > 0)
        {
            rate = new FrameRate(numerator, denominator);
            return true;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && TryFromDouble(value, out rate);
    }

    /// <summary>The nearest double, for OTIO and for people; never for arithmetic.</summary>
    public double ToDouble() => (double)Numerator / Denominator;

    /// <summary><c>24</c> or <c>24000/1001</c>; <see cref="TryParse"/> reads it back.</summary>
    public override string ToString() => Denominator == 1
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
