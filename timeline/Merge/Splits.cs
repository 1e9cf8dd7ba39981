using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>One piece's part of the whole clip, counted from where that starts.</summary>
readonly record struct Share(Flicks From, Flicks To, Flicks Source);

/// <summary>A clip of the base that one side cut into pieces; one of them kept its id.</summary>
/// <param name="By">The side that cut it.</param>
/// <param name="Whole">The clip in the base.</param>
/// <param name="Pieces">In order.</param>
/// <param name="Shares">What each piece has of the whole.</param>
sealed record Split(SideView By, Placed Whole, ImmutableArray<Clip> Pieces, ImmutableArray<Share> Shares)
{
    public ElementId Id => Whole.Element.Id;
}

/// <summary>
/// Finds clips that a side cut in two or more: new clips next to a known one, of the same media, that show what it no longer
/// shows. A ripple that split the clip may have put time or other new clips between them.
/// </summary>
static class Splits
{
    public static IEnumerable<Split> Of(SideView side)
    {
        foreach (var track in side.Base.Sequence.Tracks)
        {
            var row = side.Cut.On(track.Id);
            var isNew = row.Select(p => side.Base.Find(p.Element.Id) is null).ToArray();
            for (var i = 0; i < row.Count; i++)
            {
                if (isNew[i] || !(IsNewAt(i - 1) || IsNewAt(i + 1))) continue;
                if (side.Base.Find(row[i].Element.Id) is { } whole && whole.Track.Id == track.Id && Of(side, whole, row, i, IsNewAt) is { } split) yield return split;
            }

            bool IsNewAt(int index) => index >= 0 && index < isNew.Length && isNew[index];
        }
    }

    static Split? Of(SideView side, Placed whole, IReadOnlyList<Placed> row, int kept, Func<int, bool> isNewAt)
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

        return pieces.Count > 1 && Shares(clip, pieces) is { } shares ? new(side, whole, [.. pieces], shares) : null;
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
