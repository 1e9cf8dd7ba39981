using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.TestKit;

/// <summary>Short ways to build OTIO nodes in tests: every time is in whole frames of one rate.</summary>
public sealed class OtioBuilders(FrameRate rate)
{
    public static readonly OtioBuilders At24 = new(FrameRate.Fps24);

    public OtioObject Time(long frames) => OtioBuild.Time(new(frames, rate));

    public OtioObject Range(long start, long duration) => OtioBuild.Range(new(start, rate), new(duration, rate));

    /// <summary>A clip of <c>file:///media/NAME.mov</c>, which is 10,000 frames long.</summary>
    public OtioObject Clip(string name, long start, long duration) =>
        OtioBuild.Clip(name, OtioBuild.ExternalReference($"file:///media/{name}.mov", Range(0, 10_000)), Range(start, duration));

    public OtioObject Gap(long duration) => OtioBuild.Gap(new(duration, rate));

    public OtioObject Dissolve(long before, long after) =>
        OtioBuild.Transition("", "SMPTE_Dissolve", new(before, rate), new(after, rate));

    public OtioObject Marker(string name, long start, long duration = 1) => OtioBuild.Marker(name, Range(start, duration), "RED");

    public static OtioObject Video(string name, params OtioObject[] children) => OtioBuild.Track(name, "Video", children);

    public static OtioObject Audio(string name, params OtioObject[] children) => OtioBuild.Track(name, "Audio", children);

    /// <summary>A timeline called <c>cut</c> that starts at zero.</summary>
    public static OtioDocument Cut(params OtioObject[] tracks) => new(OtioBuild.Timeline("cut", null, tracks));
}
