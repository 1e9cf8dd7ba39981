using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>One piece's part of the whole clip, counted from where that starts.</summary>
readonly record struct Share(Flicks From, Flicks To, Flicks Source);

/// <summary>A clip of the earlier cut that the later one has in pieces; one of them kept its id.</summary>
/// <param name="Whole">The clip in the earlier cut.</param>
/// <param name="Pieces">In order.</param>
/// <param name="Shares">What each piece has of the whole.</param>
/// <param name="Rate">In whose frames the pieces are counted.</param>
sealed record Split(Placed Whole, ImmutableArray<Clip> Pieces, ImmutableArray<Share> Shares, FrameRate Rate)
{
    public ElementId Id => Whole.Element.Id;
}

/// <summary>
/// Finds clips that were cut in two or more: new clips next to a known one, of the same media, that show what it no longer
/// shows. A ripple that split the clip may have put time or other new clips between them.
/// </summary>
static class Splits
{
    public static IEnumerable<Split> Of(Alignment alignment)
    {
        var (before, after) = (alignment.Before, alignment.After);
        var taken = new HashSet<ElementId>();
        foreach (var track in before.Sequence.Tracks)
        {
            var row = after.On(track.Id);
            var isNew = row.Select(p => before.Find(p.Element.Id) is null).ToArray();
            for (var i = 0; i < row.Count; i++)
            {
                if (isNew[i] || !(IsNewAt(i - 1) || IsNewAt(i + 1))) continue;
                if (before.Find(row[i].Element.Id) is { } whole && whole.Track.Id == track.Id && Of(before.Sequence.Rate, whole, row, i, IsNewAt) is { } split && split.Pieces.All(p => taken.Add(p.Id))) yield return split;
            }

            bool IsNewAt(int index) => index >= 0 && index < isNew.Length && isNew[index];
        }
    }

    /// <summary>The earlier cut with clips in pieces; where those are, transitions hang on the first or the last of them.</summary>
    public static Sequence Cut(Sequence sequence, Dictionary<ElementId, ImmutableArray<Clip>> pieces) =>
        pieces.Count == 0 ? sequence : sequence with { Tracks = [.. sequence.Tracks.Select(t => Cut(t, pieces))] };

    static Track Cut(Track track, Dictionary<ElementId, ImmutableArray<Clip>> pieces)
    {
        if (!track.Elements.Any(e => pieces.ContainsKey(e.Id))) return track;
        ElementId? Last(ElementId? id) => id is { } known && pieces.TryGetValue(known, out var parts) ? parts[^1].Id : id;
        ElementId? First(ElementId? id) => id is { } known && pieces.TryGetValue(known, out var parts) ? parts[0].Id : id;
        return track with
        {
            Elements = [.. track.Elements.SelectMany<Element, Element>(e => pieces.TryGetValue(e.Id, out var parts) ? parts : [e])],
            EditPoints = [.. track.EditPoints.Select(p => p with { Left = Last(p.Left), Right = First(p.Right) })],
        };
    }

    static Split? Of(FrameRate rate, Placed whole, IReadOnlyList<Placed> row, int kept, Func<int, bool> isNewAt)
    {
        if (whole.Element is not Clip clip || row[kept].Element is not Clip piece || !IsPart(clip, piece)) return null;
        var pieces = new List<Clip> { piece };
        for (var i = kept + 1; isNewAt(i); i++)
        {
            if (IsPart(clip, row[i].Element) && Follows(pieces[^1], row[i].Element, clip)) pieces.Add((Clip)row[i].Element);
        }

        for (var i = kept - 1; isNewAt(i); i--)
        {
            if (IsPart(clip, row[i].Element) && Follows(row[i].Element, pieces[0], clip)) pieces.Insert(0, (Clip)row[i].Element);
        }

        return pieces.Count > 1 && Shares(clip, pieces) is { } shares ? new(whole, [.. pieces], shares, rate) : null;
    }

    static bool IsPart(Clip whole, Element piece) =>
        piece is Clip clip
        && clip.Duration > Flicks.Zero
        && clip.Duration < whole.Duration
        && clip.Media.Key == whole.Media.Key
        && !Timing.SpeedChanged(whole, clip)
        && (HasSpeed(whole) || Holds(new(whole.SourceStart, whole.Duration), clip));

    static bool Holds(TimeRange whole, Clip piece) => piece.SourceStart >= whole.Start && piece.SourceStart + piece.Duration <= whole.End;

    // At another speed source times count differently; there the durations have to add up instead.
    static bool Follows(Element left, Element right, Clip whole) => HasSpeed(whole) || right.SourceStart >= left.SourceStart + left.Duration;

    public static bool HasSpeed(Element clip) => Timing.Speeds(clip).Any();

    static ImmutableArray<Share>? Shares(Clip whole, List<Clip> pieces)
    {
        var shares = ImmutableArray.CreateBuilder<Share>(pieces.Count);
        var from = Flicks.Zero;
        for (var i = 0; i < pieces.Count; i++)
        {
            var to = HasSpeed(whole) ? from + pieces[i].Duration
                : i + 1 < pieces.Count ? pieces[i + 1].SourceStart - whole.SourceStart
                : whole.Duration;
            shares.Add(new(from, to, HasSpeed(whole) ? pieces[i].SourceStart - whole.SourceStart : from));
            from = to;
        }

        return from == whole.Duration && shares[0].Source.IsZero ? shares.MoveToImmutable() : null;
    }
}
