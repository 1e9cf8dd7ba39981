using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>An edit on one track, before equal edits of linked elements are put together.</summary>
sealed record Draft(EditKind Kind, int TrackIndex, string Track, Flicks At, string Phrase)
{
    /// <summary>Stands in <see cref="Phrase"/> for the subject.</summary>
    public const string SubjectMark = "\u0001";

    public ImmutableArray<ElementId> Elements { get; init; } = [];

    /// <summary>Drafts of one group that say the same become one edit: the link group, else the element itself.</summary>
    public string Group { get; init; } = "";

    /// <summary>What linked elements must have in common to be one edit, where <see cref="Phrase"/> says more than that.</summary>
    public string? Act { get; init; }

    /// <summary>What the edit is told as, where <see cref="Kind"/> says only which part of the element it is about.</summary>
    public EditKind? ToldAs { get; init; }

    public string Subject { get; init; } = "";

    public Flicks Duration { get; init; }

    public Flicks Amount { get; init; }

    public bool Ripple { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>The time the sentence names; that of removed things is in the earlier cut.</summary>
    public string Timecode { get; init; } = "";

    public string Suffix { get; init; } = "";

    public static Draft For(EditKind kind, Placed placed, Wording wording, string phrase) =>
        new(kind, placed.TrackIndex, placed.Track.Name, placed.Start, phrase)
        {
            Elements = [placed.Element.Id],
            Group = GroupOf(placed),
            Subject = Wording.Name(placed.Element),
            Duration = placed.Element.Duration,
            Timecode = wording.At(placed.Start),
        };

    /// <summary>Equal for the same elements and for those linked to them.</summary>
    public static string GroupOf(params ReadOnlySpan<Placed?> elements)
    {
        var links = new List<string>();
        foreach (var placed in elements) links.Add(placed is null ? "" : placed.Element.Link ?? placed.Element.Id.ToString());
        return string.Join('|', links);
    }

    /// <summary>
    /// Linked elements that changed alike are one edit, wherever each of them begins: sound often starts before its picture.
    /// </summary>
    public static List<Line> Lines(IEnumerable<Draft> drafts)
    {
        var groups = drafts
            .GroupBy(d => (d.Kind, d.Group, d.Act ?? d.Phrase, d.Amount, d.Suffix, d.Before, d.After))
            .SelectMany(g => OnePerTrack([.. g]));
        return Line.InOrder(groups.Select(g => g.OrderBy(d => d.TrackIndex).ToList()).Select(g => new Line(Join(g), g)));
    }

    static IEnumerable<List<Draft>> OnePerTrack(List<Draft> group) =>
        group.Count == 1 || group.DistinctBy(d => d.TrackIndex).Count() == group.Count
            ? [group]
            : group.GroupBy(d => (d.At, d.Duration, d.Phrase)).Select(g => g.ToList());

    /// <summary>Drafts that say the same of several tracks as one edit.</summary>
    public static Edit Join(List<Draft> drafts)
    {
        var first = drafts[0];
        var tracks = drafts.Select(d => d.Track).Where(t => t.Length > 0).Distinct().ToImmutableArray();
        var on = tracks.IsEmpty ? "" : $" ({string.Join(' ', tracks)})";
        var at = first.Timecode.Length == 0 ? "" : $" at {first.Timecode}";
        return new()
        {
            Kind = first.ToldAs ?? first.Kind,
            Elements = [.. drafts.SelectMany(d => d.Elements).Distinct()],
            Tracks = tracks,
            At = first.At,
            Duration = first.Duration,
            Amount = first.Amount,
            Ripple = drafts.Exists(d => d.Ripple),
            Subject = first.Subject,
            Sentence = first.Phrase.Replace(SubjectMark, first.Subject, StringComparison.Ordinal) + at + on + first.Suffix,
            Before = first.Before,
            After = first.After,
        };
    }
}
