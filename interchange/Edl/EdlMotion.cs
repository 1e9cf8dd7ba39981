using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>What a retime means for an event line's source out.</summary>
internal static class EdlMotion
{
    /// <param name="recordDuration">Frames of the list.</param>
    /// <param name="listRate">What those are counted at.</param>
    /// <param name="timeScalar">The speed; null for the source's own.</param>
    /// <param name="sourceRate">What the answer is counted at.</param>
    public static long SourceDuration(long recordDuration, FrameRate listRate, double? timeScalar, FrameRate sourceRate)
    {
        if (sourceRate == listRate || timeScalar == 0) return SourceDuration(recordDuration, timeScalar);
        var frames = (decimal)recordDuration * sourceRate.Numerator * listRate.Denominator / ((decimal)sourceRate.Denominator * listRate.Numerator);
        return (long)Math.Round((decimal)Math.Min(Math.Abs(timeScalar ?? 1), 100_000) * frames, MidpointRounding.AwayFromZero);
    }

    /// <summary>Frames of source that a speed takes: all of them once, a single one for a freeze.</summary>
    public static long SourceDuration(long recordDuration, double? timeScalar) => timeScalar switch
    {
        null => recordDuration,
        0 => 1,
        { } scalar => (long)Math.Round((decimal)Math.Min(Math.Abs(scalar), 100_000) * recordDuration, MidpointRounding.AwayFromZero),
    };
}
