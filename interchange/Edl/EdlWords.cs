namespace CineGit.Interchange.Edl;

/// <summary>The words of a line, split at blanks and tabs; what comes after the last that is counted belongs to it.</summary>
internal readonly ref struct EdlWords
{
    /// <summary>A line with more words is no event and no statement that is known.</summary>
    public const int Most = 40;

    readonly ReadOnlySpan<Range> _ranges;

    EdlWords(ReadOnlySpan<char> text, ReadOnlySpan<Range> ranges)
    {
        Text = text;
        _ranges = ranges;
    }

    public ReadOnlySpan<char> Text { get; }

    public int Count => _ranges.Length;

    public ReadOnlySpan<char> this[int index] => Text[_ranges[index]];

    /// <param name="text">A line.</param>
    /// <param name="room">Where the places of the words are kept; <see cref="Most"/> of them.</param>
    public static EdlWords Of(ReadOnlySpan<char> text, Span<Range> room) =>
        new(text, room[..text.SplitAny(room, " \t", StringSplitOptions.RemoveEmptyEntries)]);

    public Range RangeOf(int index) => _ranges[index];

    public int StartOf(int index) => _ranges[index].Start.Value;

    public ReadOnlySpan<char> From(int index) => Text[StartOf(index)..];

    /// <summary>From one word to another, both with what is between them.</summary>
    public ReadOnlySpan<char> Between(int first, int last) => Text[StartOf(first).._ranges[last].End.Value];
}
