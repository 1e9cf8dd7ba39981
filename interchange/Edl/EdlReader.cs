using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>From a list's events to an OTIO document: one track per channel, positions from the record timecodes.</summary>
/// <param name="keepsOrigins">Whether <see cref="Origins"/> will be asked for.</param>
internal sealed class EdlReader(EdlList list, EdlText text, EdlClock clock, DiagnosticBag diagnostics, bool keepsOrigins = false)
{
    readonly SortedDictionary<EdlTrackKey, EdlTrack> _tracks = [];
    readonly EdlClipBuilder _clips = new(clock, list.FrameCode, diagnostics);
    readonly List<string> _header = [.. list.Header.Select(n => n.Text)];
    readonly Dictionary<(EdlChannels, bool), EdlTrackKey[]> _keys = [];
    readonly Dictionary<OtioObject, EdlEvent>? _origins = keepsOrigins ? new(ReferenceEqualityComparer.Instance) : null;
    /// <summary>What each reel of another rate than the list's is counted at: the first line of a pair has no comment of its own.</summary>
    readonly Dictionary<string, FrameRate> _rates = new(StringComparer.Ordinal);
    long _lastRecordIn = long.MinValue;
    bool _unordered;

    /// <summary>The event that each clip of the document is from, by the very object.</summary>
    public IReadOnlyDictionary<OtioObject, EdlEvent> Origins => _origins ?? throw new InvalidOperationException("origins were not kept");

    public OtioDocument Read(ReadOptions options)
    {
        foreach (var e in list.Events) Place(e);
        _clips.ReportEventsWithoutSource();
        if (_unordered)
        {
            diagnostics.Note(DiagnosticCodes.EdlOrder, "", "The list is not in record order; it is read, and will be written, in record order.");
        }

        var placed = _tracks.Values.SelectMany(t => t.Placements).ToList();
        if (placed.Count == 0) ReportEmpty(options);
        var start = placed.Count == 0 ? 0 : placed.Min(p => p.RecordIn);
        var tracks = _tracks.SelectMany(t => t.Value.Build(t.Key, start));
        var name = list.Title ?? Path.GetFileNameWithoutExtension(options.FileName);
        RationalTime? globalStart = placed.Count == 0 ? null : new RationalTime(start, clock.Rate);
        return new(OtioBuild.Timeline(name, globalStart, tracks, OtioObject.Map((EdlKeys.Section, ListMetadata(name)))));
    }

    void ReportEmpty(ReadOptions options)
    {
        if (!list.Events.IsEmpty || list.Title is null)
        {
            var line = list.Events.IsEmpty ? "line 1" : list.Events[0].Edit.Location;
            throw new InterchangeFormatException(
                list.Events.IsEmpty
                    ? $"{options.FileName} has no EDL event that can be read; an event looks like '001  REEL V C' and four timecodes."
                    : $"No event of {options.FileName} can be read at {EdlClock.Spoken(clock.Rate)} fps, starting with event {list.Events[0].Edit.Number}; check the rate (--rate).",
                line);
        }

        diagnostics.Warn(DiagnosticCodes.EdlEmpty, "", $"{options.FileName} has a title and no events.");
    }

    void Place(EdlEvent e)
    {
        if (!TryTimes(e.Edit, e.Drop, e.SourceRate, out var times) || !HasLength(e.Edit, times))
        {
            Lose(e);
            return;
        }

        if (times.RecordIn < _lastRecordIn) _unordered = true;
        _lastRecordIn = times.RecordIn;
        var channels = e.Channels;
        EdlTimes? before = null;
        if (e.Outgoing is { } line)
        {
            if (TryTimes(line, e.OutgoingDrop, _rates.TryGetValue(line.Reel, out var own) ? own : null, out var outgoing)) before = outgoing;
            else KeepAsComment(line);
        }

        if (e.SourceRate is { } rate) _rates[e.Edit.Reel] = rate;
        var built = _clips.Build(e, times, before);
        if (_origins is not null)
        {
            _origins[built.Clip] = e;
            if (built.Outgoing is { } first) _origins[first] = e;
        }

        foreach (var key in KeysOf(channels, e.Edit))
        {
            if (!_tracks.TryGetValue(key, out var track)) _tracks[key] = track = new EdlTrack(clock.Rate, diagnostics);
            track.Add(e, built);
        }
    }

    EdlTrackKey[] KeysOf(EdlChannels channels, EdlEdit edit)
    {
        if (!_keys.TryGetValue((channels, edit.IsKey), out var keys)) _keys[(channels, edit.IsKey)] = keys = [.. EdlTrackKey.Of(channels, edit)];
        return keys;
    }

