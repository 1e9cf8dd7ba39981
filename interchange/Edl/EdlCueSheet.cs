using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>Lays one track's items out in record time, transitions turned from overlaps at a cut into events that start early.</summary>
internal sealed class EdlCueSheet(EdlSettings settings, EdlReels reels, EdlTrackPlan plan, DiagnosticBag diagnostics)
{
    readonly List<EdlCue> _cues = [];
    Flicks _position = Flicks.Zero;
    EdlCue? _last;
    OtioObject? _transition;
    long _free = settings.Start;
    int _index = -1;

    string At => _index < 0 ? plan.Location : string.Create(CultureInfo.InvariantCulture, $"{plan.Location}/children/{_index}");

    public List<EdlCue> Build()
    {
        foreach (var value in plan.Track.List("children"))
        {
            if (value is not OtioObject child) continue;
            _index++;
            if (child.SchemaName == OtioSchema.Transition) _transition = child;
            else Take(child);
        }

        CloseWithBlack(long.MaxValue);
        return _cues;
    }

    void Take(OtioObject item)
    {
        if (ItemTimes.SpanOf(item) is not { } span)
        {
            diagnostics.Error(DiagnosticCodes.EdlLeftOut, At, $"'{item.Text("name")}' has no duration that can be read, so it and its time were left out.");
            return;
        }

        var isGap = item.SchemaName == OtioSchema.Gap;
        var disabled = !isGap && item.Flag("enabled") is false;
        if (disabled) diagnostics.Warn(DiagnosticCodes.EdlLeftOut, At, $"'{item.Text("name")}' is disabled, which an EDL cannot say; its place is left empty.");
        if (isGap || disabled)
        {
            CloseWithBlack(Record(_position + span.Duration) - Record(_position));
            _last = null;
        }
        else
        {
            AddCue(item, span);
        }

        _position += span.Duration;
    }

    void AddCue(OtioObject item, TimeRange span)
    {
        var recordIn = Record(_position);
        var recordOut = Record(_position + span.Duration);
        if (recordOut <= recordIn)
        {
            if (_transition is not null) diagnostics.Warn(DiagnosticCodes.EdlLeftOut, At, "The transition into it was left out with it.");
            _transition = null;
            diagnostics.Warn(DiagnosticCodes.EdlLeftOut, At, $"'{item.Text("name")}' lasts less than a frame and was left out.");
            return;
        }

        var own = SourceRate(item);
        if (!_position.IsWholeAt(settings.Rate) || !span.Duration.IsWholeAt(settings.Rate) || !span.Start.IsWholeAt(own))
        {
            diagnostics.Warn(DiagnosticCodes.EdlApproximated, At, $"'{item.Text("name")}' is not on whole frames at {EdlClock.Spoken(settings.Rate)} fps; its times were rounded to the nearest.");
        }

        var (before, after) = TransitionFrames(item, recordIn, span.Start.ToFrames(settings.Rate, Rounding.Nearest));
        var sourceIn = (span.Start - Flicks.FromFrames(before, settings.Rate)).ToFrames(own, Rounding.Nearest);
        var cue = new EdlCue
        {
            Track = plan,
            Item = item,
            RecordIn = recordIn - before,
            RecordOut = recordOut,
            SourceIn = sourceIn,
            SourceRate = own,
            Reel = EdlReels.StatedReel(item) ?? reels.For(item, At),
            Transition = _transition,
            TransitionLength = before + after,
            Previous = _transition is null ? null : _last,
        };
        if (cue.SourceIn < 0)
        {
            diagnostics.Warn(DiagnosticCodes.EdlApproximated, At, $"'{item.Text("name")}' begins before source timecode zero, which an EDL cannot say; zero was written.");
            cue.SourceIn = 0;
        }

        ReportContent(item);
        Append(cue, before);
    }

    /// <summary>
    /// A source's timecode is what its own tape or file shows, so it is counted at that rate: an hour of 23.976 is 01:00:00:00 in a
    /// list of 25 too, where it lasts 3.6 seconds longer.
    /// </summary>
    FrameRate SourceRate(OtioObject item)
    {
        var isOfList = item.Child("metadata")?.Child(EdlKeys.Section) is not null;
        var rate = item.SchemaName != OtioSchema.Clip ? null : isOfList ? ItemTimes.StartRate(item) : ItemTimes.MediaRate(item);
        return rate ?? settings.Rate;
    }

