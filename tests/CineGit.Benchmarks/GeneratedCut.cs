using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Benchmarks;

/// <summary>A long reel from a seed: picture with linked sound on two tracks, camera metadata on every clip.</summary>
static class GeneratedCut
{
    public static OtioDocument Of(int clips, int metadataBytes)
    {
        var random = new Random(20261121);
        var perTrack = clips / 3;
        var shots = Enumerable.Range(0, perTrack).Select(i => (Index: i, Start: random.Next(0, 400), Length: random.Next(12, 96))).ToList();
        OtioObject TrackOf(string name, string kind) =>
            OtioBuild.Track(name, kind, shots.Select(s => Clip(s.Index, s.Start, s.Length, metadataBytes)));
        return new(OtioBuild.Timeline(
            "reel", new(86400, FrameRate.Fps24), [TrackOf("V1", "Video"), TrackOf("A1", "Audio"), TrackOf("A2", "Audio")]));
    }

    static OtioObject Clip(int index, int start, int length, int metadataBytes)
    {
        var media = OtioBuild.ExternalReference(
            $"file:///media/A{index / 40:D3}_C{index % 40:D3}.mov",
            OtioBuild.Range(new(0, FrameRate.Fps24), new(1000, FrameRate.Fps24)));
        var range = OtioBuild.Range(new(start, FrameRate.Fps24), new(length, FrameRate.Fps24));
        var lens = OtioObject.Map(
            ("focal_length", 35.0 + index % 50), ("serial", $"SN{index:D8}"), ("log", new string('x', Math.Max(0, metadataBytes - 120))));
        return OtioBuild.Clip($"SC{index:D5}_T{index % 5 + 1}", media, range).With("metadata", OtioObject.Map(("camera", lens)));
    }
}
