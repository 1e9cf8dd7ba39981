namespace CineGit.Interchange.Edl.Original;

/// <summary>What happens to the lines of one part of a list.</summary>
internal sealed class LineEdits
{
    readonly Dictionary<int, string?> _changed = [];
    readonly Dictionary<int, List<string>> _added = [];

    public bool IsEmpty => _changed.Count == 0 && _added.Count == 0;

    public void Replace(int line, string text) => _changed[line] = text;

    public void Remove(int line) => _changed[line] = null;

    /// <param name="line">Behind which the text goes; the line before the first of a part stands for its beginning.</param>
    /// <param name="text">Without line end.</param>
    public void AddAfter(int line, string text)
    {
        if (!_added.TryGetValue(line, out var lines)) _added[line] = lines = [];
        lines.Add(text);
    }

    /// <summary>True when the line is not as it was; its text is null when it is gone.</summary>
    public bool IsChanged(int line, out string? text) => _changed.TryGetValue(line, out text);

    public IReadOnlyList<string> AddedAfter(int line) => _added.TryGetValue(line, out var lines) ? lines : [];
}

/// <summary>
/// Carries what changed among the notes of one part, told by what this writer would have written before and after, over to the
/// lines that are there. Lines that say nothing of the cut stay where they are.
/// </summary>
internal sealed class NotePatch(EdlText text, LineEdits edits)
{
    const int MostCompared = 250_000;

    /// <param name="lines">The part's lines that are notes, in order.</param>
    /// <param name="head">The line behind which a note goes that follows none.</param>
    /// <param name="before">The part's notes as this writer would have written them.</param>
    /// <param name="after">The notes as they are to be.</param>
    public void Apply(IReadOnlyList<int> lines, int head, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (before.SequenceEqual(after, StringComparer.Ordinal)) return;
        var places = Places(lines, before);
        var previous = head;
        var (i, j) = (0, 0);
        foreach (var (x, y) in Kept(before, after).Append((before.Count, after.Count)))
        {
            previous = Change(before, i, x, after, j, y, places, previous);
            if (x < before.Count && places[x] >= 0) previous = Math.Max(previous, places[x]);
            (i, j) = (x + 1, y + 1);
        }
    }

    int Change(IReadOnlyList<string> before, int from, int to, IReadOnlyList<string> after, int start, int end, int[] places, int previous)
    {
        var gone = Enumerable.Range(from, Math.Max(0, to - from)).ToList();
        for (var j = start; j < end; j++)
        {
            var kind = KindOf(after[j]);
            var found = gone.FindIndex(i => KindOf(before[i]) == kind);
            if (found >= 0 && places[gone[found]] is >= 0 and var line)
            {
                edits.Replace(line, LinePatch.Note(text.Line(line).ToString(), before[gone[found]], after[j]));
                previous = Math.Max(previous, line);
            }
            else
            {
                edits.AddAfter(previous, after[j]);
            }

            if (found >= 0) gone.RemoveAt(found);
        }

        foreach (var i in gone)
        {
            if (places[i] >= 0) edits.Remove(places[i]);
        }

        return previous;
    }

    /// <summary>Which line each note stands on: one that says the same, else the first left of its kind; -1 for none.</summary>
    int[] Places(IReadOnlyList<int> lines, IReadOnlyList<string> notes)
    {
        var places = new int[notes.Count];
        Array.Fill(places, -1);
        Assign(lines, notes, places, Words);
        if (places.Contains(-1)) Assign(lines, notes, places, KindOf);
        return places;
    }

    void Assign(IReadOnlyList<int> lines, IReadOnlyList<string> notes, int[] places, Func<string, string> key)
    {
        var used = places.ToHashSet();
        var free = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (used.Contains(line)) continue;
            var name = key(text.Line(line).ToString());
            if (!free.TryGetValue(name, out var queue)) free[name] = queue = new();
            queue.Enqueue(line);
        }

        for (var i = 0; i < notes.Count; i++)
        {
            if (places[i] < 0 && free.TryGetValue(key(notes[i]), out var queue) && queue.TryDequeue(out var line)) places[i] = line;
        }
    }

    /// <summary>Without its star, and one blank between words.</summary>
    static string Words(string line) =>
        string.Join(' ', line.AsSpan().Trim().TrimStart('*').ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    static string KindOf(string line) => EdlLine.Parse(line.AsMemory(), 1) switch
    {
        EdlLine.Note(EdlNote.Named named) => named.Key.ToString(),
        EdlLine.Note(EdlNote.ColorDecision color) => color.IsSaturation ? "ASC_SAT" : "ASC_SOP",
        EdlLine.Note(var note) => note.GetType().Name,
        _ => nameof(EdlNote.Comment),
    };

    /// <summary>Pairs of equal notes in order, as many as there are; from the ends only where there are very many.</summary>
    static List<(int Before, int After)> Kept(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var kept = new List<(int, int)>();
        var (start, ends) = (0, 0);
        while (start < before.Count && start < after.Count && before[start] == after[start]) start++;
        while (ends < before.Count - start && ends < after.Count - start && before[^(ends + 1)] == after[^(ends + 1)]) ends++;
        for (var i = 0; i < start; i++) kept.Add((i, i));
        var (rows, columns) = (before.Count - start - ends, after.Count - start - ends);
        if ((long)rows * columns <= MostCompared) AddLongest(kept, before, after, start, rows, columns);
        for (var i = ends; i > 0; i--) kept.Add((before.Count - i, after.Count - i));
        return kept;
    }

    static void AddLongest(List<(int, int)> kept, IReadOnlyList<string> before, IReadOnlyList<string> after, int start, int rows, int columns)
    {
        var lengths = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
            {
                lengths[i, j] = before[start + i] == after[start + j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        for (var (i, j) = (0, 0); i < rows && j < columns;)
        {
            if (before[start + i] == after[start + j]) kept.Add((start + i++, start + j++));
            else if (lengths[i + 1, j] >= lengths[i, j + 1]) i++;
            else j++;
        }
    }
}
