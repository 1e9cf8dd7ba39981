using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Blame;

/// <summary>
/// What of an element somebody can have changed. As fine as edits are: a merge may hold one editor's head trim and
/// another's tail trim of one clip, and each is to be named for the own part.
/// </summary>
[Flags]
internal enum Aspects
{
    None = 0,

    /// <summary>That it is there at all; no edit of an element changes it.</summary>
    Presence = 1,

    /// <summary>Where it stands; being shifted by what is before it does not count.</summary>
    Place = 1 << 1,
    Head = 1 << 2,
    Tail = 1 << 3,
    Slip = 1 << 4,
    Speed = 1 << 5,
    Media = 1 << 6,
    Name = 1 << 7,
    Enabled = 1 << 8,
    Color = 1 << 9,
    Link = 1 << 10,
    Effects = 1 << 11,
    Markers = 1 << 12,

    /// <summary>At either end of it.</summary>
    Transitions = 1 << 13,
    Metadata = 1 << 14,
    All = (1 << 15) - 1,
}

/// <summary>What happened to one element from a version to the next.</summary>
internal sealed class ElementEdits
{
    readonly List<(Aspects Aspects, string Sentence)> _edits = [];

    /// <summary>Everything that changed.</summary>
    public Aspects Changed { get; private set; }

    /// <summary>The edits that had a part in these aspects, in words.</summary>
    public IReadOnlyList<string> Telling(Aspects aspects) => [.. _edits.Where(e => (e.Aspects & aspects) != 0).Select(e => e.Sentence)];

    public void Add(Aspects aspects, string sentence)
    {
        Changed |= aspects;
        _edits.Add((aspects, sentence));
    }
}

/// <summary>All edits from one cut to another, by element.</summary>
internal sealed class EditsByElement
{
    readonly Dictionary<ElementId, ElementEdits> _byElement = [];
    readonly Placement _before;

    public EditsByElement(Sequence before, Sequence after)
    {
        _before = Placement.Of(before);
        var now = Placement.Of(after);
        foreach (var edit in SequenceDiff.Compare(before, after).Edits)
        {
            foreach (var element in edit.Elements)
            {
                if (now.Find(element) is not { } placed) continue;
                if (!_byElement.TryGetValue(element, out var edits)) _byElement.Add(element, edits = new());
                edits.Add(AspectsOf(edit, _before.Find(element)?.Element, placed.Element), edit.Sentence);
            }
        }
    }

    /// <summary>True when the earlier cut has it too.</summary>
    public bool WasThere(ElementId element) => _before.Find(element) is not null;

    /// <summary>Null when nobody did anything to it.</summary>
    public ElementEdits? Of(ElementId element) => _byElement.GetValueOrDefault(element);

    static Aspects AspectsOf(Edit edit, Element? before, Element after) => edit.Kind switch
    {
        // A track may come with an element that was on another one; that is told as its move.
        EditKind.Insert or EditKind.TrackAdd or EditKind.NestMake or EditKind.NestDissolve => before is null ? Aspects.Presence : Aspects.None,
        EditKind.Move => Aspects.Place,
        EditKind.TrimHead => Aspects.Head,
        EditKind.TrimTail => Aspects.Tail,
        EditKind.Slip => Aspects.Slip,
        EditKind.Retime => Aspects.Speed,
        EditKind.Split when before is null => Aspects.Presence,
        EditKind.Split or EditKind.Roll or EditKind.Slide => ShareIn(before, after),
        EditKind.ReplaceMedia or EditKind.VersionUp => Aspects.Media,
        EditKind.Relink => before?.Link != after.Link && edit.Before == before?.Link && edit.After == after.Link ? Aspects.Link : Aspects.Media,
        EditKind.Rename => Aspects.Name,
        EditKind.Enable or EditKind.Disable => Aspects.Enabled,
        EditKind.Recolor => Aspects.Color,
        EditKind.EffectAdd or EditKind.EffectRemove or EditKind.EffectChange => Aspects.Effects,
        EditKind.MarkerAdd or EditKind.MarkerRemove or EditKind.MarkerChange => Aspects.Markers,
        EditKind.TransitionAdd or EditKind.TransitionRemove or EditKind.TransitionChange => Aspects.Transitions,
        EditKind.MetadataChange or EditKind.NestChange => Aspects.Metadata,
        _ => Aspects.None,
    };

    /// <summary>A roll takes from one clip's tail what it gives to the next one's head; a slide does so on both sides of a clip, a split takes from one end.</summary>
    static Aspects ShareIn(Element? before, Element after)
    {
        if (before is null) return Aspects.None;
        if (before.Duration == after.Duration) return Aspects.Place;
        return before.SourceStart == after.SourceStart ? Aspects.Tail : Aspects.Head;
    }
}
