using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>From lines to a list: every statement ends up in the title, the header, an event or the trailer.</summary>
internal sealed class EdlParser(DiagnosticBag diagnostics)
{
    readonly List<EdlNote> _header = [];
    readonly List<EdlNote> _trailer = [];
    readonly List<EdlEvent> _events = [];
    readonly List<EdlNote> _notes = [];
    string? _title;
    EdlEdit? _outgoing;
    EdlEdit? _edit;
    bool? _outgoingDrop;
    bool? _editDrop;
    bool? _drop;
    bool? _listDrop;

    public EdlList Parse(EdlText text)
    {
        for (var i = 0; i < text.Lines.Count; i++) Take(EdlLine.Parse(text.Said(i), i + 1), i + 1);
        Close();
        return new(_title, _listDrop, [.. _header], [.. _events], [.. _trailer]);
    }

    void Take(EdlLine line, int number)
    {
        switch (line)
        {
            case EdlLine.Event(var edit, var ignored):
                if (ignored is not null)
                {
                    diagnostics.Warn(DiagnosticCodes.EdlMalformedStatement, edit.Location, $"Event {edit.Number} has text after its timecodes, '{ignored}', which is not kept.");
                }

                Take(edit);
                break;
            case EdlLine.Note(var note):
                Take(note);
                break;
            case EdlLine.Malformed(DiagnosticCodes.EdlMalformedEvent, var reason, var kept):
                diagnostics.Error(DiagnosticCodes.EdlMalformedEvent, kept.Location, $"Line {number} cannot be read as an event: {reason}; its text is kept as a comment.");
                Keep(kept);
                break;
            case EdlLine.Malformed(var code, var reason, var kept):
                diagnostics.Warn(code, kept.Location, $"Line {number}: {reason}.");
                Keep(kept);
                break;
        }
    }

    void Take(EdlEdit edit)
    {
        if (_edit is { } before && _outgoing is null && IsPair(before, edit))
        {
            (_outgoing, _outgoingDrop) = (before, _editDrop);
        }
        else
        {
            ReturnTrailerToEvent();
            Close();
        }

        (_edit, _editDrop) = (edit, _drop);
    }

    /// <summary>
    /// A transition's two lines share a number; in lists with slips in the numbering, a cut of no length at the same place
    /// can only be the transition's first line.
    /// </summary>
    static bool IsPair(EdlEdit first, EdlEdit second) =>
        second.IsTransition
        && first.Type is EdlEditType.Cut
        && first.Channels.Equals(second.Channels)
        && first.RecordOut == second.RecordIn
        && (first.Number == second.Number || first.RecordIn == first.RecordOut);

    void Take(EdlNote note)
    {
        switch (note)
        {
            case EdlNote.Title title when _title is null:
                _title = title.Value;
                break;
            case EdlNote.FrameCode code:
                _drop = code.Drop;
                if (_edit is null && _events.Count == 0) _listDrop ??= code.Drop;
                break;
            default:
                Keep(note);
                break;
        }
    }

    void Keep(EdlNote note)
    {
        // Avid lists the sources after the last event; from there on nothing belongs to an event.
        if (_trailer.Count > 0 || (_edit is not null && note.Said.Span.StartsWith(">>>"))) _trailer.Add(note);
        else if (_edit is null) _header.Add(note);
        else _notes.Add(note);
    }

    /// <summary>Where events go on after it, what looked like the end of the list was a note of the event before.</summary>
    void ReturnTrailerToEvent()
    {
        _notes.AddRange(_trailer);
        _trailer.Clear();
    }

    void Close()
    {
        if (_edit is null) return;
        _events.Add(new(_outgoing, _outgoingDrop, _edit, _editDrop, [.. _notes]) { Index = _events.Count });
        _notes.Clear();
        (_outgoing, _edit) = (null, null);
    }
}
