namespace CineGit.Timeline.Time;

/// <summary>A conversion that was asked to be exact would have lost a part of a frame.</summary>
public sealed class InexactTimeException(string message) : ArithmeticException(message);
