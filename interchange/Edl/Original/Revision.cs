using System.Globalization;
using System.Text;

namespace CineGit.Interchange.Edl.Original;

/// <summary>
/// The list that a cut came from, changed to what the cut says. What this writer would write for the list and for the cut is
/// compared, and only the difference goes into the list's own text: so an untouched cut gives the list back to the byte.
/// </summary>
internal sealed class Revision
{
    readonly OriginalList _original;
    readonly EdlComposition _after;
    readonly BlockMatch _match;
    readonly RevisedText _text;

    Revision(OriginalList original, EdlComposition after, BlockMatch match)
    {
        _original = original;
        _after = after;
        _match = match;
        _text = new(original.Text);
    }

    /// <summary>False when the bytes are no list, or that of another cut; nothing is written then.</summary>
    public static bool TryWrite(ReadOnlyMemory<byte> original, EdlComposition after, Stream output)
    {
        if (original.IsEmpty || OriginalList.TryRead(original.Span, after.Settings.Rate) is not { } list) return false;
        var match = BlockMatch.Of(list.Says.Blocks, after.Blocks);
        if (after.Blocks.Count > 0 && !match.IsAny) return false;
        if (new Revision(list, after, match).Make() is { } text) list.Text.Encode(text, output);
        else output.Write(original.Span);
        return true;
    }

    /// <summary>Null when nothing changed.</summary>
    StringBuilder? Make()
    {
        PatchPart(0, _original.PreambleEnd, Preamble(_original.Says.Settings), Preamble(_after.Settings));
        var numbers = new EventNumbers(_after.Settings.EventDigits);
        foreach (var entry in RevisionOrder.Of(_original, _after, _match)) WriteEntry(entry, numbers);
        PatchPart(
            _original.Trailer, _original.Text.Lines.Count,
            [.. _original.Says.Settings.Trailer.Select(EdlLayout.CommentLine)], [.. _after.Settings.Trailer.Select(EdlLayout.CommentLine)]);
        return _text.Finish();
    }

    static string[] Preamble(EdlSettings settings) =>
        [.. settings.Title is { } title ? [$"TITLE: {title}".TrimEnd()] : Array.Empty<string>(), .. settings.Header.Select(EdlLayout.CommentLine)];

    void PatchPart(int start, int end, string[] before, string[] after)
    {
        var edits = new LineEdits();
        new NotePatch(_original.Text, edits).Apply(Notes(start, end, []), start - 1, before, after);
        _text.Lines(start, end, edits, []);
    }

    List<int> Notes(int start, int end, ReadOnlySpan<int> eventLines)
    {
        var notes = new List<int>(end - start);
        for (var i = start; i < end; i++)
        {
            if (_original.Text.Lines[i].Length > 0 && !eventLines.Contains(i) && EdlLine.FrameCode(_original.Text.Line(i)) is null) notes.Add(i);
        }

        return notes;
    }

    void WriteEntry(RevisionEntry entry, EventNumbers numbers)
    {
        if (entry.Event is not { } own)
        {
            if (entry.Block is { } added) WriteAdded(added, numbers.Next(added));
            return;
        }

        var shift = numbers.ShiftOf(own, entry.Block, entry.IsInPlace);
        if (entry.Block is not { } after || own.Says is null || _match.SourceOf(after) is not { } before)
        {
            _text.Lines(own.First, own.End, new LineEdits(), FrameCodes(own, null, null));
            return;
        }

        WritePatched(own, before, after, shift, entry.IsWhole);
    }

    void WritePatched(OriginalEvent own, EdlBlock before, EdlBlock after, long shift, bool isWhole)
    {
        var edits = new LineEdits();
        var isMoved = before.RecordIn != after.RecordIn || !before.Channels.Equals(after.Channels) || !_original.Says.Settings.PrintsRecordTimesAs(_after.Settings);
        if (isMoved || shift != 0 || !isWhole || !BlockLikeness.Same.Equals(before, after))
        {
            var main = own.Event.Edit.Line - 1;
            PatchEventLines(edits, own, before, after, shift, isWhole);
            ReadOnlySpan<int> eventLines = own.Event.Outgoing is { } outgoing ? [outgoing.Line - 1, main] : [main];
            new NotePatch(_original.Text, edits).Apply(
                Notes(own.First, own.End, eventLines), main, NotesOf(before, _original.Says.Settings, isWhole), NotesOf(after, _after.Settings, true));
        }

        _text.Lines(own.First, own.End, edits, FrameCodes(own, before, after));
    }

