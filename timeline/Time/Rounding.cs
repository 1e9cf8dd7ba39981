namespace CineGit.Timeline.Time;

/// <summary>How an inexact conversion between rates is to be settled. There is no default: the caller chooses.</summary>
public enum Rounding
{
    /// <summary>Throw <see cref="InexactTimeException"/> unless the result is exact.</summary>
    Exact,

    /// <summary>Towards negative infinity: the frame that is on screen at that moment.</summary>
    Floor,

    /// <summary>Towards positive infinity.</summary>
    Ceiling,

    /// <summary>To the nearest, halves away from zero.</summary>
    Nearest,
}
