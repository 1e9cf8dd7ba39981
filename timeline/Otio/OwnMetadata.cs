using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Otio;

/// <summary>Our dictionary inside an object's metadata: <c>metadata.cinegit.id</c>, <c>.link</c>, <c>.definition</c>, <c>.rate</c>, <c>.cut</c>.</summary>
static class OwnMetadata
{
    const string Metadata = "metadata";
    const string IdKey = "id";
    const string LinkKey = "link";
    const string DefinitionKey = "definition";
    const string RateKey = "rate";
    const string CutKey = "cut";

    /// <summary>Where a value goes that stood in the place of a dictionary, so that it is not lost.</summary>
    const string DisplacedKey = "displaced";

    /// <summary>Null when the object carries no id that outlives its file.</summary>
    public static ElementId? Id(OtioObject node) =>
        ElementId.TryParse(Text(node, IdKey), out var id) && IsLasting(id) ? id : null;

    public static string? Link(OtioObject node) => Text(node, LinkKey);

    public static string? Definition(OtioObject node) => Text(node, DefinitionKey);

    public static string? Rate(OtioObject node) => Text(node, RateKey);

    /// <summary>Ids with birth zero only tell the parts of one file apart.</summary>
    public static bool IsLasting(ElementId id) => id.Birth != 0;

    public static OtioObject WithId(OtioObject node, ElementId id)
    {
        ElementId? wanted = IsLasting(id) ? id : null;
        return Id(node) == wanted ? node : With(node, IdKey, Value(wanted?.ToString()));
    }

    public static OtioObject WithLink(OtioObject node, string? link) => Link(node) == link ? node : With(node, LinkKey, Value(link));

    public static OtioObject WithDefinition(OtioObject node, string? definition) =>
        Definition(node) == definition ? node : With(node, DefinitionKey, Value(definition));

    public static OtioObject WithRate(OtioObject node, string rate) => With(node, RateKey, rate);

    /// <summary>True for the timeline that was chosen among several.</summary>
    public static bool IsCut(OtioObject timeline) => timeline.Child(Metadata)?.Child(OtioSchema.OwnMetadata)?.Flag(CutKey) ?? false;

    public static OtioObject WithCut(OtioObject timeline, bool isCut) =>
        IsCut(timeline) == isCut ? timeline : With(timeline, CutKey, isCut ? OtioBool.True : null);

    /// <summary>True when the metadata says something that is not ours.</summary>
    public static bool HasForeign(OtioObject node) => node[Metadata] switch
    {
        null or OtioNull => false,
        OtioObject map => map.Fields.Any(f => f.Name != OtioSchema.OwnMetadata),
        _ => true,
    };

    static OtioString? Value(string? text) => text is null ? null : new(text);

    static string? Text(OtioObject node, string key) => node.Child(Metadata)?.Child(OtioSchema.OwnMetadata)?.Text(key);

    static OtioObject With(OtioObject node, string key, OtioValue? value)
    {
        var metadata = Dictionary(node[Metadata]);
        var own = Dictionary(metadata[OtioSchema.OwnMetadata]);
        own = value is null ? own.Without(key) : own.With(key, value);
        metadata = own.Fields.IsEmpty ? metadata.Without(OtioSchema.OwnMetadata) : metadata.With(OtioSchema.OwnMetadata, own);
        return node.With(Metadata, metadata);
    }

    static OtioObject Dictionary(OtioValue? value) => value switch
    {
        OtioObject map => map,
        null or OtioNull => OtioObject.EmptyMap,
        _ => OtioObject.Map((DisplacedKey, value)),
    };
}