    static List<string> NotesOf(EdlBlock block, EdlSettings settings, bool hasAudio)
    {
        var notes = block.Notes.Select(n => EdlLayout.NoteLine(n, settings)).ToList();
        if (hasAudio && block.Field().Aud is { } aud) notes.Add(aud);
        return notes;
    }

    void PatchEventLines(LineEdits edits, OriginalEvent own, EdlBlock before, EdlBlock after, long shift, bool isWhole)
    {
        // A list's event that only some of its tracks share says a channel that none of its blocks would.
        var field = isWhole ? before.Field().Field : "";
        var wanted = after.Field().Field;
        var main = own.Event.Edit.Line - 1;
        edits.Replace(main, Patched(main, before.Main, after.Main));
        switch (own.Event.Outgoing, before.Outgoing, after.Outgoing)
        {
            case ({ } line, { } old, { } outgoing):
                edits.Replace(line.Line - 1, Patched(line.Line - 1, old, outgoing));
                break;
            case ({ } line, { }, null):
                edits.Remove(line.Line - 1);
                break;
            case (_, null, { } outgoing):
                var number = own.Event.Edit.Number;
                edits.AddAfter(main - 1, EventText(EventLinePatch.Shifted(number, shift), wanted, outgoing));
                break;
        }

        string Patched(int line, EdlOutLine.Event old, EdlOutLine.Event changed) => EventLinePatch.Of(
            _original.Text.Line(line).ToString(),
            new(old, field, _original.Says.Settings), new(changed, wanted, _after.Settings), shift);
    }

    /// <summary>The frame code that each event line needs: the list's own where the line still speaks of the same source.</summary>
    List<(int Line, bool? Drop)> FrameCodes(OriginalEvent own, EdlBlock? before, EdlBlock? after)
    {
        var codes = new List<(int, bool?)>(2);
        if (own.Event.Outgoing is { } outgoing) codes.Add((outgoing.Line - 1, Needed(own.Event.OutgoingDrop, before?.Outgoing, after?.Outgoing)));
        codes.Add((own.Event.Edit.Line - 1, Needed(own.Event.Drop, before?.Main, after?.Main)));
        return codes;

        bool? Needed(bool? listed, EdlOutLine.Event? old, EdlOutLine.Event? wanted) =>
            wanted is null || old?.Drop == wanted.Drop ? listed : wanted.Drop ?? _after.Settings.FrameCode;
    }

    void WriteAdded(EdlBlock block, string number)
    {
        var (field, aud) = block.Field();
        foreach (var line in block.Lines)
        {
            if (line is EdlOutLine.Event e) _text.AddEvent(EventText(number, field, e), e.Drop ?? _after.Settings.FrameCode);
            else _text.Add(EdlLayout.NoteLine(line, _after.Settings));
        }

        if (aud is not null) _text.Add(aud);
        _text.AddBlanks();
    }

    string EventText(string number, string field, EdlOutLine.Event e)
    {
        var text = new StringBuilder();
        EdlLayout.AppendEvent(text, number, _after.ReelWidth, field, e, _after.Settings);
        return text.ToString();
    }
}

/// <summary>Numbers events on from each other: as the list counts where it is as it was, by one where it is not.</summary>
internal sealed class EventNumbers(int digits)
{
    OriginalEvent? _before;
    EdlBlock? _blockBefore;
    long _number;
    int _digits = digits;

    /// <summary>By how much the numbers of an event of the list rise.</summary>
    public long ShiftOf(OriginalEvent own, EdlBlock? block, bool isInPlace)
    {
        var text = own.Event.Edit.Number;
        var listed = EventLinePatch.NumberOf(text);
        _number = own.Index == 0 && _before is null && _number == 0 ? listed
            : _before is { } before && isInPlace && before.Index == own.Index - 1 ? _number + listed - EventLinePatch.NumberOf(before.Event.Edit.Number)
            : _number == 0 ? Math.Min(listed, 1)
            : block?.Continues(_blockBefore) is true ? _number
            : _number + 1;
        (_before, _blockBefore, _digits) = (own, block, Math.Max(1, text.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var letter ? letter : text.Length));
        return own.Says is null ? 0 : _number - listed;
    }

    /// <summary>The number of an event that the list did not have.</summary>
    public string Next(EdlBlock block)
    {
        if (!block.Continues(_blockBefore)) _number++;
        (_before, _blockBefore) = (null, block);
        return _number.ToString("D" + _digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
