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

    public static EdlLine Parse(string text, int line)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return Blank.Value;
        if (trimmed[0] == '*') return ParseStarred(trimmed[1..].Trim(), line);
        if (StartsWithWord(trimmed, "M2")) return ParseMotion(trimmed, line);
        if (StartsWithWord(trimmed, "AUD")) return ParseAudio(trimmed, line);
        if (StartsWith(trimmed, "TITLE:")) return new Note(new EdlNote.Title(trimmed["TITLE:".Length..].Trim()) { Line = line, Text = trimmed });
        if (StartsWith(trimmed, "FCM:")) return ParseFrameCode(trimmed, line);

        var words = Words(trimmed);
        return LooksLikeEvent(trimmed, words) ? EdlEditParser.Parse(trimmed, words, line) : ParseStarred(trimmed, line);
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

    static bool LooksLikeEvent(string text, List<Range> words)
    {
        var timecodes = 0;
        foreach (var word in words)
        {
            if (IsTimecodeShaped(text.AsSpan(word))) timecodes++;
        }

        return timecodes >= (char.IsAsciiDigit(text[0]) ? 1 : 4);
    }

    static EdlLine ParseStarred(string text, int line)
    {
        foreach (var (prefix, key) in NamedPrefixes)
        {
            if (StartsWith(text, prefix)) return new Note(new EdlNote.Named(key, text[prefix.Length..].Trim()) { Line = line, Text = text });
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
    ];

    /// <summary><c>LOC: 01:00:01:14 RED     ANIM FIX NEEDED</c>; colour and text may be missing.</summary>
    static EdlLine ParseLocator(string text, int line)
    {
        var rest = text["LOC:".Length..].Trim();
        var words = Words(rest);
        if (words.Count == 0 || !IsTimecodeShaped(rest.AsSpan(words[0])))
        {
            return new Malformed(DiagnosticCodes.EdlMalformedStatement, "the LOC has no timecode and is kept as a comment", Comment(text, line));
        }

        var color = words.Count > 1 && IsColor(rest[words[1]]) ? rest[words[1]] : "";
        var nameAt = color.Length == 0 ? 1 : 2;
        var name = words.Count > nameAt ? rest[words[nameAt].Start..] : "";
        return new Note(new EdlNote.Locator(rest[words[0]], color, name) { Line = line, Text = text });
    }

    /// <summary>Colours that Avid, Resolve and Premiere write; any other word begins the marker's text.</summary>
    public static bool IsColor(string word) => word.ToUpperInvariant() is
        "RED" or "PINK" or "ORANGE" or "YELLOW" or "GREEN" or "CYAN" or "BLUE" or "PURPLE" or "MAGENTA" or "BLACK" or "WHITE"
        or "DENIM" or "ROSE" or "VIOLET" or "FOREST" or "GOLD" or "GREY" or "GRAY" or "FUCHSIA" or "LAVENDER" or "SKY" or "MINT"
        or "LEMON" or "SAND" or "COCOA" or "CREAM" or "OLIVE" or "TEAL" or "NAVY" or "INDIGO" or "BROWN";

    static readonly char[] BetweenNumbers = [' ', '\t', '(', ')', ',', ':'];

    static EdlLine ParseColorDecision(string text, int line, string keyword, int expected)
    {
        var numbers = text[keyword.Length..].Split(BetweenNumbers, StringSplitOptions.RemoveEmptyEntries);
        var readable = numbers.Length == expected
            && numbers.All(n => double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value));
        return readable
            ? new Note(new EdlNote.ColorDecision([.. numbers], expected == 1) { Line = line, Text = text })
            : new Malformed(
                DiagnosticCodes.EdlMalformedStatement,
                $"{keyword} needs {expected} number{(expected == 1 ? "" : "s")} and is kept as a comment",
                Comment(text, line));
    }

    /// <summary><c>M2   REEL       -025.0                01:00:39:23</c>; the reel may be empty or hold spaces.</summary>
    static EdlLine ParseMotion(string text, int line)
    {
        var words = Words(text);
        var last = words.Count - 1;
        var trigger = last > 0 && IsTimecodeShaped(text.AsSpan(words[last])) ? text[words[last--]] : null;
        if (last < 1 || !decimal.TryParse(text.AsSpan(words[last]), NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) || Math.Abs(speed) > 100_000)
        {
            return new Malformed(DiagnosticCodes.EdlMalformedStatement, "the M2 has no speed in frames per second and is kept as a comment", Comment(text, line));
        }

        var reel = last > 1 ? text[words[1].Start..words[last - 1].End] : "";
        return new Note(new EdlNote.Motion(reel, text[words[last]], trigger) { Line = line, Text = text });
    }

    static EdlLine ParseAudio(string text, int line)
    {
        var channels = EdlChannels.None;
        foreach (var word in Words(text).Skip(1))
        {
            if (!EdlChannels.TryParse("A" + text[word], out var more)) return NoAudio(text, line);
            channels = channels.Union(more);
        }

        return channels.IsNone ? NoAudio(text, line) : new Note(new EdlNote.Audio(channels) { Line = line, Text = text });
    }

    static Malformed NoAudio(string text, int line) =>
        new(DiagnosticCodes.EdlMalformedStatement, "AUD needs the numbers of audio tracks and is kept as a comment", Comment(text, line));

    static EdlLine ParseFrameCode(string text, int line)
    {
        var value = text["FCM:".Length..].Trim().ToUpperInvariant().Replace('-', ' ');
        return value switch
        {
            "DROP FRAME" => new Note(new EdlNote.FrameCode(true) { Line = line, Text = text }),
            "NON DROP FRAME" => new Note(new EdlNote.FrameCode(false) { Line = line, Text = text }),
            _ => new Malformed(
                DiagnosticCodes.EdlMalformedStatement,
                "FCM is neither DROP FRAME nor NON-DROP FRAME and is kept as a comment",
                Comment(text, line)),
        };
    }

    public static EdlNote.Comment Comment(string text, int line) => new() { Line = line, Text = text };

    static bool StartsWith(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    static bool StartsWithWord(string text, string word) =>
        StartsWith(text, word) && text.Length > word.Length && char.IsWhiteSpace(text[word.Length]);

    static List<Range> Words(ReadOnlySpan<char> text)
    {
        var words = new List<Range>(10);
        foreach (var range in text.SplitAny(' ', '\t'))
        {
            if (range.Start.Value < range.End.Value) words.Add(range);
        }

        return words;
    }
}