    void Append(EdlCue cue, long before)
    {
        if (_last is { } last && before > 0) last.RecordOut -= before;
        if (cue is { Previous: { Transition: null } previous, Transition: { } transition }
            && transition.Child("metadata")?.Child(EdlKeys.Section)?.Flag(EdlKeys.FromInPair) is true)
        {
            previous.IsInPair = true;
        }

        _cues.Add(cue);
        _last = cue;
        _free = cue.RecordOut;
        _transition = null;
    }

    /// <summary>How far the pending transition reaches to each side of the cut, cut back to what is there.</summary>
    (long Before, long After) TransitionFrames(OtioObject? item, long cut, long sourceIn)
    {
        if (_transition is not { } transition) return (0, 0);
        var before = Frames(transition, "in_offset");
        var after = Frames(transition, "out_offset");
        if (before == 0) return (0, after);

        var room = Math.Min(_last is null ? cut - _free : _last.RecordDuration - 1, Math.Max(0, sourceIn));
        if (before > room)
        {
            diagnostics.Warn(DiagnosticCodes.EdlApproximated, At, string.Create(CultureInfo.InvariantCulture, $"The transition {Between(item)} begins {before} frames before its cut, where only {room} are free; it was shortened."));
            before = room;
        }
        else
        {
            diagnostics.Note(DiagnosticCodes.EdlApproximated, At, string.Create(CultureInfo.InvariantCulture, $"The transition {Between(item)} begins {before} frames before its cut; an EDL starts the incoming event there, and the cut inside it is not kept."));
        }

        return (before, after);
    }

    string Between(OtioObject? item) => _last?.Item is { } from ? $"from '{from.Text("name")}' to '{item?.Text("name") ?? "black"}'" : $"into '{item?.Text("name") ?? "black"}'";

    /// <summary>A transition with nothing after it fades to black: an event of black as long as the transition.</summary>
    void CloseWithBlack(long room)
    {
        if (_transition is not { } transition) return;
        var cut = Record(_position);
        var (before, wanted) = TransitionFrames(null, cut, long.MaxValue);
        var after = Math.Min(wanted, room);
        if (before + after > 0 && _last is not null)
        {
            diagnostics.Note(DiagnosticCodes.EdlApproximated, At, "The transition into nothing was written as a dissolve to an event of black (BL).");
            Append(
                new EdlCue
                {
                    Track = plan,
                    Item = null,
                    RecordIn = cut - before,
                    RecordOut = cut + after,
                    SourceIn = 0,
                    SourceRate = settings.Rate,
                    Reel = EdlReels.Black,
                    Transition = transition,
                    TransitionLength = before + after,
                    Previous = _last,
                },
                before);
        }
        else
        {
            diagnostics.Warn(DiagnosticCodes.EdlLeftOut, At, "A transition between two gaps, or of no length, was left out.");
        }

        _transition = null;
    }

    void ReportContent(OtioObject item)
    {
        if (item.SchemaName != OtioSchema.Clip)
        {
            diagnostics.Warn(
                DiagnosticCodes.EdlApproximated,
                At,
                string.Create(CultureInfo.InvariantCulture, $"The nested {item.SchemaName} '{item.Text("name")}' was written as one event; the {ClipsIn(item)} clips inside it were left out."));
        }

        if (item.List("effects").IsEmpty) return;
        var warp = EdlWarp.Of(item);
        if (warp is { IsAverage: true })
        {
            diagnostics.Warn(
                DiagnosticCodes.EdlApproximated,
                At,
                string.Create(CultureInfo.InvariantCulture, $"The speed of '{item.Text("name")}' varies; its average, {warp.TimeScalar * 100:0.##} %, was written."));
        }

        foreach (var effect in item.Objects("effects"))
        {
            if (ReferenceEquals(effect, warp?.Effect)) continue;
            var name = effect.Text("effect_name") is { Length: > 0 } kind ? kind : effect.SchemaName;
            diagnostics.Warn(DiagnosticCodes.EdlLeftOut, At, $"The effect '{name}' on '{item.Text("name")}' was left out; an EDL can only say a constant speed.");
        }
    }

    static int ClipsIn(OtioObject nest)
    {
        var count = 0;
        var waiting = new Stack<OtioObject>([nest]);
        while (waiting.TryPop(out var item))
        {
            if (item.SchemaName == OtioSchema.Clip) count++;
            foreach (var child in item.Objects("children")) waiting.Push(child);
        }

        return count;
    }

    long Frames(OtioObject transition, string field) =>
        ItemTimes.Moment(transition.Child(field)) is { } time && !time.IsNegative ? time.ToFrames(settings.Rate, Rounding.Nearest) : 0;

    long Record(Flicks position) => settings.Start + position.ToFrames(settings.Rate, Rounding.Nearest);
}
