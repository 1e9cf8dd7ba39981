namespace CineGit.Timeline.Otio;

/// <summary>
/// A whole .otio file: usually a Timeline, sometimes a SerializableCollection, a lone Track or anything else OTIO can write.
/// </summary>
public sealed record OtioDocument(OtioObject Root)
{
    /// <summary>The timeline: the root itself, or the first one inside a collection; null when there is none.</summary>
    public OtioObject? FirstTimeline() => Timelines().FirstOrDefault();

    /// <summary>The root itself, or the timelines of a collection and of the collections in it, in order.</summary>
    public IEnumerable<OtioObject> Timelines() => Timelines(Root);

    static IEnumerable<OtioObject> Timelines(OtioObject node) => node.SchemaName switch
    {
        OtioSchema.Timeline => [node],
        OtioSchema.SerializableCollection => node.Objects("children").SelectMany(Timelines),
        _ => [],
    };
}
