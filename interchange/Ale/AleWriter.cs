using System.Globalization;
using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Ale;

/// <summary>The clips of a document as the rows of a log; what a log cannot say is in the diagnostics.</summary>
internal sealed class AleWriter(OtioDocument document, DiagnosticBag diagnostics)
{
    readonly List<OtioObject> _clips = [];
    readonly Dictionary<string, int> _lost = [];

    /// <exception cref="InterchangeFormatException">There is no clip in the document.</exception>
    public void Write(Stream output, ReadOnlySpan<byte> originalBytes)
    {
        Collect(document.Root);
        var original = AleOriginal.TryRead(originalBytes, ClipRate());
        var section = Section(document.Root);
        if (_clips.Count == 0 && section is null) throw new InterchangeFormatException("The document has no clip, and an Avid log is a table of clips; give a file with clips.", "");
        ReportLosses();
        var header = Header(section);
        var columns = Columns(section);
        var rate = ClipRate() ?? FrameRate.Fps24;
        var isSameTable = original is not null
            && header.SequenceEqual(Header(Section(original.Document.Root))) && columns.SequenceEqual(original.Log.Columns);
        var text = new StringBuilder();
        var end = original?.Log.Text.LineEnd ?? "\n";
        if (isSameTable) original?.AppendTop(text);
        else AppendTop(text, header, columns, end);
        foreach (var clip in _clips)
        {
            if (isSameTable && original?.TryAppendRow(text, clip) is true) continue;
            if (text.Length > 0 && text[^1] is not ('\r' or '\n')) text.Append(end);
            text.AppendJoin('\t', Row(clip, columns, rate)).Append(end);
        }

        AleText.Encode(text, original?.Log.Text.IsLatin1 is true, original?.Log.Text.HasByteOrderMark is true, output);
    }

    static OtioObject? Section(OtioObject node) => node.Child("metadata")?.Child(AleKeys.Section);

    void Collect(OtioObject root)
    {
        var waiting = new Stack<OtioObject>([root]);
        while (waiting.TryPop(out var node))
        {
            switch (node.SchemaName)
            {
                case OtioSchema.Clip: TakeClip(node); break;
                case OtioSchema.SerializableCollection: break;
                case OtioSchema.Timeline or OtioSchema.Stack or OtioSchema.Track: Lose("places on tracks", 1); break;
                case OtioSchema.Transition: Lose("transitions", 1); break;
                case OtioSchema.Gap: break;
                default: Lose($"things of schema {node.Schema}", 1); break;
            }

            if (node.Child("tracks") is { } stack) waiting.Push(stack);
            foreach (var child in node.Objects("children").Reverse()) waiting.Push(child);
            if (node.SchemaName != OtioSchema.Clip) Lose("markers", node.Objects("markers").Count());
        }
    }

    void TakeClip(OtioObject clip)
    {
        _clips.Add(clip);
        Lose("markers", clip.Objects("markers").Count());
        Lose("effects", clip.Objects("effects").Count());
        if (clip.Flag("enabled") is false) Lose("marks of being disabled", 1);
    }

    void Lose(string what, int count)
    {
        if (count > 0) _lost[what] = _lost.GetValueOrDefault(what) + count;
    }

    void ReportLosses()
    {
        foreach (var (what, count) in _lost)
        {
            diagnostics.Warn(
                DiagnosticCodes.AleLeftOut,
                "",
                what == "places on tracks"
                    ? "An Avid log has no sequence: the clips were written as a table, in their order, without tracks and record times."
                    : string.Create(CultureInfo.InvariantCulture, $"{count} {what} were left out; an Avid log has no place for them."));
        }
    }

    List<(string Name, string Value)> Header(OtioObject? section)
    {
        var header = (section?.Child(AleKeys.Header)?.Fields ?? [])
            .Where(f => f.Value is OtioString)
            .Select(f => (f.Name, Value: ((OtioString)f.Value).Value))
            .ToList();
        if (!header.Exists(h => h.Name == "FIELD_DELIM")) header.Insert(0, ("FIELD_DELIM", "TABS"));
        if (!header.Exists(h => h.Name == AleKeys.Rate)) header.Add((AleKeys.Rate, (ClipRate() ?? FrameRate.Fps24).ToDouble().ToString("0.###", CultureInfo.InvariantCulture)));
        return header;
    }

    /// <summary>What the clips are counted at: whoever read the log may have known better than its heading.</summary>
    FrameRate? ClipRate() => _clips.Select(c => ItemTimes.Rate(c.Child("source_range")?.Child("duration"))).FirstOrDefault(r => r is not null);

