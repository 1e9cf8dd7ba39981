namespace CineGit.Timeline.Diagnostics;

/// <summary>
/// The bytes cannot be read as what they claim to be. The message is one sentence for a person: what, where, what to do.
/// </summary>
public sealed class InterchangeFormatException : FormatException
{
    public InterchangeFormatException(string message, string location)
        : base(message) => Location = location;

    public InterchangeFormatException(string message, string location, Exception inner)
        : base(message, inner) => Location = location;

    /// <summary><c>line 12</c>, <c>line 3, column 40</c> or a path such as <c>tracks/0/children/4</c>.</summary>
    public string Location { get; }
}
