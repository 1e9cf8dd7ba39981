using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

enum TimingKind
{
    Same,
    Head,
    Tail,
    HeadAndTail,
    Slip,

    /// <summary>Speed changed, or other media, so source times of the two do not compare.</summary>
    Incomparable,
}

/// <summary>
/// What happened to the part of the source an element shows. <see cref="Head"/> and <see cref="Tail"/> say how much longer
/// it became at either end.
/// </summary>
readonly record struct Timing(TimingKind Kind, Flicks Head, Flicks Tail)
{
    public Flicks Growth => Head + Tail;

    public static Timing Between(Element before, Element after)
    {
        if (ReferenceEquals(before, after)) return new(TimingKind.Same, Flicks.Zero, Flicks.Zero);
        if (SpeedChanged(before, after) || !SameSource(before, after))
        {
            var growth = after.Duration - before.Duration;
            var same = growth.IsZero && before.SourceStart == after.SourceStart;
            return new(same ? TimingKind.Same : TimingKind.Incomparable, Flicks.Zero, growth);
        }

        var head = before.SourceStart - after.SourceStart;
        var tail = after.SourceStart + after.Duration - (before.SourceStart + before.Duration);
        var kind = (head.IsZero, tail.IsZero) switch
        {
            (true, true) => TimingKind.Same,
            (false, true) => TimingKind.Head,
            (true, false) => TimingKind.Tail,
            _ => (head + tail).IsZero ? TimingKind.Slip : TimingKind.HeadAndTail,
        };
        return new(kind, head, tail);
    }

    public static bool SpeedChanged(Element before, Element after) =>
        before.Effects != after.Effects && !Speeds(before).SequenceEqual(Speeds(after));

    public static IEnumerable<(string Kind, bool Enabled, string Scalar)> Speeds(Element element) =>
        element.Effects.SelectMany(e => e.TimeScalar is { } scalar ? [(e.Kind, e.Enabled, scalar.Lexeme)] : Array.Empty<(string, bool, string)>());

    /// <summary>Equal media, or another state of it: a relink or the next version of a visual effect keeps its source times.</summary>
    public static bool SameSource(Element before, Element after) =>
        ReferenceEquals(before, after) || (before, after) switch
        {
            (Clip b, Clip a) => SameSource(b, a),
            _ => before.GetType() == after.GetType(),
        };

    static bool SameSource(Clip before, Clip after)
    {
        var (was, now) = (OwnMedia.KeyOf(before), OwnMedia.KeyOf(after));
        return was == now || (was.Length > 0 && now.Length > 0 && Likeness.Stem(before.Media) == Likeness.Stem(after.Media));
    }
}
