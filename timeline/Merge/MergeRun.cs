using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>What every step of one run of the merge looks at.</summary>
sealed class MergeRun
{
    readonly HashSet<(Side Side, ElementId Element)> _reverted = [];
    readonly Dictionary<string, ReviewNote> _notes = [];
    readonly Lazy<ILookup<string, Placed>> _linked;

    public MergeRun(MergeRequest request, SideView ours, SideView theirs, ClashBook book)
    {
        Request = request;
        Ours = ours;
        Theirs = theirs;
        Book = book;
        Words = new(request.Base);
        _linked = new(() => Base.All.Where(p => p.Element.Link is not null).ToLookup(p => p.Element.Link ?? ""));
        foreach (var clash in book.Lasting) Revert(clash);
    }

    public MergeRequest Request { get; }

    public SideView Ours { get; }

    public SideView Theirs { get; }

    public ClashBook Book { get; }

    public Wording Words { get; }

    /// <summary>Clips that one side split and the other changed; null when there are none.</summary>
    public SplitSharing? Splits { get; init; }

    public Placement Base => Ours.Base;

    /// <summary>The elements of the base by their link.</summary>
    public ILookup<string, Placed> Linked => _linked.Value;

    public IEnumerable<ReviewNote> Notes => _notes.Values;

    public SideView View(Side side) => side == Side.Ours ? Ours : Theirs;

    public SideView Other(Side side) => side == Side.Ours ? Theirs : Ours;

    /// <summary>True when an answer set aside where and how long this side has an element.</summary>
    public bool IsReverted(Side side, ElementId element) => _reverted.Contains((side, element));

    public void Note(string sentence, params ReadOnlySpan<ElementId> elements) =>
        _notes.TryAdd(sentence, new(sentence, [.. elements], default));

    public Element? Known(ElementId id) => (Base.Find(id) ?? Ours.Find(id) ?? Theirs.Find(id))?.Element;

    public string Called(ElementId id) => Known(id) is { } element ? Wording.Name(element) : "an element";

    public string TrackOf(ElementId id) => (Base.Find(id) ?? Ours.Find(id) ?? Theirs.Find(id))?.Track.Name ?? "";

    public string GroupOf(ElementId id) => Known(id)?.Link ?? id.ToString();

    /// <summary>A clash about one element, ready to be worded.</summary>
    public Clash About(ConflictKind kind, ElementId id, string register, string values, string oursDid, string theirsDid) =>
        new(kind, $"{id}/{register}")
        {
            Elements = [id],
            Tracks = [TrackOf(id)],
            Group = $"{GroupOf(id)}/{register}",
            Values = values,
            Subject = Called(id),
            Sentence = $"{Ours.Name} {oursDid}; {Theirs.Name} {theirsDid}.",
            Base = Base.Find(id) is { } placed ? new("as it was", placed.Range) : Term.Absent,
            Ours = Ours.TermOf(id, oursDid),
            Theirs = Theirs.TermOf(id, theirsDid),
        };

    /// <summary>How it was answered what becomes of a split clip that the other side changed in a way its pieces cannot have.</summary>
    public Choice Ask(SplitDispute dispute)
    {
        var (splitter, changer) = (View(dispute.Splitter), View(dispute.Changer));
        var cut = "split " + Called(dispute.Clip);
        var (ours, theirs) = dispute.Splitter == Side.Ours ? (cut, dispute.Did) : (dispute.Did, cut);
        var clash = About(dispute.Kind, dispute.Clip, "split", dispute.Values, ours, theirs) with
        {
            Elements = dispute.Pieces,
            Offered = [splitter.AsChoice, changer.AsChoice, Choice.Base],
        };
        return Book.Ask(clash) ?? Choice.Base;
    }

    /// <summary>What an answer sets aside; answers that keep both edits set aside neither.</summary>
    void Revert(Clash clash)
    {
        var choice = Book.ChoiceOf(clash);
        if (choice == Choice.KeepClip && clash.Against is { } against)
        {
            foreach (var id in clash.Also) _reverted.Add((against, id));
        }

        if (clash.Prepared.Length > 0 || choice is Choice.Both or Choice.NewTrack or Choice.TrimEarlier or Choice.TrimLater) return;
        foreach (var id in clash.Elements)
        {
            if (choice != Choice.Ours) _reverted.Add((Side.Ours, id));
            if (choice != Choice.Theirs) _reverted.Add((Side.Theirs, id));
        }
    }
}
