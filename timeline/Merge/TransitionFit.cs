using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>Holds a transition against the cut it ended up at, and asks what becomes of one that does not fit there.</summary>
sealed class TransitionFit(MergeRun run, Track track, ImmutableArray<Element> elements)
{
    /// <summary>It touches no clip, so no edit can take its cut away.</summary>
    public static bool IsLoose(EditPoint point) => point.Left is null && point.Right is null;

    /// <summary>The transition where it fits, or made to fit as it was answered; null when it goes.</summary>
    public EditPoint? Fit(EditPoint point, bool inOurs)
    {
        if (IsLoose(point)) return point;
        var (left, right) = (Find(point.Left), Find(point.Right));
        if ((point.Left is not null && left is null) || (point.Right is not null && right is null) || !Adjacent(left, right))
        {
            return Ask(point, inOurs, "the cut it stood on is gone", null);
        }

        var shortest = Shortened(point, left, right);
        if (point.Equals(shortest) || WasTight(point)) return point;
        return Ask(point, inOurs, "its clips are too short for it", shortest);
    }

    Element? Find(ElementId? id) => id is { } known ? elements.FirstOrDefault(e => e.Id == known) : null;

    bool Adjacent(Element? left, Element? right)
    {
        if (left is null || right is null) return left is not null || right is not null;
        return right.Lead.Duration.IsZero && elements.IndexOf(right) == elements.IndexOf(left) + 1;
    }

    /// <summary>As long as its clips let it be; null when that is nothing.</summary>
    static EditPoint? Shortened(EditPoint point, Element? left, Element? right)
    {
        var shortest = point with { InOffset = Flicks.Min(point.InOffset, RoomBefore(left, right)), OutOffset = Flicks.Min(point.OutOffset, RoomAfter(left, right)) };
        var usable = !shortest.InOffset.IsNegative && !shortest.OutOffset.IsNegative && shortest.InOffset + shortest.OutOffset > Flicks.Zero;
        return usable || shortest.Equals(point) ? shortest : null;
    }

    static Flicks RoomBefore(Element? left, Element? right)
    {
        var room = left?.Duration ?? Flicks.MaxValue;
        return right is Clip { Media.Available: { } available } && !Splits.HasSpeed(right)
            ? Flicks.Min(room, right.SourceStart - available.Start)
            : room;
    }

    static Flicks RoomAfter(Element? left, Element? right)
    {
        var room = right?.Duration ?? Flicks.MaxValue;
        return left is Clip { Media.Available: { } available } && !Splits.HasSpeed(left)
            ? Flicks.Min(room, available.End - left.SourceStart - left.Duration)
            : room;
    }

    /// <summary>Programs let an editor make transitions that outrun the media; one that a side has already is its own affair.</summary>
    bool WasTight(EditPoint point)
    {
        bool Tight(SideView side)
        {
            if (side.Cut.Track(track.Id)?.EditPoints.Any(p => p.Id == point.Id && p.InOffset == point.InOffset && p.OutOffset == point.OutOffset) != true) return false;
            var left = point.Left is { } l ? side.Find(l)?.Element : null;
            var right = point.Right is { } r ? side.Find(r)?.Element : null;
            return RoomBefore(left, right) < point.InOffset || RoomAfter(left, right) < point.OutOffset;
        }

        return Tight(run.Ours) || Tight(run.Theirs);
    }

    EditPoint? Ask(EditPoint point, bool inOurs, string why, EditPoint? shortened)
    {
        var clash = Misfit(point, inOurs, why, shortened);
        var choice = run.Book.Ask(clash);
        if (choice == Choice.KeepClip) run.Note($"The {Wording.Transition(point)}{Between(point)} does not fit even so; it is not in the merged cut.", clash.Elements.AsSpan());
        return choice switch
        {
            Choice.Both => shortened,
            Choice.AfterLeft => AfterLeft(point),
            Choice.BeforeRight => BeforeRight(point),
            _ => null,
        };
    }

    Clash Misfit(EditPoint point, bool inOurs, string why, EditPoint? shortened)
    {
        var name = Wording.Transition(point);
        var (keeper, other) = inOurs ? (run.Ours, run.Theirs) : (run.Theirs, run.Ours);
        var kept = $"has a {name}{Between(point)}";
        const string changed = "changed the clips there";
        var (ours, theirs) = inOurs ? (kept, changed) : (changed, kept);
        var offers = new List<Offer> { new(other.AsChoice, $"Leave out the {name}") };
        if (shortened is not null) offers.Add(new(Choice.Both, $"Shorten the {name} to {run.Words.Frames(shortened.InOffset + shortened.OutOffset)}"));
        if (AfterLeft(point) is { } after) offers.Add(new(Choice.AfterLeft, Attached(point, after)));
        if (BeforeRight(point) is { } before) offers.Add(new(Choice.BeforeRight, Attached(point, before)));
        var disturbing = WithLinked(Disturbing(point, other).ToList(), other);
        if (!disturbing.IsEmpty) offers.Add(new(Choice.KeepClip, KeptClip(disturbing, keeper, other, name)));
        return AboutCut(point, "fit", $"{why}|{ours}|{theirs}", ours, theirs) with
        {
            Sentence = $"{keeper.Name} has a {name}{Between(point)}, but with {other.Name}'s edit {why}.",
            Offered = [.. offers.Select(o => o.Choice)],
            Worded = [.. offers],
            Also = disturbing,
            Prepared = [Choice.KeepClip],
            Against = other.Side,
        };
    }

