using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>A track in the making: items end to end with gaps between, each transition at the cut where it lies.</summary>
internal sealed class XmemlLayer(FrameRate rate)
{
    readonly List<OtioObject?> _children = [];
    readonly List<(int At, XmemlTransition Transition, bool HasLeft)> _open = [];
    readonly List<XmemlTransition> _held = [];

    /// <summary>Where the last item ends, in frames.</summary>
    public long End { get; private set; }

    public IEnumerable<OtioObject> Children => _children.OfType<OtioObject>();

    bool EndsWithItem => _children.Count > 0 && _children[^1]?.SchemaName is not (null or OtioSchema.Gap or OtioSchema.Transition);

    /// <summary>A transition waits for the item after it, which says where the track goes on.</summary>
    public void Hold(XmemlTransition transition) => _held.Add(transition);

    public void Add(XmemlPlace place, OtioObject item)
    {
        PlaceHeld(transition => transition.Cut < place.Start);
        Gap(place.Start);
        PlaceHeld(_ => true, hasRight: true);
        _children.Add(item);
        End = place.End;
    }

    /// <summary>Makes the transitions, now that both sides of each are known.</summary>
    public void ReleaseTransitions(XmemlReading reading)
    {
        PlaceHeld(_ => true);
        foreach (var (at, transition, hasLeft) in _open)
        {
            var hasRight = at + 1 < _children.Count && _children[at + 1]?.SchemaName is not (null or OtioSchema.Gap or OtioSchema.Transition);
            _children[at] = XmemlTransitions.Read(transition, !(hasLeft && hasRight), rate, reading.Habits.Ticks);
        }
    }

    void PlaceHeld(Func<XmemlTransition, bool> isDue, bool hasRight = false)
    {
        if (_held.Count == 0) return;
        foreach (var transition in _held.Where(isDue).ToArray())
        {
            _held.Remove(transition);
            // Beside an item the cut is where that item ends or begins; a transition on its own needs the gap before it.
            if (!hasRight && transition.Cut > End) Gap(transition.Cut);
            _open.Add((_children.Count, transition, EndsWithItem));
            _children.Add(null);
        }
    }

    void Gap(long to)
    {
        if (to <= End) return;
        _children.Add(OtioBuild.Gap(new(to - End, rate)));
        End = to;
    }
}