    /// <summary>The table's own columns, then what its clips say beyond them.</summary>
    List<string> Columns(OtioObject? section)
    {
        var columns = (section?.List(AleKeys.Columns) ?? []).OfType<OtioString>().Select(c => c.Value).ToList();
        var known = columns.ToHashSet(StringComparer.Ordinal);
        void Need(string column)
        {
            if (known.Add(column)) columns.Add(column);
        }

        if (columns.Count == 0) Array.ForEach([AleColumns.Name, AleColumns.Tape, AleColumns.Start, AleColumns.End], Need);
        foreach (var clip in _clips)
        {
            foreach (var field in Section(clip)?.Fields ?? []) Need(field.Name);
            if (clip.Text("name") is { Length: > 0 }) Need(AleColumns.Name);
            if (ItemTimes.Span(clip.Child("source_range")) is not null && !known.Contains(AleColumns.Duration)) Array.ForEach([AleColumns.Start, AleColumns.End], Need);
            if (ItemTimes.ActiveMedia(clip)?.Text("target_url") is { Length: > 0 }) Need(AleColumns.SourceFile);
            if (clip.Child("metadata")?.Child("cdl")?.Child("asc_sop") is not null) Need(AleColumns.ColorSlope);
            if (clip.Child("metadata")?.Child("cdl")?["asc_sat"] is OtioNumber) Need(AleColumns.ColorSaturation);
        }

        return columns;
    }

    static void AppendTop(StringBuilder text, List<(string Name, string Value)> header, List<string> columns, string end)
    {
        text.Append(AleLog.Heading).Append(end);
        foreach (var (name, value) in header) text.Append(Clean(name)).Append('\t').Append(Clean(value)).Append(end);
        text.Append(end).Append(AleLog.Column).Append(end).AppendJoin('\t', columns.Select(Clean)).Append(end);
        text.Append(end).Append(AleLog.Data).Append(end);
    }

    /// <summary>Up to the last cell that is there: a row may be shorter than its columns.</summary>
    static List<string> Row(OtioObject clip, List<string> columns, FrameRate rate)
    {
        var cells = columns.ConvertAll(c => Cell(clip, c, rate));
        var section = Section(clip);
        while (cells.Count > 1 && cells[^1].Length == 0 && section?[columns[cells.Count - 1]] is null) cells.RemoveAt(cells.Count - 1);
        return cells;
    }

    static string Cell(OtioObject clip, string column, FrameRate rate)
    {
        if (column == AleColumns.Name) return Clean(clip.Text("name") ?? "");
        // A cell that the row still has is text: blank, or a time that could not be read.
        if (Section(clip)?.Text(column) is { } kept) return Clean(kept);
        var cdl = clip.Child("metadata")?.Child("cdl");
        return column switch
        {
            AleColumns.Start or AleColumns.End or AleColumns.Duration => Time(clip, column, rate),
            AleColumns.SourceFile => Clean(ItemTimes.ActiveMedia(clip)?.Text("target_url") ?? ""),
            AleColumns.Tape => ItemTimes.ActiveMedia(clip) is { SchemaName: OtioSchema.MissingReference } tape ? Clean(tape.Text("name") ?? "") : "",
            AleColumns.ColorSlope when cdl?.Child("asc_sop") is { } sop => $"({Numbers(sop, "slope")})({Numbers(sop, "offset")})({Numbers(sop, "power")})",
            AleColumns.ColorSaturation when cdl?["asc_sat"] is OtioNumber saturation => saturation.Lexeme,
            _ => "",
        };
    }

    static string Time(OtioObject clip, string column, FrameRate rate)
    {
        if (ItemTimes.Span(clip.Child("source_range")) is not { } span) return "";
        var drop = clip.Child("metadata")?.Child(OtioSchema.OwnMetadata)?.Flag(AleKeys.DropFrame) is true;
        var time = column switch
        {
            AleColumns.Start => span.Start,
            AleColumns.End => span.Start + span.Duration,
            _ => span.Duration,
        };
        return Timecode.Format(time.ToFrames(rate, Rounding.Nearest), rate, drop);
    }

    static string Numbers(OtioObject sop, string part) => string.Join(' ', sop.List(part).OfType<OtioNumber>().Select(n => n.Lexeme));

    /// <summary>Tabs and line ends are the table's own.</summary>
    static string Clean(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1F') ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
