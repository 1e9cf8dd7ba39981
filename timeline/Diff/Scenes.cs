using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Inserts, deletes and moves of neighbours, told as one: nobody reads fourteen lines about one scene. Whatever came, went or
/// moved on other tracks in that time belongs to it.
/// </summary>
sealed class Scenes(Alignment alignment, Wording before, Wording after)
{
    const int Fewest = 3;

    readonly HashSet<Line> _taken = new(ReferenceEqualityComparer.Instance);

    /// <summary>The edits, those of scenes as children of one edit.</summary>
    public ImmutableArray<Edit> Gather(IReadOnlyList<Line> lines)
    {
        var candidates = lines.Where(l => l.First.Act is not null).ToList();
        if (candidates.Count < Fewest) return [.. lines.Select(l => l.Edit)];
        var scenes = new Dictionary<Line, Edit>(ReferenceEqualityComparer.Instance);
        foreach (var act in candidates.GroupBy(ActOf))
        {
            foreach (var run in Runs([.. act]).OrderByDescending(r => r.Count))
            {
                if (!run.Exists(_taken.Contains)) scenes[run[0]] = Scene(run, [.. act]);
            }
        }

        return
        [
            .. lines
                .Where(l => !_taken.Contains(l) || scenes.ContainsKey(l))
                .Select(l => scenes.GetValueOrDefault(l, l.Edit)),
        ];
    }

    static (EditKind Kind, string? Act, bool Ripple, Flicks Amount) ActOf(Line line) =>
        (line.Edit.Kind, line.First.Act, line.Edit.Ripple, line.Edit.Amount);

    IEnumerable<List<Line>> Runs(List<Line> act)
    {
        var run = new List<Line>();
        foreach (var line in act.OrderBy(l => l.First.TrackIndex).ThenBy(l => l.Edit.At))
        {
            if (run.Count > 0 && !Follows(run[^1], line))
            {
                if (run.Count >= Fewest) yield return run;
                run = [];
            }

            run.Add(line);
        }

        if (run.Count >= Fewest) yield return run;
    }

    bool Follows(Line left, Line right) => right.Edit.Kind switch
    {
        EditKind.Insert => Neighbours(alignment.After, left, right),
        EditKind.Delete => Neighbours(alignment.Before, left, right),
        _ => Neighbours(alignment.Before, left, right) && Neighbours(alignment.After, left, right),
    };

    static bool Neighbours(Placement cut, Line left, Line right) =>
        cut.Find(left.First.Elements[0]) is { } l && cut.Find(right.First.Elements[0]) is { } r
        && l.Track.Id == r.Track.Id && l.Index + 1 == r.Index;

    Edit Scene(List<Line> run, List<Line> act)
    {
        var (first, last) = (run[0], run[^1]);
        var start = first.Edit.At;
        var end = last.Edit.At + last.Edit.Duration;
        var parts = act
            .Where(l => run.Contains(l) || (!_taken.Contains(l) && l.Edit.At >= start && l.Edit.At + l.Edit.Duration <= end))
            .OrderBy(l => l.Edit.At).ThenBy(l => l.First.TrackIndex)
            .ToList();
        _taken.UnionWith(parts);
        var name = string.Create(CultureInfo.InvariantCulture, $"a scene of {run.Count} clips ({first.Edit.Subject} to {last.Edit.Subject})");
        return Draft.Join([.. Tracks(parts, first.First with { Subject = name, Phrase = Phrase(first.First, end - start) })]) with
        {
            Elements = [.. parts.SelectMany(p => p.Edit.Elements)],
            Duration = end - start,
            Subject = first.Edit.Subject,
            Children = [.. parts.Select(p => p.Edit)],
        };
    }

    /// <summary>The scene as told of each track it is on.</summary>
    static IEnumerable<Draft> Tracks(List<Line> parts, Draft scene) =>
        parts.SelectMany(p => p.Drafts).Select(d => (d.TrackIndex, d.Track)).Distinct().Order()
            .Select(t => scene with { TrackIndex = t.TrackIndex, Track = t.Track });

    string Phrase(Draft first, Flicks duration) => first.Kind switch
    {
        EditKind.Insert => $"{first.Act} {Draft.SubjectMark}, {after.Frames(duration)},",
        EditKind.Delete => $"{first.Act} {Draft.SubjectMark}, {before.Frames(duration)},",
        _ => first.Phrase,
    };
}

/// <summary>An edit and the drafts that were put together for it.</summary>
sealed record Line(Edit Edit, List<Draft> Drafts)
{
    public Draft First => Drafts[0];

    public static List<Line> InOrder(IEnumerable<Line> lines) =>
        [.. lines.OrderBy(l => l.First.At).ThenBy(l => l.First.TrackIndex).ThenBy(l => l.First.Kind)];
}
