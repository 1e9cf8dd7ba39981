namespace CineGit.Interchange.Edl.Original;

/// <summary>
/// Whether two events say the same wherever they stand: everything but event number, channel and the record time they begin at.
/// </summary>
internal sealed class BlockLikeness : IEqualityComparer<EdlBlock>
{
    public static readonly BlockLikeness Same = new();

    public bool Equals(EdlBlock? x, EdlBlock? y)
    {
        if (ReferenceEquals(x, y)) return true;
        if (x is null || y is null || x.Lines.Length != y.Lines.Length) return false;
        for (var i = 0; i < x.Lines.Length; i++)
        {
            if (!Says(x.Lines[i], x.RecordIn, y.Lines[i], y.RecordIn)) return false;
        }

        return true;
    }

    public int GetHashCode(EdlBlock block)
    {
        var hash = new HashCode();
        hash.Add(block.Lines.Length);
        hash.Add(block.RecordOut - block.RecordIn);
        foreach (var line in block.Lines)
        {
            if (line is EdlOutLine.Text text) hash.Add(text.Line, StringComparer.Ordinal);
            if (line is not EdlOutLine.Event e) continue;
            hash.Add(e.Reel, StringComparer.Ordinal);
            hash.Add(e.SourceIn, StringComparer.Ordinal);
            hash.Add(e.SourceOut, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    static bool Says(EdlOutLine x, long xStart, EdlOutLine y, long yStart) => (x, y) switch
    {
        (EdlOutLine.Text a, EdlOutLine.Text b) => a.Line == b.Line,
        (EdlOutLine.Marker a, EdlOutLine.Marker b) => a.At - xStart == b.At - yStart && a.Rest == b.Rest,
        (EdlOutLine.Event a, EdlOutLine.Event b) => a.RecordIn - xStart == b.RecordIn - yStart && a.RecordOut - xStart == b.RecordOut - yStart
            && a.SourceIn == b.SourceIn && a.SourceOut == b.SourceOut && a.Reel == b.Reel
            && a.Type == b.Type && a.Length == b.Length && a.Fades == b.Fades && a.Drop == b.Drop,
        _ => false,
    };

    /// <summary>One event after an edit of it: the same reel and one more thing the same, or the same name.</summary>
    public static bool IsAkin(EdlBlock x, EdlBlock y)
    {
        var (a, b) = (x.Main, y.Main);
        var sameName = NameOf(x) is { } name && name == NameOf(y);
        if (a.Reel != b.Reel) return sameName && (a.SourceIn == b.SourceIn || a.SourceOut == b.SourceOut);
        return sameName || a.SourceIn == b.SourceIn || a.SourceOut == b.SourceOut || x.RecordIn == y.RecordIn || x.RecordOut == y.RecordOut;
    }

    static string? NameOf(EdlBlock block)
    {
        foreach (var line in block.Lines)
        {
            if (line is EdlOutLine.Text { Line: var text } && text.Contains("CLIP NAME:", StringComparison.Ordinal)) return text;
        }

        return null;
    }
}
