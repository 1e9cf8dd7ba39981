using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>What an event puts on each of its tracks.</summary>
/// <param name="Clip">The incoming picture or sound.</param>
/// <param name="Outgoing">The clip of a pair's first line; null when that line has no length or is missing.</param>
/// <param name="Before">The times of a pair's first line.</param>
/// <param name="FromName">The outgoing clip's name as the event gives it.</param>
internal sealed record EdlBuilt(EdlTimes Times, OtioObject Clip, EdlTimes? Before, OtioObject? Outgoing, string? FromName);

/// <summary>From one event to OTIO clips with everything its notes say.</summary>
internal sealed class EdlClipBuilder(EdlClock clock, bool? listDrop, DiagnosticBag diagnostics)
{
    readonly EdlNodes _nodes = new(clock.Rate);
    readonly EdlNumbers _numbers = new();
    readonly bool _canDrop = Timecode.SupportsDropFrame(clock.Rate);
    readonly Dictionary<string, int> _links = [];
    EdlEdit? _firstWithoutSource;
    int _withoutSource;

    public EdlBuilt Build(EdlEvent e, EdlTimes times, EdlTimes? before)
    {
        var notes = new EdlNoteSorter(e, before is { RecordDuration: > 0 }, diagnostics).Sort();
        var outgoing = e.Outgoing is { } line && before is { RecordDuration: > 0 } lineTimes
            ? Make(line, lineTimes, e.OutgoingDrop, notes.Outgoing, EdlSortedNotes.None, e.Channels, null)
            : null;
        var channels = e.Channels.ToEvent()?.Field == e.Edit.ChannelText ? null : e.Edit.ChannelText;
        var clip = Make(e.Edit, times, e.Drop, notes.Incoming, notes, e.Channels, channels);
        return new(times, clip, before, outgoing, notes.Outgoing.Name);
    }

    /// <summary>Sound lists often have no source times at all; that is said once and not for each event.</summary>
    public void ReportEventsWithoutSource()
    {
        if (_firstWithoutSource is not { } first) return;
        diagnostics.Note(
            DiagnosticCodes.EdlDurationMismatch,
            first.Location,
            string.Create(CultureInfo.InvariantCulture, $"{_withoutSource} event(s), the first of them {first.Number}, have no source timecode range; their record durations are used."));
    }

    OtioObject Make(EdlEdit edit, EdlTimes times, bool? statement, EdlClipNotes notes, EdlSortedNotes sorted, EdlChannels on, string? channels)
    {
        var scalar = notes.Motion is { } motion ? Scalar(motion) : (double?)null;
        var effects = scalar is not { } speed ? OtioArray.Empty : OtioArray.Of([speed == 0 ? OtioBuild.FreezeFrame() : OtioBuild.LinearTimeWarp(speed)]);
        var markers = sorted.Locators.Count == 0 ? OtioArray.Empty : Markers(sorted.Locators, times);
        var section = new OtioObject([.. SectionFields(edit, times, statement, notes, sorted.Comments, scalar, channels)]);
        var metadata = (sorted.Colors.IsEmpty, on.Count > 1) switch
        {
            (true, false) => OtioObject.Map((EdlKeys.Section, section)),
            (false, false) => OtioObject.Map((EdlKeys.Section, section), ("cdl", ColorDecisions(sorted.Colors))),
            (true, true) => OtioObject.Map((EdlKeys.Section, section), (OtioSchema.OwnMetadata, Link(edit))),
            _ => OtioObject.Map((EdlKeys.Section, section), ("cdl", ColorDecisions(sorted.Colors)), (OtioSchema.OwnMetadata, Link(edit))),
        };
        return EdlNodes.Clip(notes.Name ?? edit.Reel, MediaOf(edit, notes), _nodes.Range(times.SourceIn, times.SourceRate, times.RecordDuration), effects, markers, metadata);
    }

    OtioObject Link(EdlEdit edit) => OtioObject.Map(("link", NextLink(edit)));

    List<OtioField> SectionFields(
        EdlEdit edit, EdlTimes times, bool? statement, EdlClipNotes notes, ImmutableArray<string> comments, double? scalar, string? channels)
    {
        var fields = new List<OtioField>(4) { new(EdlKeys.Reel, edit.Reel) };
        if (comments.Length > 0) fields.Add(new(EdlKeys.Comments, EdlLayout.Strings(comments)));
        if (notes.Name is null) fields.Add(new(EdlKeys.Unnamed, true));
        else if (notes.NameFrom is not null) fields.Add(new(EdlKeys.NameFrom, notes.NameFrom));
        if (notes.MediaFrom is not null) fields.Add(new(EdlKeys.MediaFrom, notes.MediaFrom));
        if (times.SourceRate != clock.Rate)
        {
            if (times.SourceDrop) fields.Add(new(EdlKeys.FrameCode, EdlKeys.DropFrame));
        }
        else if (times.SourceDrop != (clock.RecordDrop || listDrop is true) && _canDrop)
        {
            fields.Add(new(EdlKeys.FrameCode, times.SourceDrop ? EdlKeys.DropFrame : EdlKeys.NonDropFrame));
        }
        else if (statement is { } said && said != (listDrop ?? false) && !_canDrop)
        {
            fields.Add(new(EdlKeys.FrameCode, said ? EdlKeys.DropFrame : EdlKeys.NonDropFrame));
        }

        if (edit.Type is EdlEditType.KeyBackground or EdlEditType.Key or EdlEditType.KeyOut)
        {
            fields.Add(new(EdlKeys.Transition, edit.TypeText));
            if (edit.Length is { } length) fields.Add(new(EdlKeys.TransitionDuration, (double)length));
        }

        AddMotion(fields, edit, notes.Motion);
        AddSourceDuration(fields, edit, times, scalar);
        if (channels is not null) fields.Add(new(EdlKeys.Channels, channels));
        return fields;
    }

