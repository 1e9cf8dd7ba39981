using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Clips put into a nested sequence, and a nested sequence that gave way to its clips, told as that instead of as what came and
/// went. It is that when everything inside is what stood there, as far apart as it stood there.
/// </summary>
sealed class NestActs(Alignment alignment, Wording wording)
{
    const string Subject = Draft.SubjectMark;

    /// <summary>So many clips are named; of more the first and the last.</summary>
    const int MostNames = 3;

    public List<Draft> Fold(List<Draft> drafts)
    {
        var made = Find(alignment.After, alignment.Before).ToList();
        var dissolved = Find(alignment.Before, alignment.After).ToList();
        if (made.Count + dissolved.Count == 0) return drafts;
        var told = made.Concat(dissolved).SelectMany(a => a.Nests.Concat(a.Clips)).Select(p => p.Element.Id).ToHashSet();
        bool IsTold(Draft d) => d.Kind is EditKind.Insert or EditKind.Delete && d.Elements.All(told.Contains);
        return [.. drafts.Where(d => !IsTold(d)), .. made.SelectMany(Made), .. dissolved.SelectMany(Dissolved)];
    }

    IEnumerable<Draft> Made(Act act) =>
        act.Nests.Select(n => Draft.For(EditKind.NestMake, n, wording, $"Nested {Names(act.Clips)} as {Subject}") with
        {
            Elements = act.Elements,
            Group = act.Group,
        });

    IEnumerable<Draft> Dissolved(Act act)
    {
        var name = Wording.Name(act.Nests[0].Element);
        var first = act.Clips.MinBy(p => p.Start) ?? act.Clips[0];
        return act.Clips.DistinctBy(p => p.TrackIndex).Select(p => Draft.For(EditKind.NestDissolve, p, wording, $"Dissolved {Subject} into {Names(act.Clips)}") with
        {
            Elements = act.Elements,
            Group = act.Group,
            Subject = name,
            At = first.Start,
            Timecode = wording.At(first.Start),
            Duration = act.Nests[0].Element.Duration,
        });
    }

    static string Names(List<Placed> clips)
    {
        var names = clips.OrderBy(p => p.TrackIndex).ThenBy(p => p.Start).Select(p => Wording.Name(p.Element)).Distinct().ToList();
        return names.Count switch
        {
            1 => names[0],
            <= MostNames => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{names.Count} clips ({names[0]} to {names[^1]})"),
        };
    }

    /// <summary>Nests that only one cut has, with the clips of their insides that only the other has.</summary>
    static IEnumerable<Act> Find(Placement with, Placement without)
    {
        var nests = with.All.Where(p => p.Element is Nest && without.Find(p.Element.Id) is null).ToList();
        if (nests.Count == 0) yield break;
        var loose = without.All.Where(p => with.Find(p.Element.Id) is null).ToList();
        foreach (var uses in nests.GroupBy(p => (((Nest)p.Element).Definition ?? p.Element.Id.ToString(), p.Start)))
        {
            var first = (Nest)uses.First().Element;
            if (NestInside.Of(first, with.Sequence.Rate) is not { } inside || Standing(Placement.Of(inside), loose) is not { } clips) continue;
            loose.RemoveAll(clips.Contains);
            yield return new([.. uses], clips);
        }
    }

    /// <summary>The loose elements that everything inside was, or became; null when something inside has none.</summary>
    static List<Placed>? Standing(Placement inside, List<Placed> loose)
    {
        var wanted = inside.All.ToList();
        if (wanted.Count == 0) return null;
        foreach (var offset in loose.Where(p => IsSame(p, wanted[0])).Select(p => p.Start - wanted[0].Start).Distinct())
        {
            if (StandingAt(offset, wanted, loose) is { } found) return found;
        }

        return null;
    }

    static List<Placed>? StandingAt(Flicks offset, List<Placed> wanted, List<Placed> loose)
    {
        var found = new List<Placed>();
        foreach (var inner in wanted)
        {
            if (loose.Find(p => p.Start - inner.Start == offset && IsSame(p, inner) && !found.Contains(p)) is not { } clip) return null;
            found.Add(clip);
        }

        return found;
    }

    static bool IsSame(Placed clip, Placed inner) =>
        clip.Track.Kind == inner.Track.Kind && Likeness.UsedPrint(clip.Element) == Likeness.UsedPrint(inner.Element);

    sealed record Act(List<Placed> Nests, List<Placed> Clips)
    {
        public ImmutableArray<ElementId> Elements => [.. Nests.Concat(Clips).Select(p => p.Element.Id)];

        public string Group => "nest/" + Nests[0].Element.Id;
    }
}
