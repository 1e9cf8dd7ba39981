using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>
/// Reads an event line by its words, from the timecodes backwards: columns differ between systems and a reel may hold spaces
/// or be empty, but the fields before the timecodes are always channel, edit type and length.
/// </summary>
internal static class EdlEditParser
{
    public static EdlLine Parse(string text, List<Range> words, int line)
    {
        var number = text[words[0]];
        if (!IsEventNumber(number)) return Bad($"it has four timecodes like an event but starts with '{number}' instead of an event number");
        var first = FirstTimecode(text, words);
        if (first < 0 || first + 4 > words.Count || !EdlLine.IsTimecodeShaped(text.AsSpan(words[first + 3])))
        {
            return Bad($"event {number} does not have four timecodes (source in, source out, record in, record out)");
        }

        var at = first - 1;
        if (!TryReadType(text, words, ref at, out var type, out var typeText, out var length))
        {
            return Bad($"event {number} has no edit type (C, D, W and a code, or K) before its timecodes");
        }

        if (at < 1 || !EdlChannels.TryParse(text[words[at]], out var channels))
        {
            return Bad($"event {number} has no channel such as V, A2, AA/V or B before its edit type");
        }

        var reel = at > 1 ? text[words[1].Start..words[at - 1].End] : "";
        var edit = new EdlEdit(
            line, number, reel, text[words[at]].ToUpperInvariant(), channels, type, typeText, length,
            text[words[first]], text[words[first + 1]], text[words[first + 2]], text[words[first + 3]]);
        return new EdlLine.Event(edit, first + 4 < words.Count ? text[words[first + 4].Start..] : null);

        EdlLine.Malformed Bad(string reason) => new(DiagnosticCodes.EdlMalformedEvent, reason, EdlLine.Comment(text, line));
    }

    /// <summary>Digits, and on some systems a letter after them: 001, 000123, 014A.</summary>
    static bool IsEventNumber(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits < 0 ? word.Length <= 9 : digits > 0 && digits == word.Length - 1 && char.IsAsciiLetter(word[^1]);
    }

    static int FirstTimecode(string text, List<Range> words)
    {
        for (var i = 1; i + 3 < words.Count; i++)
        {
            if (EdlLine.IsTimecodeShaped(text.AsSpan(words[i])) && EdlLine.IsTimecodeShaped(text.AsSpan(words[i + 1]))
                && EdlLine.IsTimecodeShaped(text.AsSpan(words[i + 2])))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Reads type and length backwards from word <paramref name="at"/>, which is then the channel's.</summary>
    static bool TryReadType(string text, List<Range> words, ref int at, out EdlEditType type, out string typeText, out int? length)
    {
        type = EdlEditType.Cut;
        typeText = "C";
        length = null;
        // "(F)" after a key's length asks for a fade of the foreground.
        var fades = at > 1 && text[words[at]].Equals("(F)", StringComparison.OrdinalIgnoreCase);
        if (fades) at--;
        if (at > 1 && words[at] is var last && TryLength(text.AsSpan(last), out var frames))
        {
            length = frames;
            at--;
        }

        if (at < 1) return false;
        var word = text[words[at]].ToUpperInvariant();
        if (word is "B" or "O" && at > 1 && text.AsSpan(words[at - 1]).Equals("K", StringComparison.OrdinalIgnoreCase))
        {
            (type, typeText) = word == "B" ? (EdlEditType.KeyBackground, "K B") : (EdlEditType.KeyOut, "K O");
            at -= 2;
            return true;
        }

        at--;
        if (length is null && word.Length > 1 && word[0] == 'D' && TryLength(word.AsSpan(1), out var glued))
        {
            (word, length) = ("D", glued);
        }

        (type, typeText) = word switch
        {
            "C" => (EdlEditType.Cut, "C"),
            "D" => (EdlEditType.Dissolve, "D"),
            "K" => (EdlEditType.Key, fades ? "K (F)" : "K"),
            "KB" => (EdlEditType.KeyBackground, "K B"),
            "KO" => (EdlEditType.KeyOut, "K O"),
            _ => (EdlEditType.Wipe, word),
        };
        return type != EdlEditType.Wipe || (word.Length is > 1 and <= 5 && word[0] == 'W' && TryLength(word.AsSpan(1), out _));
    }

    static bool TryLength(ReadOnlySpan<char> text, out int frames)
    {
        frames = 0;
        return text.Length is > 0 and <= 6 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out frames);
    }
}
