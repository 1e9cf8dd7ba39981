using System.Collections.Immutable;
using System.Text;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>Cuts a whole clip, as the base or the other side has it, where it was split.</summary>
sealed class SplitPieces(Split split, Clip whole)
{
    readonly Clip _origin = (Clip)split.Whole.Element;

    /// <summary>The pieces in order; null where a trim takes a piece away whole.</summary>
    public ImmutableArray<Clip?> All { get; } = [.. Cut(split, whole)];

    /// <summary>True when the whole got another duration in a way that says nothing of its pieces.</summary>
    public bool IsRescaled => IsScaled(Timing.Between(_origin, whole));

    public bool TakesPieceAway => All.Any(piece => piece is null);

    /// <summary>False where a trim of the head cannot be counted in the source.</summary>
    public static bool CanCut(Split split, Clip whole)
    {
        var timing = Timing.Between(split.Whole.Element, whole);
        return !Splits.HasSpeed(split.Whole.Element)
            || timing.Kind is TimingKind.Same or TimingKind.Slip or TimingKind.Tail
            || (timing.Kind == TimingKind.Incomparable && whole.SourceStart == split.Whole.Element.SourceStart);
    }

    static bool IsScaled(Timing timing) => timing.Kind == TimingKind.Incomparable && !timing.Growth.IsZero;

    static IEnumerable<Clip?> Cut(Split split, Clip whole)
    {
        var timing = Timing.Between(split.Whole.Element, whole);
        var isFirst = true;
        for (var i = 0; i < split.Pieces.Length; i++)
        {
            var piece = Timed(split, i, whole, timing) is var (start, duration) && duration > Flicks.Zero
                ? Piece(split, i, whole) with { SourceStart = start, Duration = duration, Lead = isFirst ? whole.Lead : Space.None }
                : null;
            isFirst &= piece is null;
            yield return piece is null ? null : piece with { Markers = Markers(split, i, whole, piece) };
        }
    }

    static (Flicks Start, Flicks Duration) Timed(Split split, int index, Clip whole, Timing timing)
    {
        var (origin, share) = (split.Whole.Element, split.Shares[index]);
        if (IsScaled(timing))
        {
            var rate = split.Rate;
            var (from, to) = (Scaled(share.From, origin, whole, rate), Scaled(share.To, origin, whole, rate));
            return (whole.SourceStart + share.Source, to - from);
        }

        if (timing.Kind is not (TimingKind.Head or TimingKind.Tail or TimingKind.HeadAndTail))
            return (whole.SourceStart + share.Source, share.To - share.From);
        var (head, end) = (-timing.Head, origin.Duration + timing.Tail);
        var first = index == 0 ? head : Flicks.Max(share.From, head);
        var last = index == split.Pieces.Length - 1 ? end : Flicks.Min(share.To, end);
        return (origin.SourceStart + share.Source + first - share.From, last - first);
    }

    static Flicks Scaled(Flicks offset, Element origin, Element whole, FrameRate rate)
    {
        if (offset == origin.Duration) return whole.Duration;
        var exact = new Flicks(checked((long)((Int128)offset.Value * whole.Duration.Value / origin.Duration.Value)));
        return Flicks.FromFrames(exact.ToFrames(rate, Rounding.Nearest), rate, Rounding.Nearest);
    }

    static Clip Piece(Split split, int index, Clip whole)
    {
        var piece = split.Pieces[index];
        if (piece.Id == split.Id) return whole;
        var effects = EffectIds(split, piece);
        return whole with
        {
            Id = piece.Id,
            Link = piece.Link,
            Effects = [.. whole.Effects.Select(e => e with { Id = effects.GetValueOrDefault(e.Id, IdFor(piece.Id, e.Id)) })],
        };
    }

    /// <summary>An import that knows nothing of the split gives the effects of the new piece ids of their own.</summary>
    static Dictionary<ElementId, ElementId> EffectIds(Split split, Clip piece)
    {
        var ids = new Dictionary<ElementId, ElementId>();
        var free = piece.Effects.ToList();
        foreach (var effect in split.Whole.Element.Effects)
        {
            var same = free.FindIndex(e => e.Id == effect.Id);
            if (same < 0) same = free.FindIndex(e => e.Kind == effect.Kind && e.TimeScalar is null == effect.TimeScalar is null);
            if (same < 0) continue;
            ids[effect.Id] = free[same].Id;
            free.RemoveAt(same);
        }

        return ids;
    }

    /// <summary>A marker is on every piece that the splitting side left it on, else on the one that shows its moment.</summary>
    static ImmutableArray<Marker> Markers(Split split, int index, Clip whole, Clip shown)
    {
        var piece = split.Pieces[index];
        var known = split.Whole.Element.Markers.ToDictionary(m => m.Id);
        var markers = ImmutableArray.CreateBuilder<Marker>();
        foreach (var marker in whole.Markers)
        {
            var was = known.GetValueOrDefault(marker.Id);
            if (was is not null && Copy(was, piece) is { } copy) markers.Add(marker with { Id = copy.Id });
            else if (Shows(index, marker.Range.Start)) markers.Add(piece.Id == split.Id ? marker : marker with { Id = IdFor(piece.Id, marker.Id) });
        }

        return markers.ToImmutable();

        bool Shows(int i, Flicks moment) =>
            (i == 0 || moment >= shown.SourceStart) && (i == split.Pieces.Length - 1 || moment < shown.SourceStart + shown.Duration);
    }

    static Marker? Copy(Marker was, Clip piece) =>
        piece.Markers.FirstOrDefault(m => m.Id == was.Id) ?? piece.Markers.FirstOrDefault(m => m.Name == was.Name && m.Range == was.Range);

    /// <summary>The same on every machine, so that whoever merges gives the copy the same id.</summary>
    static ElementId IdFor(ElementId piece, ElementId part) => new(Birth.Of(piece.ToString(), Encoding.UTF8.GetBytes(part.ToString())).Value, part.Ordinal);
}
