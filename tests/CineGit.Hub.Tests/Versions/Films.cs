using CineGit.TestKit;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Tests.Versions;

/// <summary>Small cuts: three shots of 100 frames at 24, with sound under the first.</summary>
public static class Films
{
    public static readonly Sequence First = From("");

    /// <summary>The first cut with all media elsewhere, as on another machine.</summary>
    public static readonly Sequence Elsewhere = From("raid/");

    static Sequence From(string folder) => Cuts.Sequence(24, "Reel 1")
        .Video("V1", Cuts.Shot("SC01", folder + "A001", 10, 100), Cuts.Shot("SC02", folder + "A002", 20, 100), Cuts.Shot("SC03", folder + "A003", 30, 100))
        .Audio("A1", Cuts.Shot("SC01", folder + "A001", 10, 100))
        .Identified();

    /// <summary>The first cut with one shot this many frames long.</summary>
    public static Sequence With(string shot, long frames, Sequence? cut = null) =>
        (cut ?? First).Change(shot, element => element with { Duration = Flicks.FromFrames(frames, FrameRate.Fps24) }, "V1");

    public static Sequence Renamed(string shot, string name, Sequence? cut = null) =>
        (cut ?? First).Change(shot, element => element with { Name = name }, "V1");
}
