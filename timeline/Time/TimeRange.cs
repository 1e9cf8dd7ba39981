namespace CineGit.Timeline.Time;

/// <summary>A half-open range [<see cref="Start"/>, <see cref="End"/>) on a timeline.</summary>
public readonly record struct TimeRange(Flicks Start, Flicks Duration)
{
    public Flicks End => Start + Duration;

    public bool IsEmpty => Duration <= Flicks.Zero;

    public static TimeRange Between(Flicks start, Flicks end) => new(start, end - start);

    public bool Contains(Flicks moment) => moment >= Start && moment < End;

    /// <summary>True when the two share at least one flick; touching ranges do not overlap.</summary>
    public bool Overlaps(TimeRange other) => Start < other.End && other.Start < End && !IsEmpty && !other.IsEmpty;

    public Flicks OverlapWith(TimeRange other)
    {
        var shared = Flicks.Min(End, other.End) - Flicks.Max(Start, other.Start);
        return Flicks.Max(shared, Flicks.Zero);
    }
}
