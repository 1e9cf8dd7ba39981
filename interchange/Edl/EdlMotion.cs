namespace CineGit.Interchange.Edl;

/// <summary>What a retime means for an event line's source out.</summary>
internal static class EdlMotion
{
    /// <summary>Frames of source that a speed takes: all of them once, a single one for a freeze.</summary>
    public static long SourceDuration(long recordDuration, double? timeScalar) => timeScalar switch
    {
        null => recordDuration,
        0 => 1,
        { } scalar => (long)Math.Round((decimal)Math.Min(Math.Abs(scalar), 100_000) * recordDuration, MidpointRounding.AwayFromZero),
    };
}
