using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>Two elements that want the same time of a track: what is asked, and what an answer makes of them.</summary>
sealed class OccupiedTime(MergeRun run, Presence presence)
{
    readonly Dictionary<ElementId, List<(Element Element, Flicks Start)>> _lifted = [];

    /// <summary>What goes to a track of its own above, by the track it stood on.</summary>
    public IReadOnlyDictionary<ElementId, List<(Element Element, Flicks Start)>> Lifted => _lifted;

    /// <summary>The row of a track with overlaps settled as they were answered; the others are still there.</summary>
    public List<(Element Element, Flicks Start)> Settled(ElementId track, List<(Element Element, Flicks Start)> row)
    {
        var settled = new List<(Element Element, Flicks Start)>(row.Count);
        foreach (var placed in row)
        {
            var next = placed;
            var stays = true;
            while (stays && settled is [.., var last] && next.Start < End(last))
            {
                var choice = run.Book.ChoiceOf(KeyOf(last.Element.Id, next.Element.Id));
                if (choice == Choice.TrimEarlier && next.Start > last.Start) settled[^1] = (last.Element with { Duration = next.Start - last.Start }, last.Start);
                else if (choice == Choice.TrimLater && End(last) < End(next)) next = Later(next, End(last));
                else if (choice != Choice.NewTrack || TheirsOf(last.Element.Id, next.Element.Id) is not { } theirs) break;
                else if (theirs == next.Element.Id) stays = false;
                else settled.RemoveAt(settled.Count - 1);
                if (choice == Choice.NewTrack) Lift(track, stays ? last : next);
            }

            if (stays) settled.Add(next);
        }

        return settled;
    }

    static Flicks End((Element Element, Flicks Start) placed) => placed.Start + placed.Element.Duration;

    static (Element Element, Flicks Start) Later((Element Element, Flicks Start) placed, Flicks start)
    {
        var by = start - placed.Start;
        return (placed.Element with { Duration = placed.Element.Duration - by, SourceStart = placed.Element.SourceStart + by }, start);
    }

    void Lift(ElementId track, (Element Element, Flicks Start) placed)
    {
        if (!_lifted.TryGetValue(track, out var row)) _lifted[track] = row = [];
        row.Add(placed);
    }

    /// <summary>The one of two elements that their side put or made to be there and ours did not; null when that is neither or both.</summary>
    ElementId? TheirsOf(ElementId first, ElementId second) => (IsTheirs(first), IsTheirs(second)) switch
    {
        (true, false) => first,
        (false, true) => second,
        _ => null,
    };

    bool IsTheirs(ElementId id) => IsPlaced(run.Theirs, id) && !IsPlaced(run.Ours, id);

    static bool IsPlaced(SideView side, ElementId id) =>
        side.Inserted(id) || side.Moved(id) || side.Pushed(id) || side.Edits(id).Exists(d => d.Kind is EditKind.TrimHead or EditKind.TrimTail or EditKind.Retime);

    static string KeyOf(params ReadOnlySpan<ElementId> ids) => $"occupied/{string.Join('/', ids.ToArray())}";

    /// <param name="first">The earlier element.</param>
    /// <param name="second">The later one; null when the first would start before its track does.</param>
    public Clash Clash((Element Element, Flicks Start) first, (Element Element, Flicks Start)? second)
    {
        ElementId[] direct = second is { } other ? [first.Element.Id, other.Element.Id] : [first.Element.Id];
        var links = direct.Select(id => run.Known(id)?.Link).OfType<string>().ToHashSet();
        var all = presence.Kept.Values.Select(s => s.Element)
            .Where(e => direct.Contains(e.Id) || (e.Link is { } link && links.Contains(link)))
            .Select(e => e.Id).Order();
        string Did(SideView side, ElementId id, string name) =>
            side.Inserted(id) ? $"inserted {name}" : side.Moved(id) || side.Pushed(id) ? $"moved {name}" : side.Tell(id, name);
        string Told(SideView side) => string.Join(" and ", direct.Select(id => Did(side, id, run.Called(id))));
        string Times(SideView side) => string.Join(',', direct.Select(id => $"{side.Change.BaseTime(id).Value}+{side.Find(id)?.Element.Duration.Value}"));
        var names = string.Join(" and ", direct.Select(run.Called));
        var where = run.TrackOf(first.Element.Id);
        var clash = new Clash(ConflictKind.Occupied, KeyOf(direct))
        {
            Elements = [.. all],
            Tracks = [where],
            Group = $"occupied/{string.Join('/', direct.Select(run.GroupOf))}",
            Values = $"{Told(run.Ours)},{Times(run.Ours)}|{Told(run.Theirs)},{Times(run.Theirs)}",
            Subject = run.Called(first.Element.Id),
            Sentence = second is null
                ? $"{names} would start before the beginning of {where}: {run.Ours.Name} {Told(run.Ours)}; {run.Theirs.Name} {Told(run.Theirs)}."
                : $"{names} want the same time on {where}: {run.Ours.Name} {Told(run.Ours)}; {run.Theirs.Name} {Told(run.Theirs)}.",
            Base = run.Base.Find(first.Element.Id) is { } was ? new("as it was", was.Range) : Term.Absent,
            Ours = run.Ours.TermOf(first.Element.Id, Told(run.Ours)),
            Theirs = run.Theirs.TermOf(first.Element.Id, Told(run.Theirs)),
        };
        return second is { } later ? WithWaysOfKeepingBoth(clash, first, later) : clash;
    }

    Clash WithWaysOfKeepingBoth(Clash clash, (Element Element, Flicks Start) first, (Element Element, Flicks Start) second)
    {
        var (a, b) = (run.Called(first.Element.Id), run.Called(second.Element.Id));
        var theirs = TheirsOf(first.Element.Id, second.Element.Id);
        var offers = new List<Offer>();
        if (theirs is { } id) offers.Add(new(Choice.NewTrack, $"Keep {run.Called(id)} on a new track above"));
        if (second.Start > first.Start) offers.Add(new(Choice.TrimEarlier, $"Trim the tail of {a} to fit before {b}"));
        if (End(first) < End(second) && !Splits.HasSpeed(second.Element)) offers.Add(new(Choice.TrimLater, $"Trim the head of {b} to fit after {a}"));
        return clash with
        {
            Offered = [Choice.Ours, Choice.Theirs, .. offers.Select(o => o.Choice), Choice.Base],
            Worded = [.. offers],
        };
    }
}
