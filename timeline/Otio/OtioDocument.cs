namespace CineGit.Timeline.Otio;

/// <summary>
/// A whole .otio file: usually a Timeline, sometimes a SerializableCollection, a lone Track or anything else OTIO can write.
/// </summary>
public sealed record OtioDocument(OtioObject Root)
{
    /// <summary>The timeline: the root itself, or the first one inside a collection; null when there is none.</summary>
    public OtioObject? FirstTimeline() => Root.SchemaName switch
    {
        OtioSchema.Timeline => Root,
        OtioSchema.SerializableCollection => Root.Objects("children").FirstOrDefault(o => o.SchemaName == OtioSchema.Timeline),
        _ => null,
    };
}
