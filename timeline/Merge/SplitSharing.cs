using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>A change of the whole clip that has no meaning for its pieces: one answer for all of them.</summary>
/// <param name="Kind">Deleted, or another timing.</param>
/// <param name="Splitter">The side that cut the clip.</param>
/// <param name="Clip">The id the clip has in the base.</param>
/// <param name="Pieces">Of the splitting side.</param>
/// <param name="Values">The terms as values.</param>
/// <param name="Did">What the other side did.</param>
sealed record SplitDispute(ConflictKind Kind, Side Splitter, ElementId Clip, ImmutableArray<ElementId> Pieces, string Values, string Did)
{
    public Side Changer => Splitter == Side.Ours ? Side.Theirs : Side.Ours;
}

/// <summary>
/// One side split a clip that the other changed whole. The base and the other side are split where the one side did it, so
/// every piece has a base and two sides, and what the other side did to the clip it did to the pieces.
/// </summary>
sealed class SplitSharing
{
    readonly Dictionary<ElementId, SplitDispute> _disputes = [];
    readonly Dictionary<(Side Cut, ElementId Clip), ImmutableArray<Clip>> _pieces = [];
    readonly List<(string Sentence, ImmutableArray<ElementId> Pieces)> _notes = [];

    SplitSharing(MergeRequest request) => Request = request;

    public MergeRequest Request { get; private set; }

    /// <summary>Null when no side split a clip that the other changed.</summary>
    public static SplitSharing? Of(MergeRequest request, SideView ours, SideView theirs)
    {
        var (mine, yours) = (Splits.Of(ours.Change.Alignment).ToList(), Splits.Of(theirs.Change.Alignment).ToList());
        if (mine.Count + yours.Count == 0) return null;
        var sharing = new SplitSharing(request);
        var origin = new Dictionary<ElementId, ImmutableArray<Clip>>();
        foreach (var (split, by, other) in mine.Select(s => (s, ours, theirs)).Concat(yours.Select(s => (s, theirs, ours))))
        {
            var isShared = mine.Exists(s => s.Id == split.Id) && yours.Exists(s => s.Id == split.Id);
            if (!isShared && sharing.Take(split, by, other)) origin[split.Id] = Parts(split, (Clip)split.Whole.Element);
        }

        if (origin.Count == 0) return sharing._notes.Count == 0 ? null : sharing;
        sharing.Request = request with
        {
            Base = Splits.Cut(request.Base, origin),
            Ours = Splits.Cut(request.Ours, sharing.PiecesIn(Side.Ours)),
            Theirs = Splits.Cut(request.Theirs, sharing.PiecesIn(Side.Theirs)),
        };
        return sharing;
    }

    /// <summary>The dispute that decides about a piece, if there is one.</summary>
    public SplitDispute? DisputeOf(ElementId piece) => _disputes.GetValueOrDefault(piece);

    public void Note(MergeRun run)
    {
        foreach (var (sentence, pieces) in _notes) run.Note(sentence, pieces.AsSpan());
    }

    static ImmutableArray<Clip> Parts(Split split, Clip whole) => [.. new SplitPieces(split, whole).All.OfType<Clip>()];

    bool Take(Split split, SideView by, SideView other)
    {
        if (!other.Cut.HasTrack(split.Whole.Track.Id) || split.Pieces.Any(p => p.Id != split.Id && other.Find(p.Id) is not null)) return false;
        var name = Wording.Name(split.Whole.Element);
        if (other.Find(split.Id) is not { } changed)
        {
            Dispute(split, by, ConflictKind.Delete, "deleted", "deleted " + name);
            return true;
        }

        var edits = other.Edits(split.Id);
        var isMoved = other.Moved(split.Id) || other.Pushed(split.Id);
        if (edits.Count == 0 && !isMoved) return false;
        var did = edits.Count == 0 ? "moved " + name : other.Tell(split.Id, name);
        if (changed.Element is not Clip whole || !SplitPieces.CanCut(split, whole))
        {
            _notes.Add(($"{by.Name} split {name}, and {other.Name} {did}: that is on one of the pieces only.", [.. split.Pieces.Select(p => p.Id)]));
            return false;
        }

        var pieces = new SplitPieces(split, whole);
        _pieces[(other.Side, split.Id)] = [.. pieces.All.OfType<Clip>()];
        if (pieces.IsRescaled || pieces.TakesPieceAway) Dispute(split, by, ConflictKind.Value, TimingOf(split, whole), did);
        else _notes.Add(($"{by.Name} split {name}, and {other.Name} {did}: that is on the pieces too.", [.. split.Pieces.Select(p => p.Id)]));
        return true;
    }

    void Dispute(Split split, SideView by, ConflictKind kind, string value, string did)
    {
        var cuts = string.Join(',', split.Shares.Select(s => s.To.Value));
        var (ours, theirs) = by.Side == Side.Ours ? (cuts, value) : (value, cuts);
        var dispute = new SplitDispute(kind, by.Side, split.Id, [.. split.Pieces.Select(p => p.Id)], $"{ours}|{theirs}", did);
        foreach (var piece in split.Pieces) _disputes[piece.Id] = dispute;
    }

    static string TimingOf(Split split, Clip whole)
    {
        var timing = Timing.Between(split.Whole.Element, whole);
        return $"{timing.Head.Value},{timing.Tail.Value},{Wording.Speed(whole)}";
    }

    Dictionary<ElementId, ImmutableArray<Clip>> PiecesIn(Side side) =>
        _pieces.Where(p => p.Key.Cut == side).ToDictionary(p => p.Key.Clip, p => p.Value);
}
