using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Clips that were cut in two, told as that. The earlier cut is compared as if it had been cut there already, so all else that
/// happened to a piece is told of the piece.
/// </summary>
sealed class SplitActs
{
    readonly List<Split> _splits = [];

    SplitActs(Alignment alignment)
    {
        _splits.AddRange(Splits.Of(alignment));
        Alignment = _splits.Count == 0 ? alignment : Alignment.Of(Splits.Cut(alignment.Before.Sequence, Pieces()), alignment.After.Sequence);
    }

    /// <summary>Of the two cuts, the earlier one in the pieces of the later one.</summary>
    public Alignment Alignment { get; }

    public static SplitActs Of(Sequence before, Sequence after) => new(Alignment.Of(before, after));

    public IEnumerable<Draft> All(Wording wording) =>
        from split in _splits
        from at in Enumerable.Range(1, split.Pieces.Length - 1)
        let left = Alignment.After.Find(split.Pieces[at - 1].Id)
        let right = Alignment.After.Find(split.Pieces[at].Id)
        where left is not null && right is not null
        let moment = CutIn(left, split, at - 1)
        select Draft.For(EditKind.Split, right, wording, $"Split {Draft.SubjectMark}") with
        {
            Elements = [left.Element.Id, right.Element.Id],
            Group = Draft.GroupOf(split.Whole),
            Subject = Wording.Name(split.Whole.Element),
            At = moment,
            Duration = Flicks.Zero,
            Timecode = wording.At(moment),
        };

    Dictionary<ElementId, ImmutableArray<Clip>> Pieces() =>
        _splits.ToDictionary(s => s.Id, s => new SplitPieces(s, (Clip)s.Whole.Element).All.OfType<Clip>().ToImmutableArray());

    /// <summary>Where a piece was cut off what follows it, though its tail may have been trimmed since.</summary>
    static Flicks CutIn(Placed piece, Split split, int index) => Splits.HasSpeed(piece.Element)
        ? piece.End
        : piece.Start + split.Whole.Element.SourceStart + split.Shares[index].To - piece.Element.SourceStart;
}
