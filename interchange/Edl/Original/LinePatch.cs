using System.Globalization;

namespace CineGit.Interchange.Edl.Original;

/// <summary>Puts what changed into a line that somebody else wrote, and leaves its spacing, signs and digits as they are.</summary>
internal static class LinePatch
{
    /// <summary>One note of an event.</summary>
    /// <param name="line">The line as it stands in the list.</param>
    /// <param name="before">What this writer would have written for it.</param>
    /// <param name="after">What it is to say.</param>
    public static string Note(string line, string before, string after)
    {
        var star = Star(line);
        return string.Concat(line.AsSpan(0, star), Statement(line.AsSpan(star), before.AsSpan(Star(before)), after.AsSpan(Star(after))));
    }

    static string Statement(ReadOnlySpan<char> line, ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        Span<Range> lineRoom = stackalloc Range[EdlWords.Most];
        Span<Range> beforeRoom = stackalloc Range[EdlWords.Most];
        Span<Range> afterRoom = stackalloc Range[EdlWords.Most];
        var own = EdlWords.Of(line, lineRoom);
        var old = EdlWords.Of(before, beforeRoom);
        var wanted = EdlWords.Of(after, afterRoom);
        if (own.Count != old.Count || wanted.Count == 0) return after.ToString();
        for (var i = 0; i < own.Count; i++)
        {
            if (!own[i].Equals(old[i], StringComparison.OrdinalIgnoreCase)) return after.ToString();
        }

        var (first, ends) = (0, 0);
        while (first < old.Count && first < wanted.Count && old[first].SequenceEqual(wanted[first])) first++;
        while (ends < old.Count - first && ends < wanted.Count - first && old[old.Count - 1 - ends].SequenceEqual(wanted[wanted.Count - 1 - ends])) ends++;
        var text = first < wanted.Count - ends ? wanted.Between(first, wanted.Count - 1 - ends) : [];
        if (first < old.Count - ends)
        {
            var last = old.Count - 1 - ends;
            if (first == last) text = Timecode(own[first], old[first], text);
            return $"{line[..own.StartOf(first)]}{text}{line[own.RangeOf(last).End.Value..]}".TrimEnd();
        }

        if (first == own.Count) return $"{line} {text}".TrimEnd();
        return $"{line[..own.StartOf(first)]}{text} {line[own.StartOf(first)..]}";
    }

    /// <summary>A timecode in the spelling of another: its signs and its number of digits.</summary>
    public static ReadOnlySpan<char> Timecode(ReadOnlySpan<char> own, ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        if (!EdlLine.IsTimecodeShaped(own) || !EdlLine.IsTimecodeShaped(before) || !EdlLine.IsTimecodeShaped(after)) return after;
        var (at, from) = (0, 0);
        var text = new System.Text.StringBuilder(own.Length);
        for (var field = 0; field < 4; field++)
        {
            var digits = Digits(own[at..]);
            var number = Digits(after[from..]);
            if (!long.TryParse(after.Slice(from, number), NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return after;
            text.Append(value.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            (at, from) = (at + digits, from + number);
            if (field == 3) break;
            text.Append(own[at]);
            at++;
            from++;
        }

        // Signs say drop or non-drop; where that changed, the line's own no longer do.
        return Signs(before).SequenceEqual(Signs(after)) ? text.ToString() : after;
    }

    static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;

    static string Signs(ReadOnlySpan<char> timecode)
    {
        var signs = "";
        foreach (var c in timecode)
        {
            if (!char.IsAsciiDigit(c)) signs += c;
        }

        return signs;
    }

    /// <summary>Where a statement begins: behind the star and the blanks of a comment.</summary>
    static int Star(string line)
    {
        var at = line.Length - line.AsSpan().TrimStart().Length;
        if (at == line.Length || line[at] != '*') return at;
        return line.Length - line.AsSpan(at + 1).TrimStart().Length;
    }
}
