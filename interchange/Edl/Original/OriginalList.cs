using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl.Original;

/// <summary>An event of the list as its lines stand there, everything up to the next event with it.</summary>
/// <param name="Index">Its place in the list.</param>
/// <param name="First">Its first line, counted from 0: a frame code that stands before it, or itself.</param>
/// <param name="End">The line after its last.</param>
internal sealed record OriginalEvent(int Index, int First, int End, EdlEvent Event)
{
    /// <summary>What it says in the words that this writer would use; none when it has no place in the cut.</summary>
    public List<EdlBlock> Parts { get; } = new(1);

    /// <summary>The first of its parts.</summary>
    public EdlBlock? Says => Parts.Count == 0 ? null : Parts[0];
}

/// <summary>The list that a cut came from: its text, and what each part of the text says.</summary>
internal sealed class OriginalList
{
    readonly OriginalEvent?[] _eventOf;

    OriginalList(EdlText text, EdlComposition says, OriginalEvent[] events, OriginalEvent?[] eventOf, int trailer)
    {
        _eventOf = eventOf;
        Text = text;
        Says = says;
        Events = events;
        Trailer = trailer;
    }

    public EdlText Text { get; }

    public EdlComposition Says { get; }

    public IReadOnlyList<OriginalEvent> Events { get; }

    /// <summary>The line where what belongs to no event begins again.</summary>
    public int Trailer { get; }

    /// <summary>Where the first event begins.</summary>
    public int PreambleEnd => Events.Count == 0 ? Trailer : Events[0].First;

    /// <summary>The event that a block of <see cref="Says"/> is from.</summary>
    public OriginalEvent? EventOf(EdlBlock block) => _eventOf[block.Index];

    /// <summary>Null for bytes that are no list, or none that can be counted at the rate.</summary>
    public static OriginalList? TryRead(ReadOnlySpan<byte> bytes, FrameRate rate)
    {
        if (bytes.Length > LentBytes.Most) return null;
        try
        {
            var unheard = new DiagnosticBag();
            var text = EdlText.Decode(bytes, unheard);
            var list = new EdlParser(unheard).Parse(text);
            var reader = new EdlReader(list, text, EdlClock.For(list, rate, unheard), unheard, keepsOrigins: true);
            var document = reader.Read(new(rate, ""));
            return Of(text, list, EdlComposition.Of(document, unheard), reader.Origins);
        }
        catch (InterchangeFormatException)
        {
            return null;
        }
    }

    static OriginalList Of(EdlText text, EdlList list, EdlComposition says, IReadOnlyDictionary<OtioObject, EdlEvent> origins)
    {
        var trailer = list.Trailer.IsEmpty ? text.Lines.Count : list.Trailer[0].Line - 1;
        var events = new OriginalEvent[list.Events.Length];
        for (var i = events.Length - 1; i >= 0; i--)
        {
            var e = list.Events[i];
            var end = i == events.Length - 1 ? trailer : events[i + 1].First;
            events[i] = new(i, i == 0 ? FirstLine(e) : WithFrameCode(text, FirstLine(e), FirstLine(list.Events[i - 1])), end, e);
        }

        var eventOf = new OriginalEvent?[says.Blocks.Count];
        foreach (var block in says.Blocks)
        {
            if (block.Item is null || !origins.TryGetValue(block.Item, out var origin)) continue;
            eventOf[block.Index] = events[origin.Index];
            events[origin.Index].Parts.Add(block);
        }

        return new(text, says, events, eventOf, trailer);
    }

    static int FirstLine(EdlEvent e) => (e.Outgoing ?? e.Edit).Line - 1;

    /// <summary>A frame code, and blank lines after it, are about the event that follows them.</summary>
    static int WithFrameCode(EdlText text, int line, int before)
    {
        var first = line;
        for (var i = line - 1; i > before; i--)
        {
            if (EdlLine.FrameCode(text.Line(i)) is not null) first = i;
            else if (text.Lines[i].Length > 0) break;
        }

        return first;
    }
}
