using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

enum Side
{
    Ours,
    Theirs,
}

/// <summary>One side of the merge: its cut, how it came from the base, and how to speak of it.</summary>
sealed class SideView
{
    readonly ElementChanges _changes;
    readonly HashSet<CauseKey> _causes = [];
    readonly Dictionary<ElementId, List<RippleEvent>> _common = [];
    readonly HashSet<ElementId> _pushed;

    public SideView(Side side, Placement origin, Sequence cut, string name)
    {
        Side = side;
        Name = name;
        Words = new(cut);
        Change = Displacement.Of(Alignment.Of(origin, Placement.Of(cut)));
        _changes = new(Change, Words);
        var places = new PlaceChanges(Change, new(origin.Sequence), Words);
        _pushed = [.. places.Spaces().Where(d => !d.Ripple).SelectMany(d => d.Elements)];
        foreach (var track in origin.Sequence.Tracks) _causes.UnionWith(Change.Events(track.Id).Select(e => e.Key));
    }

    public Side Side { get; }

    public string Name { get; }

    public Wording Words { get; }

    public Displacement Change { get; }

    public Placement Base => Change.Alignment.Before;

    public Placement Cut => Change.Alignment.After;

    public Choice AsChoice => Side == Side.Ours ? Choice.Ours : Choice.Theirs;

    public Placed? Find(ElementId id) => Cut.Find(id);

    public bool Moved(ElementId id) => Change.Alignment.IsMoved(id);

    public bool Inserted(ElementId id) => Base.Find(id) is null && Cut.Find(id) is not null;

    public bool HasCause(CauseKey key) => _causes.Contains(key);

    /// <summary>The events of a track; for one that only another cut has, those that most tracks follow.</summary>
    public IReadOnlyList<RippleEvent> EventsOn(ElementId track)
    {
        if (Base.HasTrack(track) && Cut.HasTrack(track)) return Change.Events(track);
        if (!_common.TryGetValue(track, out var events)) _common[track] = events = [.. Change.CommonEvents(track).OrderBy(e => e.At)];
        return events;
    }

    /// <summary>Moved within the order of its track: empty time came before it and went after it.</summary>
    public bool Pushed(ElementId id) => _pushed.Contains(id);

    /// <summary>Moved where it is: out of its order, along its track, or between its neighbours.</summary>
    public bool Shifts(ElementId id) => Moved(id) || Pushed(id) || Change.Slid(id);

    /// <summary>True when what stands on a track after a moment shows whether the track was shifted there.</summary>
    public bool ShowsShift(ElementId track, Flicks at) => Change.Alignment.Anchors(track) is [.., var last] && last.Before.Start >= at;

    /// <summary>What this side did to an element apart from moving it, as sentences without a subject.</summary>
    public List<Draft> Edits(ElementId id) =>
        Base.Find(id) is { } was && Cut.Find(id) is { } now ? [.. _changes.Between(was, now)] : [];

    /// <summary><c>trimmed the tail of SC02 by 9 frames and renamed SC02 to SC02B</c></summary>
    public string Tell(ElementId id, string subject, params ReadOnlySpan<EditKind> kinds)
    {
        var phrases = new List<string>();
        foreach (var draft in Edits(id))
        {
            if (kinds.Length == 0 || kinds.Contains(draft.Kind)) phrases.Add(Plain(draft.Phrase, subject));
        }

        return phrases.Count == 0 ? "left it as it was" : string.Join(" and ", phrases);
    }

    public static string Plain(string phrase, string subject)
    {
        var text = phrase.Replace(Draft.SubjectMark, subject, StringComparison.Ordinal);
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    public Term TermOf(ElementId id, string words) => new(words, Cut.Find(id)?.Range);
}
