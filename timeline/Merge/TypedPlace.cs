using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Both sides moved an element through free time, where nothing makes room for it and nothing closes up behind it; a person
/// types in where it shall stand.
/// </summary>
static class TypedPlace
{
    /// <summary>For an element that was moved to two timecodes; null where one of the moves rippled.</summary>
    public static Entry? EntryFor(MergeRun run, ElementId id)
    {
        if (run.Base.Find(id) is not { } was || Ripples(run.Ours, id) || Ripples(run.Theirs, id)) return null;
        if (was.Element.Link is { } link && run.Linked[link].Any(p => p.Start != was.Start)) return null;
        var cut = run.Base.Sequence;
        return new(EntryKind.Timecode) { Count = TimecodeCount.Of(cut), Least = cut.GlobalStart.ToFrames(cut.Rate, Rounding.Nearest) };
    }

    /// <summary>Where an element shall stand, when that was typed in and no other answer set it aside.</summary>
    public static (ElementId Track, Flicks Start)? Of(MergeRun run, ElementId id)
    {
        if (run.Book.TypedFor($"{id}/place") is not { } typed || run.IsReverted(Side.Ours, id) || run.IsReverted(Side.Theirs, id)) return null;
        if (run.Base.Find(id) is not { } was || TimecodeCount.Of(run.Base.Sequence).Read(typed) is not { } frame) return null;
        var (ours, theirs) = (run.Ours.Find(id)?.Track.Id, run.Theirs.Find(id)?.Track.Id);
        var track = ours is { } shared && shared == theirs ? shared : was.Track.Id;
        return (track, Flicks.FromFrames(frame, run.Base.Sequence.Rate, Rounding.Nearest) - run.Base.Sequence.GlobalStart);
    }

    /// <summary>For an element that was pushed along its track by two numbers of frames.</summary>
    /// <param name="run">The run.</param>
    /// <param name="id">The element.</param>
    /// <param name="isAlone">False when what stands behind it moved along.</param>
    public static Entry EntryForPush(MergeRun run, ElementId id, bool isAlone)
    {
        var rate = run.Base.Sequence.Rate;
        var entry = new Entry(EntryKind.Frames) { Moves = true };
        if (run.Base.Find(id) is not { } was) return entry;
        var row = run.Base.On(was.Track.Id);
        var next = was.Index + 1 < row.Count ? row[was.Index + 1] : null;
        return entry with
        {
            Least = -was.Element.Lead.Duration.ToFrames(rate, Rounding.Floor),
            Most = isAlone && next is not null ? next.Element.Lead.Duration.ToFrames(rate, Rounding.Floor) : long.MaxValue,
        };
    }

    static bool Ripples(SideView side, ElementId id) => side.Cut.Sequence.Tracks
        .Where(t => side.Base.HasTrack(t.Id))
        .SelectMany(t => side.Change.Events(t.Id))
        .Any(e => e.Key.Element == id && e.Key.Cause is Cause.MovedOut or Cause.MovedIn && !e.Delta.IsZero);
}
