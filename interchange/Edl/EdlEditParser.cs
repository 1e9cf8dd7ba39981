using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>Where the fields of an event line stand in its text.</summary>
/// <param name="Reel">Empty where the line has none.</param>
/// <param name="Type">The edit type, its length and the fade of a key: all between channel and timecodes.</param>
internal readonly record struct EdlEditPlaces(
    Range Number, Range Reel, Range Channel, Range Type, Range SourceIn, Range SourceOut, Range RecordIn, Range RecordOut);

/// <summary>
/// Reads an event line by its words, from the timecodes backwards: columns differ between systems and a reel may hold spaces
/// or be empty, but the fields before the timecodes are always channel, edit type and length.
/// </summary>
internal static class EdlEditParser
{
    public static EdlLine Parse(EdlWords words, int line)
    {
        if (Read(words, line, out _, out var ignored, out var reason) is { } edit) return new EdlLine.Event(edit, ignored);
        return new EdlLine.Malformed(DiagnosticCodes.EdlMalformedEvent, reason, EdlLine.Comment(words.Text.ToString().AsMemory(), line));
    }

    /// <summary>The fields of a line that was read as an event; null for any other.</summary>
    public static EdlEditPlaces? PlacesOf(ReadOnlySpan<char> line)
    {
        Span<Range> split = stackalloc Range[EdlWords.Most];
        return Read(EdlWords.Of(line, split), 0, out var places, out _, out _) is null ? null : places;
    }

    static EdlEdit? Read(EdlWords words, int line, out EdlEditPlaces places, out string? ignored, out string reason)
    {
        places = default;
        ignored = null;
        reason = "";
        if (words.Count == 0) return null;
        if (!IsEventNumber(words[0]))
        {
            reason = $"it has four timecodes like an event but starts with '{words[0]}' instead of an event number";
            return null;
        }

        var first = FirstTimecode(words);
        if (first < 0 || first + 4 > words.Count || !EdlLine.IsTimecodeShaped(words[first + 3]))
        {
            reason = $"event {words[0]} does not have four timecodes (source in, source out, record in, record out)";
            return null;
        }

        var at = first - 1;
        if (!TryReadType(words, ref at, out var type, out var typeText, out var length))
        {
            reason = $"event {words[0]} has no edit type (C, D, W and a code, or K) before its timecodes";
            return null;
        }

        if (at < 1 || !EdlChannels.TryParse(words[at], out var channels))
        {
            reason = $"event {words[0]} has no channel such as V, A2, AA/V or B before its edit type";
            return null;
        }

        ignored = first + 4 < words.Count ? words.From(first + 4).ToString() : null;
        var reel = at > 1 ? words.StartOf(1)..words.RangeOf(at - 1).End : words.StartOf(at)..words.StartOf(at);
        places = new(
            words.RangeOf(0), reel, words.RangeOf(at), words.StartOf(at + 1)..words.RangeOf(first - 1).End,
            words.RangeOf(first), words.RangeOf(first + 1), words.RangeOf(first + 2), words.RangeOf(first + 3));
        return new(
            line, words[0].ToString(), words.Text[reel].ToString(), ChannelText(words[at]), channels, type, typeText, length,
            words[first].ToString(), words[first + 1].ToString(), words[first + 2].ToString(), words[first + 3].ToString());
    }

    static string ChannelText(ReadOnlySpan<char> word) => word is "V" ? "V" : word.ToString().ToUpperInvariant();

    /// <summary>Digits, and on some systems a letter after them: 001, 000123, 014A.</summary>
    static bool IsEventNumber(ReadOnlySpan<char> word)
    {
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        return digits < 0 ? word.Length <= 9 : digits > 0 && digits == word.Length - 1 && digits <= 9 && char.IsAsciiLetter(word[^1]);
    }

    static int FirstTimecode(EdlWords words)
    {
        for (var i = 1; i + 3 < words.Count; i++)
        {
            if (EdlLine.IsTimecodeShaped(words[i]) && EdlLine.IsTimecodeShaped(words[i + 1]) && EdlLine.IsTimecodeShaped(words[i + 2]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Reads type and length backwards from word <paramref name="at"/>, which is then the channel's.</summary>
    static bool TryReadType(EdlWords words, ref int at, out EdlEditType type, out string typeText, out int? length)
    {
        type = EdlEditType.Cut;
        typeText = "C";
        length = null;
        // "(F)" after a key's length asks for a fade of the foreground.
        var fades = at > 1 && words[at].Equals("(F)", StringComparison.OrdinalIgnoreCase);
        if (fades) at--;
        if (at > 1 && TryLength(words[at], out var frames))
        {
            length = frames;
            at--;
        }

        if (at < 1) return false;
        var word = words[at] is "C" ? "C" : words[at].ToString().ToUpperInvariant();
        if (word is "B" or "O" && at > 1 && words[at - 1].Equals("K", StringComparison.OrdinalIgnoreCase))
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
