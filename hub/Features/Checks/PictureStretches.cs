using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.Checks;

/// <summary>Time without a picture, and what comes after it.</summary>
public sealed record PictureGap(Flicks Start, Flicks Duration, Placed Next);

/// <summary>Where a cut has pictures, on all of its enabled video tracks together, and where it has none.</summary>
/// <param name="Shown">What stands on them, in record order.</param>
/// <param name="Gaps">Where nothing does, until the last picture. Less than a frame is rounding, and none.</param>
public sealed record PictureStretches(IReadOnlyList<Placed> Shown, IReadOnlyList<PictureGap> Gaps)
{
    /// <summary>What is shorter is not seen as a shot but as a mistake.</summary>
    public const int FlashFrames = 3;

    public static PictureStretches Of(Sequence cut)
    {
        var shown = Placement.Of(cut).All
            .Where(placed => placed is { Track: { Kind: TrackKind.Video, Enabled: true }, Element.Enabled: true })
            .OrderBy(placed => placed.Start).ToList();
        var gaps = new List<PictureGap>();
        var until = Flicks.Zero;
        foreach (var placed in shown)
        {
            if ((placed.Start - until).ToFrames(cut.Rate, Rounding.Nearest) >= 1) gaps.Add(new(until, placed.Start - until, placed));
            until = Flicks.Max(until, placed.End);
        }

        return new(shown, gaps);
    }
}
