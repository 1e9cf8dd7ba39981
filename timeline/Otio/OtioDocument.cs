namespace CineGit.Timeline.Otio;

/// <summary>
/// A whole .otio file: usually a Timeline, sometimes a SerializableCollection, a lone Track or anything else OTIO can write.
/// </summary>
public sealed record OtioDocument(OtioObject Root)
{
    /// <summary>The timeline that is the cut: the root itself, or of a collection the chosen one, else the first; null when there is none.</summary>
    public OtioObject? FirstTimeline() => Root.SchemaName == OtioSchema.Timeline
        ? Root
        : Timelines().FirstOrDefault(OwnMetadata.IsCut) ?? Timelines().FirstOrDefault();

    /// <summary>The same document with the first timeline of this name as the cut; null when none has it.</summary>
    public OtioDocument? WithCut(string name)
    {
        if (Timelines().FirstOrDefault(t => t.Text("name") == name) is not { } chosen) return null;
        return ReferenceEquals(chosen, FirstTimeline()) ? this : new(Chosen(Root, chosen));
    }

    /// <summary>The root itself, or the timelines of a collection and of the collections in it, in order.</summary>
    public IEnumerable<OtioObject> Timelines() => Timelines(Root);

    static OtioObject Chosen(OtioObject node, OtioObject chosen) => node.SchemaName switch
    {
        OtioSchema.Timeline => OwnMetadata.WithCut(node, ReferenceEquals(node, chosen)),
        OtioSchema.SerializableCollection => ListField.With(node, "children", [.. node.Objects("children").Select(child => Chosen(child, chosen))]),
        _ => node,
    };

    static IEnumerable<OtioObject> Timelines(OtioObject node) => node.SchemaName switch
    {
        OtioSchema.Timeline => [node],
        OtioSchema.SerializableCollection => node.Objects("children").SelectMany(Timelines),
        _ => [],
    };
}