    /// <summary>Counted by what the event uses, not by its place, so that another edit of the list gives the same link.</summary>
    string NextLink(EdlEdit edit)
    {
        var use = $"{edit.Reel}@{edit.SourceIn}";
        var count = _links[use] = _links.GetValueOrDefault(use) + 1;
        return count == 1 ? use : string.Create(CultureInfo.InvariantCulture, $"{use}#{count}");
    }

    /// <summary>An M2 counts frames per second of timecode, so 100 % is 30 at 29.97 and 24 at 23.976.</summary>
    double Scalar(EdlNote.Motion motion) =>
        (double)(decimal.Parse(motion.Speed, NumberStyles.Float, CultureInfo.InvariantCulture) / clock.Rate.NominalFramesPerSecond);

    static void AddMotion(List<OtioField> fields, EdlEdit edit, EdlNote.Motion? motion)
    {
        if (motion is null) return;
        fields.Add(new(EdlKeys.MotionSpeed, motion.Speed));
        if (motion.Trigger != edit.SourceIn) fields.Add(new(EdlKeys.MotionTrigger, motion.Trigger ?? ""));
    }

    void AddSourceDuration(List<OtioField> fields, EdlEdit edit, EdlTimes times, double? scalar)
    {
        if (times.SourceDuration == EdlMotion.SourceDuration(times.RecordDuration, clock.Rate, scalar, times.SourceRate)) return;
        fields.Add(new(EdlKeys.SourceDuration, times.SourceDuration));
        fields.Add(new(EdlKeys.SourceDurationFor, times.RecordDuration));
        if (scalar is not null) return;
        if (times.SourceDuration == 0)
        {
            _firstWithoutSource ??= edit;
            _withoutSource++;
            return;
        }

        diagnostics.Warn(
            DiagnosticCodes.EdlDurationMismatch,
            edit.Location,
            string.Create(CultureInfo.InvariantCulture, $"Event {edit.Number} takes {times.SourceDuration} source frames for {times.RecordDuration} record frames and has no M2; its record duration is used."));
    }

    static OtioObject MediaOf(EdlEdit edit, EdlClipNotes notes)
    {
        var reel = edit.Reel;
        if (reel.Equals("BL", StringComparison.OrdinalIgnoreCase)) return EdlNodes.BlackReference();
        if (reel.Equals("BARS", StringComparison.OrdinalIgnoreCase)) return OtioBuild.GeneratorReference("SMPTEBars", null);
        // A reel is the media's identity where the list names no file.
        if (notes.Media is not { } media) return EdlNodes.Missing(reel.Equals("AX", StringComparison.OrdinalIgnoreCase) ? "" : reel);
        return notes.MediaFrom is not null || media.AsSpan().ContainsAny('/', '\\') ? OtioBuild.ExternalReference(media, null) : EdlNodes.Missing(media);
    }

    OtioObject ColorDecisions(ImmutableArray<EdlNote.ColorDecision> colors)
    {
        var cdl = OtioObject.EmptyMap;
        foreach (var color in colors) cdl = color.IsSaturation ? cdl.With("asc_sat", _numbers.Of(color)[0]) : cdl.With("asc_sop", SlopeOffsetPower(_numbers.Of(color)));
        return cdl;
    }

    static OtioObject SlopeOffsetPower(OtioNumber[] numbers) =>
        OtioObject.Map(("slope", Three(numbers, 0)), ("offset", Three(numbers, 3)), ("power", Three(numbers, 6)));

    static OtioArray Three(OtioNumber[] numbers, int first) => new([numbers[first], numbers[first + 1], numbers[first + 2]]);

    OtioObject MarkedAt(EdlTimes times, long at)
    {
        var start = Flicks.FromFrames(times.SourceIn, times.SourceRate) + Flicks.FromFrames(at - times.RecordIn, clock.Rate);
        return OtioTimes.WriteRange(null, new(start, Flicks.Zero), times.SourceRate);
    }

    OtioArray Markers(IReadOnlyList<EdlNote.Locator> locators, EdlTimes times) => OtioArray.Of(locators.Select(l => Marker(l, times)).OfType<OtioObject>());

    OtioObject? Marker(EdlNote.Locator locator, EdlTimes times)
    {
        if (!clock.TryRecord(locator.Timecode, out var at))
        {
            diagnostics.Warn(
                DiagnosticCodes.EdlBadTimecode,
                locator.Location,
                $"The marker at {locator.Timecode} was left out: that timecode does not exist at {EdlClock.Spoken(clock.Rate)} fps.");
            return null;
        }

        var marker = times.SourceRate == clock.Rate
            ? _nodes.Marker(locator.Name, times.SourceIn + at - times.RecordIn, locator.Color.ToUpperInvariant())
            : OtioBuild.Marker(locator.Name, MarkedAt(times, at), locator.Color.ToUpperInvariant());
        return locator.Color.Length == 0
            ? marker
            : marker.With("metadata", OtioObject.Map((EdlKeys.Section, OtioObject.Map((EdlKeys.MarkerColor, locator.Color)))));
    }
}
