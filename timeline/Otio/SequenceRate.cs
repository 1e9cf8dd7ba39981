using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>OTIO gives no rate to a timeline; this finds the one it is cut in.</summary>
static class SequenceRate
{
    /// <summary>
    /// The rate we wrote down, else the most usual one of the video elements' source ranges, else of the audio elements', else
    /// that of the start time; null when nothing says one.
    /// </summary>
    public static FrameRate? Of(OtioDocument document)
    {
        var owner = document.FirstTimeline() ?? document.Root;
        if (OwnMetadata.Rate(owner) is { } written && FrameRate.TryParse(written, out var rate)) return rate;
        var tracks = Tracks(owner).ToList();
        return MostUsual(tracks.Where(t => t.Text("kind") is not "Audio"))
            ?? MostUsual(tracks.Where(t => t.Text("kind") is "Audio"))
            ?? (OtioTimes.TryRead(owner["global_start_time"], out var start) ? start.Rate : null);
    }

    static IEnumerable<OtioObject> Tracks(OtioObject owner) => owner.SchemaName switch
    {
        OtioSchema.Timeline => owner.Child("tracks")?.Objects("children") ?? [],
        OtioSchema.Stack => owner.Objects("children"),
        _ => [owner],
    };

    static FrameRate? MostUsual(IEnumerable<OtioObject> tracks)
    {
        var counts = new Dictionary<FrameRate, int>();
        FrameRate? best = null;
        foreach (var element in tracks.SelectMany(Elements))
        {
            if (RateOf(element) is not { } rate) continue;
            var count = counts[rate] = counts.GetValueOrDefault(rate) + 1;
            if (best is not { } leader || count > counts[leader]) best = rate;
        }

        return best;
    }

    static IEnumerable<OtioObject> Elements(OtioObject track) => track.SchemaName == OtioSchema.Track
        ? track.Objects("children").Where(c => c.SchemaName is not (OtioSchema.Gap or OtioSchema.Transition))
        : [track];

    static FrameRate? RateOf(OtioObject element) =>
        OtioTimes.RateOf(element["source_range"]) ?? OtioTimes.RateOf(MediaMapping.Active(element)?["available_range"]);
}
