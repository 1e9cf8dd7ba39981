using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>The rate and drop mode of a list, and its timecodes as frame counts.</summary>
/// <param name="Rate">Frames per second of sources and record alike: an EDL has one.</param>
/// <param name="RecordDrop">Drop mode of the record side, for the whole list.</param>
internal sealed record EdlClock(FrameRate Rate, bool RecordDrop)
{
    /// <summary>Frames per second beyond which no timecode counts.</summary>
    public const int Fastest = 120;

    /// <summary>Takes the caller's rate, or finds the lowest usual rate that can say every timecode of the list.</summary>
    public static EdlClock For(EdlList list, FrameRate? asked, DiagnosticBag diagnostics)
    {
        var first = list.Events.IsEmpty ? null : list.Events[0];
        var recordDrop = first is not null && (list.FrameCode is true || HasDropSign((first.Outgoing ?? first.Edit).RecordIn));
        if (asked is { } rate) return new(Settle(rate, recordDrop, diagnostics, out var supported), recordDrop && supported);

        var anyDrop = recordDrop || list.Events.Any(e => e.Drop is true || (e.SourceRate is null && HasDropSign(e.Edit.SourceIn)) || HasDropSign(e.Edit.RecordIn));
        var isMixed = list.Events.Any(e => e.SourceRate is not null);
        var highest = 0;
        foreach (var e in list.Events) highest = Math.Max(highest, Math.Max(e.Outgoing is { } o ? HighestFrame(o, !isMixed) : 0, HighestFrame(e.Edit, e.SourceRate is null)));
        var (assumed, why) = (highest, anyDrop) switch
        {
            ( < 30, true) => (FrameRate.Fps2997, "it is drop-frame"),
            ( >= 30, true) => (FrameRate.Fps5994, "it is drop-frame and counts frames past 29"),
            ( < 24, false) => (FrameRate.Fps24, "no timecode has a frame number above 23"),
            (24, false) => (FrameRate.Fps25, "its highest frame number is 24"),
            ( < 30, false) => (FrameRate.Fps30, string.Create(CultureInfo.InvariantCulture, $"its highest frame number is {highest}")),
            ( < 50, false) => (FrameRate.Fps50, string.Create(CultureInfo.InvariantCulture, $"its highest frame number is {highest}")),
            _ => (FrameRate.Fps60, string.Create(CultureInfo.InvariantCulture, $"its highest frame number is {highest}")),
        };
        diagnostics.Note(
            DiagnosticCodes.EdlRateAssumed,
            "",
            $"The list does not say its frame rate; {Spoken(assumed)} fps was assumed because {why}. If that is wrong, give the rate with --rate.");
        return new(assumed, recordDrop);
    }

    public bool SourceDrop(bool? statement, string timecode) =>
        Timecode.SupportsDropFrame(Rate) && (statement is true || HasDropSign(timecode));

    /// <summary>The clock of a source that is counted at a rate of its own; only its timecodes themselves say that they drop.</summary>
    public EdlClock OfSource(FrameRate? own) => own is { } rate && rate != Rate ? this with { Rate = rate } : this;

    public bool TryRecord(string timecode, out long frames) => TryCount(timecode, RecordDrop, out frames);

    /// <summary>A number that drop-frame skips (01:01:00;00) counts as the frame it can only mean, the next one.</summary>
    public bool TryCount(string timecode, bool drop, out long frames)
    {
        frames = 0;
        if (Timecode.TryParse(timecode, Rate, drop, out var time))
        {
            frames = time.Value;
            return true;
        }

        if (!drop || !Timecode.TryParse(timecode, Rate, false, out _)) return false;
        var skipped = Rate.NominalFramesPerSecond / 15;
        var cut = timecode.LastIndexOfAny([':', ';', '.', ',']);
        if (!Timecode.TryParse(string.Create(CultureInfo.InvariantCulture, $"{timecode[..cut]};{skipped}"), Rate, true, out time)) return false;
        frames = time.Value;
        return true;
    }

    public static bool HasDropSign(string timecode) => timecode.AsSpan().ContainsAny(';', ',', '.');

    /// <summary>23.976 for people; the exact fraction is in the document.</summary>
    public static string Spoken(FrameRate rate) => rate.ToDouble().ToString("0.###", CultureInfo.InvariantCulture);

    static FrameRate Settle(FrameRate rate, bool drop, DiagnosticBag diagnostics, out bool supported)
    {
        supported = Timecode.SupportsDropFrame(rate);
        if (!drop || supported) return rate;
        if (rate == FrameRate.Fps30 || rate == FrameRate.Fps60)
        {
            var ntsc = rate == FrameRate.Fps30 ? FrameRate.Fps2997 : FrameRate.Fps5994;
            diagnostics.Warn(
                DiagnosticCodes.EdlDropFrame,
                "",
                $"The list is drop-frame, which {Spoken(rate)} fps does not have; it was read at {Spoken(ntsc)} fps.");
            supported = true;
            return ntsc;
        }

        diagnostics.Warn(
            DiagnosticCodes.EdlDropFrame,
            "",
            $"The list says DROP FRAME, which {Spoken(rate)} fps does not have; its timecodes were read as non-drop. Check --rate.");
        return rate;
    }

    static int HighestFrame(EdlEdit edit, bool isSourceAlike)
    {
        var record = Math.Max(FrameField(edit.RecordIn), FrameField(edit.RecordOut));
        return isSourceAlike ? Math.Max(record, Math.Max(FrameField(edit.SourceIn), FrameField(edit.SourceOut))) : record;
    }

    static int FrameField(string timecode)
    {
        var at = timecode.LastIndexOfAny([':', ';', '.', ',']);
        return int.TryParse(timecode.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var frames) ? Math.Min(frames, 60) : 0;
    }
}
