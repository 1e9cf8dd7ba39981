using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>One line of a list: an event line, a note, or a sentence about why it is neither.</summary>
internal abstract record EdlLine
{
    EdlLine()
    {
    }

    internal sealed record Blank : EdlLine
    {
        public static readonly Blank Value = new();
    }

    internal sealed record Event(EdlEdit Edit, string? Ignored) : EdlLine;

    internal sealed record Note(EdlNote Content) : EdlLine;

    /// <summary>Kept as <paramref name="Kept"/>, which has the text of the line.</summary>
    internal sealed record Malformed(string Code, string Reason, EdlNote Kept) : EdlLine;

    public static EdlLine Parse(ReadOnlySpan<char> text, int line)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return Blank.Value;
        if (trimmed[0] == '*') return ParseStarred(trimmed[1..].Trim(), line);
        if (StartsWithWord(trimmed, "M2")) return ParseMotion(trimmed, line);
        if (StartsWithWord(trimmed, "AUD")) return ParseAudio(trimmed, line);
        if (StartsWith(trimmed, "TITLE:")) return new Note(new EdlNote.Title(trimmed["TITLE:".Length..].Trim().ToString()) { Line = line, Text = trimmed.ToString() });
        if (StartsWith(trimmed, "FCM:")) return ParseFrameCode(trimmed, line);

        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(trimmed, split);
        return LooksLikeEvent(words) ? EdlEditParser.Parse(words, line) : ParseStarred(trimmed, line);
    }

    public static bool IsTimecodeShaped(ReadOnlySpan<char> word)
    {
        var separators = 0;
        foreach (var c in word)
        {
            if (c is ':' or ';' or '.' or ',') separators++;
            else if (!char.IsAsciiDigit(c)) return false;
        }

        return separators == 3 && char.IsAsciiDigit(word[0]);
    }

    static bool LooksLikeEvent(EdlWords words)
    {
        var needed = char.IsAsciiDigit(words.Text[0]) ? 1 : 4;
        for (var i = 0; i < words.Count && needed > 0; i++)
        {
            if (IsTimecodeShaped(words[i])) needed--;
        }

        return needed == 0;
    }

    static EdlLine ParseStarred(ReadOnlySpan<char> text, int line)
    {
        foreach (var (prefix, key) in NamedPrefixes)
        {
            if (StartsWith(text, prefix)) return new Note(new EdlNote.Named(key, text[prefix.Length..].Trim().ToString()) { Line = line, Text = text.ToString() });
        }

        if (StartsWith(text, "LOC:")) return ParseLocator(text, line);
        if (StartsWith(text, "ASC_SOP")) return ParseColorDecision(text, line, "ASC_SOP", 9);
        if (StartsWith(text, "ASC_SAT")) return ParseColorDecision(text, line, "ASC_SAT", 1);
        return new Note(Comment(text, line));
    }

    static readonly (string Prefix, EdlNoteKey Key)[] NamedPrefixes =
    [
        ("FROM CLIP NAME:", EdlNoteKey.FromClipName),
        ("TO CLIP NAME:", EdlNoteKey.ToClipName),
        ("KEY CLIP NAME:", EdlNoteKey.KeyClipName),
        ("CLIP NAME:", EdlNoteKey.ClipName),
        ("FROM CLIP:", EdlNoteKey.FromClip),
        ("FROM FILE:", EdlNoteKey.FromFile),
        ("SOURCE FILE:", EdlNoteKey.SourceFile),
        ("SOURCE RATE:", EdlNoteKey.SourceRate),
    ];

    /// <summary><c>LOC: 01:00:01:14 RED     ANIM FIX NEEDED</c>; colour and text may be missing.</summary>
    static EdlLine ParseLocator(ReadOnlySpan<char> text, int line)
    {
        var rest = text["LOC:".Length..].Trim();
        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(rest, split);
        if (words.Count == 0 || !IsTimecodeShaped(words[0]))
        {
            return new Malformed(DiagnosticCodes.EdlMalformedStatement, "the LOC has no timecode and is kept as a comment", Comment(text, line));
        }

        var color = words.Count > 1 && IsColor(words[1]) ? words[1].ToString() : "";
        var nameAt = color.Length == 0 ? 1 : 2;
        var name = words.Count > nameAt ? words.From(nameAt).ToString() : "";
        return new Note(new EdlNote.Locator(words[0].ToString(), color, name) { Line = line, Text = text.ToString() });
    }

    /// <summary>Colours that Avid, Resolve and Premiere write; any other word begins the marker's text.</summary>
    public static bool IsColor(ReadOnlySpan<char> word) => Colors.Contains(word);

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Colors = new HashSet<string>(
        [
            "RED", "PINK", "ORANGE", "YELLOW", "GREEN", "CYAN", "BLUE", "PURPLE", "MAGENTA", "BLACK", "WHITE",
            "DENIM", "ROSE", "VIOLET", "FOREST", "GOLD", "GREY", "GRAY", "FUCHSIA", "LAVENDER", "SKY", "MINT",
            "LEMON", "SAND", "COCOA", "CREAM", "OLIVE", "TEAL", "NAVY", "INDIGO", "BROWN",
        ],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    const string BetweenNumbers = " \t(),:";

    static EdlLine ParseColorDecision(ReadOnlySpan<char> text, int line, string keyword, int expected)
    {
        var given = text[keyword.Length..];
        Span<Range> ranges = stackalloc Range[expected + 1];
        var count = given.SplitAny(ranges, BetweenNumbers, StringSplitOptions.RemoveEmptyEntries);
        var readable = count == expected;
        for (var i = 0; readable && i < count; i++)
        {
            readable = double.TryParse(given[ranges[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
        }

        if (!readable)
        {
            return new Malformed(
                DiagnosticCodes.EdlMalformedStatement,
                $"{keyword} needs {expected} number{(expected == 1 ? "" : "s")} and is kept as a comment",
                Comment(text, line));
        }

        var numbers = ImmutableArray.CreateBuilder<string>(expected);
        for (var i = 0; i < count; i++) numbers.Add(given[ranges[i]].ToString());
        return new Note(new EdlNote.ColorDecision(numbers.MoveToImmutable(), expected == 1) { Line = line, Text = text.ToString() });
    }

    /// <summary><c>M2   REEL       -025.0                01:00:39:23</c>; the reel may be empty or hold spaces.</summary>
    static EdlLine ParseMotion(ReadOnlySpan<char> text, int line)
    {
        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(text, split);
        var last = words.Count - 1;
        var trigger = last > 0 && IsTimecodeShaped(words[last]) ? words[last--].ToString() : null;
        if (last < 1 || !decimal.TryParse(words[last], NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) || Math.Abs(speed) > 100_000)
        {
            return new Malformed(DiagnosticCodes.EdlMalformedStatement, "the M2 has no speed in frames per second and is kept as a comment", Comment(text, line));
        }

        var reel = last > 1 ? words.Between(1, last - 1).ToString() : "";
        return new Note(new EdlNote.Motion(reel, words[last].ToString(), trigger) { Line = line, Text = text.ToString() });
    }

    static EdlLine ParseAudio(ReadOnlySpan<char> text, int line)
    {
        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(text, split);
        var channels = EdlChannels.None;
        for (var i = 1; i < words.Count; i++)
        {
            if (!EdlChannels.TryParse("A" + words[i].ToString(), out var more)) return NoAudio(text, line);
            channels = channels.Union(more);
        }

        return channels.IsNone ? NoAudio(text, line) : new Note(new EdlNote.Audio(channels) { Line = line, Text = text.ToString() });
    }

    static Malformed NoAudio(ReadOnlySpan<char> text, int line) =>
        new(DiagnosticCodes.EdlMalformedStatement, "AUD needs the numbers of audio tracks and is kept as a comment", Comment(text, line));

    static EdlLine ParseFrameCode(ReadOnlySpan<char> text, int line) => FrameCode(text) is { } drop
        ? new Note(new EdlNote.FrameCode(drop) { Line = line, Text = text.ToString() })
        : new Malformed(
            DiagnosticCodes.EdlMalformedStatement,
            "FCM is neither DROP FRAME nor NON-DROP FRAME and is kept as a comment",
            Comment(text, line));

    /// <summary>What an FCM line states; null for any other line.</summary>
    public static bool? FrameCode(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (!StartsWith(text, "FCM:")) return null;
        return text["FCM:".Length..].Trim().ToString().ToUpperInvariant().Replace('-', ' ') switch
        {
            "DROP FRAME" => true,
            "NON DROP FRAME" => false,
            _ => null,
        };
    }

    public static EdlNote.Comment Comment(ReadOnlySpan<char> text, int line) => new() { Line = line, Text = text.ToString() };

    static bool StartsWith(ReadOnlySpan<char> text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    static bool StartsWithWord(ReadOnlySpan<char> text, string word) =>
        StartsWith(text, word) && text.Length > word.Length && char.IsWhiteSpace(text[word.Length]);
}
