using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>What one file being written shares.</summary>
internal sealed class XmemlWriting
{
    public XmemlWriting(XmlOutput output, XmemlLosses losses)
    {
        Output = output;
        Losses = losses;
        Files = new(this);
        Items = new(this);
        Sequences = new(this);
    }

    public XmlOutput Output { get; }

    public XmemlLosses Losses { get; }

    public XmemlIds Ids { get; } = new();

    public XmemlFileWriter Files { get; }

    public XmemlItemWriter Items { get; }

    public XmemlSequenceWriter Sequences { get; }

    /// <summary>Of the file that the document came from; one from elsewhere gets group indices and master clips.</summary>
    public XmemlHabits Habits { get; set; } = new(Ticks: false, GroupIndex: true, MasterClips: true);
}

/// <summary>The rate that a sequence without one is cut in.</summary>
internal static class XmemlSequenceRate
{
    /// <summary>What was noted, else the most usual of the picture's, else of the sound's, else of the start; null when nothing says one.</summary>
    public static FrameRate? Of(OtioObject owner, IReadOnlyList<OtioObject> tracks)
    {
        if (FrameRate.TryParse(XmemlOtio.Own(owner)?.Text(XmemlKeys.Rate) ?? "", out var noted)) return noted;
        return MostUsual(tracks.Where(t => t.Text("kind") is not "Audio"))
            ?? MostUsual(tracks.Where(t => t.Text("kind") is "Audio"))
            ?? (OtioTimes.TryRead(owner["global_start_time"], out var start) ? start.Rate : null);
    }

    static FrameRate? MostUsual(IEnumerable<OtioObject> tracks) => tracks
        .SelectMany(t => t.SchemaName == OtioSchema.Track ? t.Objects("children") : [t])
        .Where(c => c.SchemaName is not (OtioSchema.Gap or OtioSchema.Transition))
        .Select(c => OtioTimes.RateOf(c["source_range"]) ?? OtioTimes.RateOf(XmemlOtio.ActiveMedia(c)?["available_range"]))
        .OfType<FrameRate>()
        .GroupBy(r => r)
        .OrderByDescending(g => g.Count())
        .Select(g => (FrameRate?)g.Key)
        .FirstOrDefault();
}
