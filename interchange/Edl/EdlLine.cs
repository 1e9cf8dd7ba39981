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

    public static EdlLine Parse(ReadOnlyMemory<char> text, int line)
    {
        var said = text.Trim();
        var trimmed = said.Span;
        if (trimmed.Length == 0) return Blank.Value;
        if (trimmed[0] == '*') return ParseStarred(said[1..].Trim(), line);
        if (StartsWithWord(trimmed, "M2")) return ParseMotion(said, line);
        if (StartsWithWord(trimmed, "AUD")) return ParseAudio(said, line);
        if (StartsWith(trimmed, "TITLE:")) return new Note(new EdlNote.Title(trimmed["TITLE:".Length..].Trim().ToString()) { Line = line, Said = said });
        if (StartsWith(trimmed, "FCM:")) return ParseFrameCode(said, line);

        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(trimmed, split);
        return LooksLikeEvent(words) ? EdlEditParser.Parse(words, line) : ParseStarred(said, line);
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

    static EdlLine ParseStarred(ReadOnlyMemory<char> said, int line)
    {
        var text = said.Span;
        foreach (var (prefix, key) in NamedPrefixes)
        {
            if (StartsWith(text, prefix)) return new Note(new EdlNote.Named(key, text[prefix.Length..].Trim().ToString()) { Line = line, Said = said });
        }

        if (StartsWith(text, "LOC:")) return ParseLocator(said, line);
        if (StartsWith(text, EdlNote.ColorDecision.Slope)) return ParseColorDecision(said, line, isSaturation: false);
        if (StartsWith(text, EdlNote.ColorDecision.Saturation)) return ParseColorDecision(said, line, isSaturation: true);
        return new Note(Comment(said, line));
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
    static EdlLine ParseLocator(ReadOnlyMemory<char> said, int line)
    {
        var text = said.Span;
        var rest = text["LOC:".Length..].Trim();
        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(rest, split);
        if (words.Count == 0 || !IsTimecodeShaped(words[0]))
        {
            return new Malformed(DiagnosticCodes.EdlMalformedStatement, "the LOC has no timecode and is kept as a comment", Comment(said, line));
        }

        var color = words.Count > 1 && IsColor(words[1]) ? words[1].ToString() : "";
        var nameAt = color.Length == 0 ? 1 : 2;
        var name = words.Count > nameAt ? words.From(nameAt).ToString() : "";
        return new Note(new EdlNote.Locator(words[0].ToString(), color, name) { Line = line, Said = said });
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

    static EdlLine ParseColorDecision(ReadOnlyMemory<char> said, int line, bool isSaturation)
    {
        var note = new EdlNote.ColorDecision(isSaturation) { Line = line, Said = said };
        Span<Range> ranges = stackalloc Range[note.Numbers + 1];
        var count = note.Split(ranges);
        var readable = count == note.Numbers;
        for (var i = 0; readable && i < count; i++)
        {
            readable = double.TryParse(said.Span[ranges[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
        }

        if (readable) return new Note(note);
        return new Malformed(
            DiagnosticCodes.EdlMalformedStatement,
            $"{(isSaturation ? EdlNote.ColorDecision.Saturation : EdlNote.ColorDecision.Slope)} needs {note.Numbers} number{(isSaturation ? "" : "s")} and is kept as a comment",
            Comment(said, line));
    }

    /// <summary><c>M2   REEL       -025.0                01:00:39:23</c>; the reel may be empty or hold spaces.</summary>
    static EdlLine ParseMotion(ReadOnlyMemory<char> said, int line)
    {
        var text = said.Span;
        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(text, split);
        var last = words.Count - 1;
        var trigger = last > 0 && IsTimecodeShaped(words[last]) ? words[last--].ToString() : null;
        if (last < 1 || !decimal.TryParse(words[last], NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) || Math.Abs(speed) > 100_000)
        {
            return new Malformed(DiagnosticCodes.EdlMalformedStatement, "the M2 has no speed in frames per second and is kept as a comment", Comment(said, line));
        }

        var reel = last > 1 ? words.Between(1, last - 1).ToString() : "";
        return new Note(new EdlNote.Motion(reel, words[last].ToString(), trigger) { Line = line, Said = said });
    }

    static EdlLine ParseAudio(ReadOnlyMemory<char> said, int line)
    {
        var text = said.Span;
        Span<Range> split = stackalloc Range[EdlWords.Most];
        var words = EdlWords.Of(text, split);
        var channels = EdlChannels.None;
        for (var i = 1; i < words.Count; i++)
        {
            if (!EdlChannels.TryParse("A" + words[i].ToString(), out var more)) return NoAudio(said, line);
            channels = channels.Union(more);
        }

        return channels.IsNone ? NoAudio(said, line) : new Note(new EdlNote.Audio(channels) { Line = line, Said = said });
    }

    static Malformed NoAudio(ReadOnlyMemory<char> said, int line) =>
        new(DiagnosticCodes.EdlMalformedStatement, "AUD needs the numbers of audio tracks and is kept as a comment", Comment(said, line));

    static EdlLine ParseFrameCode(ReadOnlyMemory<char> said, int line) => FrameCode(said.Span) is { } drop
        ? new Note(new EdlNote.FrameCode(drop) { Line = line, Said = said })
        : new Malformed(
            DiagnosticCodes.EdlMalformedStatement,
            "FCM is neither DROP FRAME nor NON-DROP FRAME and is kept as a comment",
            Comment(said, line));

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

    public static EdlNote.Comment Comment(ReadOnlyMemory<char> said, int line) => new() { Line = line, Said = said };

    static bool StartsWith(ReadOnlySpan<char> text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    static bool StartsWithWord(ReadOnlySpan<char> text, string word) =>
        StartsWith(text, word) && text.Length > word.Length && char.IsWhiteSpace(text[word.Length]);
}
