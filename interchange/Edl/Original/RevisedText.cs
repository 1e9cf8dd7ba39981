using System.Text;

namespace CineGit.Interchange.Edl.Original;

/// <summary>The text in the making: the original's lines with their ends, and what changed, with a frame code where a line needs another.</summary>
internal sealed class RevisedText(EdlText original)
{
    readonly StringBuilder _text = new();
    bool? _frameCode;
    bool _isChanged;
    int _next;
    int _blanks;

    /// <summary>The whole; null when it is the original.</summary>
    public StringBuilder? Finish() => _isChanged || _next != original.Lines.Count ? _text : null;

    /// <param name="first">The first line of a part.</param>
    /// <param name="end">The line after its last.</param>
    /// <param name="edits">What happens to them.</param>
    /// <param name="frameCodes">Which frame code the event lines among them need.</param>
    public void Lines(int first, int end, LineEdits edits, List<(int Line, bool? Drop)> frameCodes)
    {
        _isChanged |= first != _next || !edits.IsEmpty;
        _next = end;
        foreach (var line in edits.AddedAfter(first - 1)) Add(line);
        _blanks = 0;
        for (var i = first; i < end; i++)
        {
            foreach (var code in frameCodes)
            {
                if (code.Line == i) State(code.Drop);
            }

            if (EdlLine.FrameCode(original.Line(i)) is { } drop) _frameCode = drop;
            Line(i, edits);
            _blanks = original.Lines[i] is { Length: 0 } line && line.Next > line.Start ? _blanks + 1 : 0;
            foreach (var added in edits.AddedAfter(i)) Add(added);
        }
    }

    void Line(int index, LineEdits edits)
    {
        var line = original.Lines[index];
        if (!edits.IsChanged(index, out var text))
        {
            BreakLine();
            _text.Append(original.Whole, line.Start, line.Next - line.Start);
            return;
        }

        if (text is null) return;
        BreakLine();
        _text.Append(text).Append(original.Whole, line.Start + line.Length, line.Next - line.Start - line.Length);
    }

    public void Add(string line)
    {
        _isChanged = true;
        BreakLine();
        _text.Append(line).Append(original.LineEnd);
    }

    public void AddEvent(string line, bool? drop)
    {
        State(drop);
        Add(line);
    }

    /// <summary>As many as the event before has after it.</summary>
    public void AddBlanks()
    {
        for (var i = 0; i < _blanks; i++) Add("");
    }

    void State(bool? drop)
    {
        if (drop is not { } needed || _frameCode is not { } current || needed == current) return;
        Add(EdlLayout.FrameCodeLine(needed));
        _frameCode = needed;
    }

    /// <summary>The last line of a list often has no end; it gets one when something follows it.</summary>
    void BreakLine()
    {
        if (_text.Length > 0 && _text[^1] is not ('\r' or '\n')) _text.Append(original.LineEnd);
    }
}
