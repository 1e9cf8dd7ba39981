using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>
/// A stretch of one track between two elements that stayed. Across it the shift of the track steps by some amount, for which
/// the causes in it, those on other tracks at that time, or empty time that somebody added or removed account.
/// </summary>
/// <param name="Left">The element before it, in both cuts; null at the start of the track.</param>
/// <param name="Right">The element behind it; null at the end of the track, where nothing shows a step.</param>
/// <param name="Own">Every cause in it with the shift it has if it ripples.</param>
sealed record Region((Placed Before, Placed After)? Left, (Placed Before, Placed After)? Right, IReadOnlyList<RippleEvent> Own)
{
    public static readonly Flicks OneFlick = new(1);

    /// <summary>Base time.</summary>
    public Flicks LeftStart => Left?.Before.Start ?? new Flicks(-1);

    /// <summary>Base time.</summary>
    public Flicks RightStart => Right?.Before.Start ?? Flicks.MaxValue;

    /// <summary>By how much the element behind it grew at its head.</summary>
    public Flicks RightHead { get; } = Head(Right);

    public Flicks LeftHead { get; } = Head(Left);

    /// <summary>By how much the track's shift grows across it.</summary>
    /// <param name="leftInPlace">The head of the element before it was trimmed where it stands, so its start is no measure.</param>
    /// <param name="rightInPlace">The same of the element behind it.</param>
    public Flicks Step(bool leftInPlace, bool rightInPlace) =>
        Shift(Right) + (rightInPlace ? RightHead : Flicks.Zero) - Shift(Left) - (leftInPlace ? LeftHead : Flicks.Zero);

    /// <summary>True when nothing happened in it. It has no cause, so the head of the element before it was not trimmed either.</summary>
    public bool IsStill { get; } = Right is not null && Own.Count == 0 && Head(Right).IsZero && Shift(Right) == Shift(Left);

    /// <summary>The causes that may have rippled.</summary>
    public IReadOnlyList<RippleEvent> Causes(bool leftInPlace) =>
        leftInPlace ? [.. Own.Where(o => o.Key.Cause != Cause.TrimHead)] : Own;

    /// <summary>The moment of an event on this track.</summary>
    public Flicks Clamp(Flicks at) => Flicks.Max(LeftStart + OneFlick, Flicks.Min(at, RightStart));

    static Flicks Shift((Placed Before, Placed After)? anchor) =>
        anchor is { } found ? found.After.Start - found.Before.Start : Flicks.Zero;

    static Flicks Head((Placed Before, Placed After)? anchor) => anchor is not { } found
        ? Flicks.Zero
        : Timing.Between(found.Before.Element, found.After.Element) is { Kind: not TimingKind.Slip } timing ? timing.Head : Flicks.Zero;
}
