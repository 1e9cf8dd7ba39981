using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
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
    internal sealed record Event(string Reel, string Type, long? Length, bool Fades, bool? Drop, string SourceIn, string SourceOut, long RecordIn, long RecordOut) : EdlOutLine;

    internal sealed record Text(string Line) : EdlOutLine;

    /// <summary>A LOC: a record time, then colour and name.</summary>
    internal sealed record Marker(long At, string Rest) : EdlOutLine;
}

/// <summary>The columns of CMX 3600, with room for longer reels and numbers where the list has them.</summary>
internal static class EdlLayout
{
    static readonly string[] BareStatements = ["EFFECTS NAME IS", "FINAL CUT PRO REEL", "REM", "SPLIT:", ">>>", "M2 "];

    public static void AppendEvent(StringBuilder text, string number, int reelWidth, string channel, EdlOutLine.Event e, EdlSettings settings)
    {
        text.Append(number).Append("  ").Append(e.Reel).Append(' ', Math.Max(0, reelWidth - e.Reel.Length) + 1);
        text.Append(channel).Append(' ', Math.Max(0, 5 - channel.Length) + 1);
        text.Append(e.Type).Append(' ', Math.Max(0, 4 - e.Type.Length) + 1);
        var length = LengthField(e);
        text.Append(' ', Math.Max(0, 3 - length.Length)).Append(length).Append(' ');
        text.Append(e.SourceIn).Append(' ').Append(e.SourceOut).Append(' ');
        text.Append(settings.RecordTimecode(e.RecordIn)).Append(' ').Append(settings.RecordTimecode(e.RecordOut));
    }

    public static string LengthField(EdlOutLine.Event e) =>
        (e.Length is { } frames ? frames.ToString("D3", CultureInfo.InvariantCulture) : "") + (e.Fades ? " (F)" : "");

    /// <summary>Any line but an event's.</summary>
    public static string NoteLine(EdlOutLine line, EdlSettings settings) => line switch
    {
        EdlOutLine.Text text => text.Line,
        EdlOutLine.Marker marker => $"* LOC: {settings.RecordTimecode(marker.At)} {marker.Rest}".TrimEnd(),
        _ => throw new UnreachableException(),
    };

    public static string FrameCodeLine(bool drop) => "FCM: " + (drop ? EdlKeys.DropFrame : EdlKeys.NonDropFrame);

    public static string MotionLine(string reel, int reelWidth, string speed, string trigger) =>
        $"M2   {reel.PadRight(reelWidth)}      {speed,6}                {trigger}".TrimEnd();

    /// <summary>Comments that the list had without a star are known by how they begin; every other gets its star.</summary>
    public static string CommentLine(string text)
    {
        var line = Clean(text);
        foreach (var statement in BareStatements)
        {
            if (line.StartsWith(statement, StringComparison.OrdinalIgnoreCase)) return line;
        }

        return line.Length == 0 ? "*" : "* " + line;
    }

    /// <summary>On one line and without blanks around it.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1F')) return text.Trim();
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }

    /// <summary>True for a name that a reader finds again between an event's number and its channel.</summary>
    public static bool IsReel(string reel)
    {
        if (reel.Length is 0 or > 128) return false;
        if (!reel.AsSpan().ContainsAnyExcept(PlainReel)) return true;
        if (reel != Clean(reel) || reel.Contains("  ", StringComparison.Ordinal)) return false;
        foreach (var word in reel.AsSpan().Split(' '))
        {
            if (EdlLine.IsTimecodeShaped(reel.AsSpan(word))) return false;
        }

        return true;
    }

    static readonly SearchValues<char> PlainReel = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static ImmutableArray<string> Texts(OtioObject? section, string key)
    {
        if (section?[key] is not OtioArray list) return [];
        var texts = ImmutableArray.CreateBuilder<string>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (item is OtioString text) texts.Add(text.Value);
        }

        return texts.DrainToImmutable();
    }

    public static OtioArray Strings(IReadOnlyCollection<string> texts)
    {
        var items = ImmutableArray.CreateBuilder<OtioValue>(texts.Count);
        foreach (var text in texts) items.Add(text);
        return new(items.MoveToImmutable());
    }
}