    /// <summary>What the other side took out, put between or changed at the cut of a transition.</summary>
    IEnumerable<ElementId> Disturbing(EditPoint point, SideView other)
    {
        foreach (var id in new[] { point.Left, point.Right }.OfType<ElementId>())
        {
            if (run.Base.Find(id) is not { } was) continue;
            var now = other.Find(id);
            if (now is null || other.Moved(id) || other.Pushed(id) || (now.Element.SourceStart, now.Element.Duration) != (was.Element.SourceStart, was.Element.Duration)) yield return id;
        }

        var (left, right) = (elements.FindIndex(point.Left), elements.FindIndex(point.Right));
        for (var i = left + 1; left >= 0 && i < right; i++)
        {
            if (other.Inserted(elements[i].Id) || other.Moved(elements[i].Id)) yield return elements[i].Id;
        }
    }

    /// <summary>Picture and sound of a clip are set aside together.</summary>
    ImmutableArray<ElementId> WithLinked(List<ElementId> ids, SideView other)
    {
        var links = ids.Select(id => (other.Find(id) ?? run.Base.Find(id))?.Element.Link).OfType<string>().ToHashSet();
        var linked = other.Cut.All.Concat(run.Base.All).Where(p => p.Element.Link is { } link && links.Contains(link)).Select(p => p.Element.Id);
        return [.. ids.Concat(linked).Distinct()];
    }

    string KeptClip(ImmutableArray<ElementId> disturbing, SideView keeper, SideView other, string name)
    {
        string Names(IEnumerable<ElementId> ids) => string.Join(" and ", ids.Select(run.Called).Distinct());
        var gone = disturbing.Where(id => other.Find(id) is null).ToList();
        var between = disturbing.Where(other.Inserted).ToList();
        if (gone.Count > 0) return $"Keep {Names(gone)}, and the {name} with it";
        return between.Count > 0 ? $"Leave out {Names(between)}, and keep the {name}" : $"Keep {Names(disturbing)} as {keeper.Name} has it, and the {name}";
    }

    string Attached(EditPoint point, EditPoint attached)
    {
        var length = attached.InOffset + attached.OutOffset;
        var shorter = length < point.InOffset + point.OutOffset ? $", {run.Words.Frames(length)} long" : "";
        return $"Put the {Wording.Transition(point)}{Between(attached)}{shorter}";
    }

    /// <summary>At the cut that its outgoing element ends at, if there is one without a transition.</summary>
    EditPoint? AfterLeft(EditPoint point) =>
        point.Left is { } id && elements.FindIndex(id) is >= 0 and var index && index + 1 < elements.Length ? At(point, elements[index], elements[index + 1]) : null;

    EditPoint? BeforeRight(EditPoint point) =>
        point.Right is { } id && elements.FindIndex(id) is > 0 and var index ? At(point, elements[index - 1], elements[index]) : null;

    EditPoint? At(EditPoint point, Element left, Element right)
    {
        if ((left.Id, right.Id) == (point.Left, point.Right) || !right.Lead.Duration.IsZero) return null;
        var isTaken = new[] { run.Base, run.Ours.Cut, run.Theirs.Cut }
            .SelectMany(cut => cut.Track(track.Id)?.EditPoints ?? [])
            .Any(p => p.Left == left.Id && p.Right == right.Id);
        return isTaken ? null : Shortened(point with { Left = left.Id, Right = right.Id }, left, right);
    }

    string Between(EditPoint point) => (point.Left, point.Right) switch
    {
        ({ } l, { } r) => $" between {run.Called(l)} and {run.Called(r)}",
        ({ } l, null) => $" at the end of {run.Called(l)}",
        (null, { } r) => $" at the start of {run.Called(r)}",
        _ => "",
    };

    /// <summary>A clash about a transition, ready to be worded.</summary>
    public Clash AboutCut(EditPoint point, string register, string values, string ours, string theirs) =>
        new(ConflictKind.Transition, $"{point.Id}/{register}")
        {
            Elements = [.. new[] { point.Left, point.Right }.OfType<ElementId>(), point.Id],
            Tracks = [track.Name],
            Group = $"{point.Id}/{register}",
            Values = values,
            Subject = Wording.Transition(point),
            Sentence = $"The {Wording.Transition(point)}{Between(point)}: {run.Ours.Name} {ours}; {run.Theirs.Name} {theirs}.",
            Base = run.Base.Track(track.Id)?.EditPoints.Any(p => p.Id == point.Id) == true ? new("as it was", null) : Term.Absent,
            Ours = new(ours, null),
            Theirs = new(theirs, null),
        };
}

file static class Row
{
    extension(ImmutableArray<Element> elements)
    {
        public int FindIndex(ElementId? id)
        {
            for (var i = 0; i < elements.Length; i++)
            {
                if (elements[i].Id == id) return i;
            }

            return -1;
        }
    }
}
