using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Xml;

/// <summary>Where in the file something is, in words.</summary>
internal static class XmlLines
{
    const int LongestSentence = 400;

    /// <summary><c>line 12, column 3</c>, both counted from one.</summary>
    public static string Place(ReadOnlySpan<byte> text, int at)
    {
        var before = text[..Math.Min(at, text.Length)];
        return $"line {before.Count((byte)'\n') + 1}, column {before.Length - before.LastIndexOf((byte)'\n')}";
    }

    public static InterchangeFormatException Fault(ReadOnlySpan<byte> text, string what, int at)
    {
        var place = Place(text, at);
        // A damaged tag can make a name of half the file.
        if (what.Length > LongestSentence) what = what[..LongestSentence] + "…";
        return new($"This is not well-formed XML, {place}: {what}.", place);
    }
}
