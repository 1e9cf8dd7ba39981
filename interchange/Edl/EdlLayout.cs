using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>One line of an event that is to be written. Equal events of linked tracks are found by comparing these.</summary>
internal abstract record EdlOutLine
{
    EdlOutLine()
    {
    }

    /// <param name="Fades">A key whose foreground fades: <c>(F)</c> after its length.</param>
    /// <param name="Drop">The source's frame code; null where it is the list's own.</param>
    internal sealed record Event(string Reel, string Type, long? Length, bool Fades, bool? Drop, string SourceIn, string SourceOut, string RecordIn, string RecordOut) : EdlOutLine;

    internal sealed record Text(string Line) : EdlOutLine;
}

/// <summary>The columns of CMX 3600, with room for longer reels and numbers where the list has them.</summary>
internal static class EdlLayout
{
    static readonly string[] BareStatements = ["EFFECTS NAME IS", "FINAL CUT PRO REEL", "REM", "SPLIT:", ">>>", "M2 "];

    public static string EventLine(string number, int reelWidth, string channel, EdlOutLine.Event e)
    {
        var length = e.Length is { } frames ? frames.ToString("D3", CultureInfo.InvariantCulture) : "";
        if (e.Fades) length += " (F)";
        return $"{number}  {e.Reel.PadRight(reelWidth)} {channel,-5} {e.Type,-4} {length,3} {e.SourceIn} {e.SourceOut} {e.RecordIn} {e.RecordOut}";
    }

    public static string MotionLine(string reel, int reelWidth, string speed, string trigger) =>
        $"M2   {reel.PadRight(reelWidth)}      {speed,6}                {trigger}".TrimEnd();

    /// <summary>Comments that the list had without a star are known by how they begin; every other gets its star.</summary>
    public static string CommentLine(string text)
    {
        var line = Clean(text);
        return Array.Exists(BareStatements, s => line.StartsWith(s, StringComparison.OrdinalIgnoreCase)) ? line : $"* {line}".TrimEnd();
    }

    /// <summary>On one line and without blanks around it.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1F')) return text.Trim();
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }

    /// <summary>True for a name that a reader finds again between an event's number and its channel.</summary>
    public static bool IsReel(string reel) =>
        reel.Length is > 0 and <= 128 && reel == Clean(reel) && !reel.Contains("  ", StringComparison.Ordinal) && !reel.Split(' ').Any(w => EdlLine.IsTimecodeShaped(w));

    public static ImmutableArray<string> Texts(OtioObject? section, string key) =>
        section is null ? [] : [.. section.List(key).OfType<OtioString>().Select(s => s.Value)];
}