    /// <summary>An event without readable times has no place in the cut; its lines stay in the list as comments.</summary>
    void Lose(EdlEvent e)
    {
        if (e.Outgoing is not null) KeepAsComment(e.Outgoing);
        KeepAsComment(e.Edit);
        _header.AddRange(e.Notes.Select(n => n.Text));
    }

    void KeepAsComment(EdlEdit edit) => _header.Add(text.Line(edit.Line - 1).Trim().ToString());

    bool TryTimes(EdlEdit edit, bool? statement, FrameRate? own, out EdlTimes times)
    {
        times = default;
        var source = clock.OfSource(own);
        var drop = source.SourceDrop(ReferenceEquals(source, clock) ? statement : null, edit.SourceIn);
        if (!TryFrames(source, edit, edit.SourceIn, drop, out var sourceIn) || !TryFrames(source, edit, edit.SourceOut, drop, out var sourceOut)
            || !TryFrames(clock, edit, edit.RecordIn, clock.RecordDrop, out var recordIn) || !TryFrames(clock, edit, edit.RecordOut, clock.RecordDrop, out var recordOut))
        {
            return false;
        }

        times = new(sourceIn, sourceOut - sourceIn, recordIn, recordOut - recordIn, drop, source.Rate);
        if (times.RecordDuration >= 0) return true;
        diagnostics.Error(
            DiagnosticCodes.EdlBadTimecode,
            edit.Location,
            $"Event {edit.Number} ends at {edit.RecordOut} before it begins at {edit.RecordIn}; it is kept as a comment.");
        return false;
    }

    bool HasLength(EdlEdit edit, EdlTimes times)
    {
        if (times.RecordDuration > 0) return true;
        diagnostics.Warn(
            DiagnosticCodes.EdlBadTimecode,
            edit.Location,
            $"Event {edit.Number} has no length on the record side ({edit.RecordIn}) and no transition follows it; it is kept as a comment.");
        return false;
    }

    bool TryFrames(EdlClock counted, EdlEdit edit, string timecode, bool drop, out long frames)
    {
        if (counted.TryCount(timecode, drop, out frames)) return true;
        diagnostics.Error(
            DiagnosticCodes.EdlBadTimecode,
            edit.Location,
            $"Event {edit.Number} has the timecode {timecode}, which does not exist at {EdlClock.Spoken(counted.Rate)} fps{(drop ? " drop-frame" : "")}; it is kept as a comment. Check the rate (--rate).");
        return false;
    }

    OtioObject ListMetadata(string name)
    {
        var fields = new List<(string, OtioValue)>();
        if (list.FrameCode is { } drop) fields.Add((EdlKeys.FrameCode, drop ? EdlKeys.DropFrame : EdlKeys.NonDropFrame));
        if (clock.RecordDrop && !list.Events[0].Edit.RecordIn.Contains(';', StringComparison.Ordinal)) fields.Add((EdlKeys.DropSign, ":"));
        if (clock.RecordDrop && list.FrameCode is not true) fields.Add((EdlKeys.RecordDrop, true));
        if (list.Title is null) fields.Add((EdlKeys.Untitled, name));
        if (_header.Count > 0) fields.Add((EdlKeys.Header, EdlLayout.Strings(_header)));
        if (!list.Trailer.IsEmpty) fields.Add((EdlKeys.Trailer, EdlLayout.Strings([.. list.Trailer.Select(n => n.Text)])));
        fields.Add((EdlKeys.LineEnd, text.LineEnd));
        if (text.Encoding == EdlText.Latin1) fields.Add((EdlKeys.Encoding, EdlText.Latin1));
        if (text.HasByteOrderMark) fields.Add((EdlKeys.ByteOrderMark, true));
        var edits = list.Events.Select(e => e.Edit).ToList();
        if (edits.Count > 0)
        {
            fields.Add((EdlKeys.EventDigits, (long)edits[0].Number.TrimEnd([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"]).Length));
            var longest = edits.Max(e => e.Reel.Length);
            if (longest > 8) fields.Add((EdlKeys.ReelWidth, longest > 32 ? 128L : 32L));
        }

        return OtioObject.Map([.. fields]);
    }
}

/// <summary>An event line's times in frames.</summary>
/// <param name="SourceIn">In frames of <paramref name="SourceRate"/>, as <paramref name="SourceDuration"/>.</param>
/// <param name="SourceDuration">Negative when the list writes source out before source in.</param>
internal readonly record struct EdlTimes(long SourceIn, long SourceDuration, long RecordIn, long RecordDuration, bool SourceDrop, FrameRate SourceRate)
{
    public long RecordOut => RecordIn + RecordDuration;
}
