using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Benchmarks;

/// <summary>A long reel from a seed: picture with linked sound on two tracks, camera metadata on every clip.</summary>
static class GeneratedCut
{
    /// <summary>What one group of metadata takes on lines of its own, indented as deep as it stands in a clip.</summary>
    const int GroupBytes = 1_030;

    static readonly string[] GroupNames =
        ["arri", "camera", "colour", "dailies", "lens", "production", "script", "sound", "stereo", "transfer", "unit", "vfx"];

    static readonly string[] Words =
        ["Cooke S7/i", "ALEXA 35", "LogC4", "circle take", "hold for sound", "ProRes 4444 XQ", "Réunion, été", "INT. HOUSE – NIGHT", "2.39:1", ""];

    /// <param name="metadataBytes">About so many bytes of metadata on each clip, as the file is laid out.</param>
    public static OtioDocument Of(int clips, int metadataBytes)
    {
        var random = new Random(20261121);
        var perTrack = clips / 3;
        var shots = Enumerable.Range(0, perTrack).Select(i => (Index: i, Start: random.Next(0, 400), Length: random.Next(12, 96))).ToList();
        OtioObject TrackOf(string name, string kind) =>
            OtioBuild.Track(name, kind, shots.Select(s => Clip(s.Index, s.Start, s.Length, Metadata(random, metadataBytes))));
        return new(OtioBuild.Timeline(
            "reel", new(86400, FrameRate.Fps24), [TrackOf("V1", "Video"), TrackOf("A1", "Audio"), TrackOf("A2", "Audio")]));
    }

    static OtioObject Clip(int index, int start, int length, OtioObject metadata)
    {
        var media = OtioBuild.ExternalReference(
            $"file:///media/A{index / 40:D3}_C{index % 40:D3}.mov",
            OtioBuild.Range(new(0, FrameRate.Fps24), new(1000, FrameRate.Fps24)));
        var range = OtioBuild.Range(new(start, FrameRate.Fps24), new(length, FrameRate.Fps24));
        return OtioBuild.Clip($"SC{index:D5}_T{index % 5 + 1}", media, range).With("metadata", metadata);
    }

    /// <summary>Nested, with many short keys in the order OpenTimelineIO writes them: sorted.</summary>
    static OtioObject Metadata(Random random, int bytes)
    {
        var groups = (bytes + GroupBytes / 2) / GroupBytes;
        if (groups == 0) return OtioObject.Map(("camera", OtioObject.Map(("focal_length", 35.0), ("serial", $"SN{random.Next():D10}"))));
        return new([.. GroupNames.Take(groups).Select(name => new OtioField(name, Group(random)))]);
    }

    static OtioObject Group(Random random) => OtioObject.Map(
        ("aspect", random.Next(100, 240) / 100.0),
        ("clip_uuid", $"{random.Next():x8}-{random.Next(0x10000):x4}-{random.Next(0x10000):x4}-{random.NextInt64(1L << 48):x12}"),
        ("exposure", OtioObject.Map(
            ("ei", random.Next(1, 64) * 100),
            ("iris", Math.Round(random.NextDouble() * 22, 4)),
            ("nd", random.Next(0, 8) * 0.3),
            ("shutter", random.Next(900, 1800) / 10.0))),
        ("index", random.Next(1, 2_000_000)),
        ("is_circled", random.Next(3) == 0),
        ("note", Words[random.Next(Words.Length)]),
        ("offsets", new OtioArray([random.Next(-50, 50), random.Next(-50, 50), random.Next(-50, 50)])),
        ("operator", random.Next(2) == 0 ? OtioNull.Value : $"unit {random.Next(1, 4)}"),
        ("path", $@"\\san\reel_{random.Next(1, 200):D3}\{random.Next(1, 9999):D4}.ari"),
        ("reel", $"A{random.Next(1, 200):D3}R{random.Next(1, 9)}"),
        ("sensor_mode", "4.6K 3:2 Open Gate"),
        ("slate", $"{random.Next(1, 200)}{(char)('A' + random.Next(26))}-{random.Next(1, 12)}"),
        ("temperature", random.NextDouble() * 80 - 20),
        ("tint", random.Next(-10, 10)));
}
