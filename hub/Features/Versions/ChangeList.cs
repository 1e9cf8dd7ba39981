using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.Versions;

/// <summary>Where an element stands in a cut, and what it shows.</summary>
public sealed record ListedEvent(string Track, string Name, string Media, Flicks Start, Flicks Duration, Flicks SourceStart)
{
    public static ListedEvent Of(Placed placed) => new(
        placed.Track.Name,
        placed.Element.Name,
        placed.Element is Clip clip ? clip.Media.Name : "",
        placed.Start,
        placed.Element.Duration,
        placed.Element.SourceStart);
}

/// <summary>One event that is another, or elsewhere, in the later cut.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c>, <c>moved</c> (the same, elsewhere) or <c>changed</c>.</param>
/// <param name="Before">Null for what was added.</param>
/// <param name="After">Null for what was removed.</param>
/// <param name="Words">What was done to it, in an editor's words; empty for what only moved along.</param>
public sealed record ListedChange(string Kind, ListedEvent? Before, ListedEvent? After, string Words);

/// <summary>
/// All that sound, picture finishing or effects have to do to follow from one cut to another: each event that is not where and
/// what it was. Whoever takes the old events out and puts the new ones in has the later cut's.
/// </summary>
public sealed class ChangeList
{
    readonly Placement _before;
    readonly Placement _after;

    ChangeList(Placement before, Placement after, ImmutableArray<ListedChange> changes) => (_before, _after, Changes) = (before, after, changes);

    /// <summary>In record order, of the later cut or, for what was removed, of the earlier.</summary>
    public ImmutableArray<ListedChange> Changes { get; }

    public static ChangeList Of(Sequence before, Sequence after)
    {
        var (old, now) = (Placement.Of(before), Placement.Of(after));
        var words = new Dictionary<ElementId, List<string>>();
        foreach (var edit in SequenceDiff.Compare(before, after).Edits)
        {
            foreach (var id in edit.Elements) (words.TryGetValue(id, out var known) ? known : words[id] = []).Add(edit.Sentence);
        }

        var changes = new List<ListedChange>();
        foreach (var placed in old.All.Where(placed => now.Find(placed.Element.Id) is null))
        {
            changes.Add(new("removed", ListedEvent.Of(placed), null, WordsOf(words, placed)));
        }

        foreach (var placed in now.All)
        {
            var present = ListedEvent.Of(placed);
            var said = WordsOf(words, placed);
            var earlier = old.Find(placed.Element.Id) is { } was ? ListedEvent.Of(was) : null;
            if (earlier is null) changes.Add(new("added", null, present, said));
            else if (said.Length > 0 || earlier with { Start = present.Start } != present) changes.Add(new("changed", earlier, present, said));
            else if (earlier != present) changes.Add(new("moved", earlier, present, ""));
        }

        return new(old, now, [.. changes.OrderBy(change => (change.After ?? change.Before)?.Start.Value)]);
    }

    /// <summary>The earlier cut with nothing but what is listed, where it stood.</summary>
    public Sequence Before() => Only(_before, _after);

    /// <summary>The later cut with nothing but what is listed, where it stands.</summary>
    public Sequence After() => Only(_after, _before);

    static string WordsOf(Dictionary<ElementId, List<string>> words, Placed placed) =>
        words.TryGetValue(placed.Element.Id, out var said) ? string.Join(' ', said.Distinct(StringComparer.Ordinal)) : "";

    Sequence Only(Placement cut, Placement other)
    {
        var listed = Changes.Select(change => cut == _before ? change.Before : change.After).OfType<ListedEvent>().ToHashSet();
        var tracks = cut.Sequence.Tracks.Select((track, index) => Only(track, cut.Tracks[index], placed => listed.Contains(ListedEvent.Of(placed))));
        return cut.Sequence with { Tracks = [.. tracks], Markers = [] };
    }

    static Track Only(Track track, IReadOnlyList<Placed> row, Func<Placed, bool> isListed)
    {
        var kept = new List<Element>();
        var end = Flicks.Zero;
        foreach (var placed in row.Where(isListed))
        {
            kept.Add(placed.Element with { Lead = Space.Of(placed.Start - end) });
            end = placed.End;
        }

        var ids = kept.Select(element => element.Id).ToHashSet();
        bool Stays(EditPoint point) => point is { Left: { } left, Right: { } right } && ids.Contains(left) && ids.Contains(right);
        return track with { Elements = [.. kept], EditPoints = [.. track.EditPoints.Where(Stays)], Tail = Space.None };
    }
}
