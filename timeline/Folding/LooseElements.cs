using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Folding;

/// <summary>
/// The elements that are not at one place in all cuts. Of the others each cut has to have one of each id, or nothing may be
/// folded: which of two parts with one id an answer is about cannot be told.
/// </summary>
sealed class LooseElements
{
    readonly HashSet<ElementId> _known = [];
    readonly HashSet<ElementId> _loose;

    public LooseElements(ImmutableArray<Sequence> cuts, List<QuietRow> rows)
    {
        var inRows = rows.SelectMany(r => r.Tracks).ToHashSet<Track>(ReferenceEqualityComparer.Instance);
        var apart = cuts[0].Tracks.Where(t => !inRows.Contains(t)).SelectMany(t => t.Elements);
        var gone = rows.SelectMany(r => r.Gone()).Concat(apart).ToList();
        var come = cuts.Skip(1).SelectMany(c => c.Tracks).Where(t => !inRows.Contains(t)).SelectMany(t => t.Elements);
        All = [.. gone, .. rows.SelectMany(r => r.Come), .. come];
        _loose = [.. gone.Select(e => e.Id)];
        AreTold = AddOnce(cuts[0]) && All.TrueForAll(e => IsFree(e.Id)) && cuts.All(c => c.Tracks.All(HasIdsOfItsOwn));
    }

    public List<Element> All { get; }

    /// <summary>True when no id is in one cut twice, as far as it could be folded.</summary>
    public bool AreTold { get; }

    bool AddOnce(Sequence cut)
    {
        _known.EnsureCapacity(cut.Tracks.Sum(t => t.Elements.Length));
        foreach (var track in cut.Tracks)
        {
            foreach (var element in track.Elements)
            {
                if (!_known.Add(element.Id)) return false;
            }
        }

        return true;
    }

    bool IsFree(ElementId id) => !_known.Contains(id) || _loose.Contains(id);

    bool HasIdsOfItsOwn(Track track)
    {
        if (!IsFree(track.Id)) return false;
        foreach (var point in track.EditPoints)
        {
            if (!IsFree(point.Id)) return false;
        }

        return true;
    }
}
