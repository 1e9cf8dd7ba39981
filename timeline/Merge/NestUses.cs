using CineGit.Timeline.Checks;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Uses of a nested sequence whose range one side chose, by a trim, a slip, a retime or by putting them there, and from which
/// the other side took time out inside. Uses that nobody touched show what the sequence became.
/// </summary>
static class NestUses
{
    static readonly EditKind[] Kinds = [EditKind.TrimHead, EditKind.TrimTail, EditKind.Slip, EditKind.Retime];

    public static IEnumerable<Clash> Emptied(MergedNest nest, SideView ours, SideView theirs) =>
        [.. Emptied(nest, ours, theirs, ours), .. Emptied(nest, ours, theirs, theirs)];

    static IEnumerable<Clash> Emptied(MergedNest nest, SideView ours, SideView theirs, SideView editor)
    {
        var chooser = editor == ours ? theirs : ours;
        if (NestInside.SameInside(nest.Of(editor.Side), nest.Base)) yield break;
        var rate = editor.Base.Sequence.Rate;
        if ((NestInside.Identified(nest.Base, rate), NestInside.Identified(nest.Of(editor.Side), rate)) is not ({ } was, { } now)) yield break;
        var lost = NestLosses.Between(was, now);
        if (lost.Count == 0) yield break;
        foreach (var use in chooser.Cut.All)
        {
            if (use.Element is not Nest shown || NestMerge.DefinitionOf(shown) != nest.Definition) continue;
            if (!IsChosen(shown, nest.Of(chooser.Side), chooser, editor)) continue;
            var used = lost.Select(l => l.OverlapWith(Range(shown))).Aggregate(Flicks.Zero, (sum, t) => sum + t);
            if (!used.IsZero) yield return About(use, used, lost, ours, theirs, editor, chooser);
        }
    }

    static bool IsChosen(Nest use, Nest inside, SideView chooser, SideView editor)
    {
        var (was, other) = (chooser.Base.Find(use.Id)?.Element, editor.Find(use.Id)?.Element);
        var isDeleted = was is not null && other is null;
        var follows = !NestInside.SaysRange(use) && use.Duration == NestInside.LengthOf(inside);
        return !isDeleted && !follows && !IsSameRange(use, was) && !IsSameRange(use, other);
    }

    static bool IsSameRange(Element use, Element? other) =>
        other is not null && use.SourceStart == other.SourceStart && use.Duration == other.Duration && !Timing.SpeedChanged(use, other);

    /// <summary>What of its inside a use shows. Programs do not agree from which end a reversed one runs, so it is both.</summary>
    static TimeRange Range(Nest use)
    {
        var source = SourceUse.Of(use);
        var length = source?.Source(use.Duration) ?? use.Duration;
        return source is { IsBackwards: true } ? TimeRange.Between(use.SourceStart - length, use.SourceStart + length) : new(use.SourceStart, length);
    }

    static Clash About(Placed use, Flicks used, List<TimeRange> lost, SideView ours, SideView theirs, SideView editor, SideView chooser)
    {
        var id = use.Element.Id;
        var name = Wording.Name(use.Element);
        var isInserted = chooser.Inserted(id);
        var chose = isInserted ? "inserted " + name : chooser.Tell(id, name, Kinds);
        var took = $"removed {editor.Words.Frames(used)} inside {name} that it shows";
        var (mine, yours) = chooser == ours ? (chose, took) : (took, chose);
        var linked = chooser.Cut.All.Where(p => p.Element.Link is not null && p.Element.Link == use.Element.Link).Select(p => p.Element.Id);
        var range = $"{use.Element.SourceStart.Value}+{use.Element.Duration.Value}";
        var losses = string.Join(',', lost.Select(l => $"{l.Start.Value}+{l.Duration.Value}"));
        return new(ConflictKind.Nest, $"{use.Element.Link ?? id.ToString()}/emptied")
        {
            Elements = [.. linked.Append(id).Distinct().Order()],
            Tracks = [use.Track.Name],
            Group = $"{use.Element.Link ?? id.ToString()}/emptied",
            Values = chooser == ours ? $"{range}|{losses}" : $"{losses}|{range}",
            Subject = name,
            Sentence = $"{ours.Name} {mine}; {theirs.Name} {yours}.",
            Base = chooser.Base.Find(id) is { } origin ? new("as it was", origin.Range) : Term.Absent,
            Ours = ours.TermOf(id, mine),
            Theirs = theirs.TermOf(id, yours),
            Offered = isInserted ? [chooser.AsChoice, editor.AsChoice] : [chooser.AsChoice, editor.AsChoice, Choice.Base],
        };
    }
}
