namespace CineGit.Timeline.Otio;

/// <summary>Names of OpenTimelineIO 0.18's schemas, and the older names that files in the field still carry.</summary>
public static class OtioSchema
{
    public const string Key = "OTIO_SCHEMA";

    public const string Timeline = "Timeline";
    public const string Stack = "Stack";
    public const string Track = "Track";
    public const string Clip = "Clip";
    public const string Gap = "Gap";
    public const string Transition = "Transition";
    public const string Effect = "Effect";
    public const string TimeEffect = "TimeEffect";
    public const string LinearTimeWarp = "LinearTimeWarp";
    public const string FreezeFrame = "FreezeFrame";
    public const string Marker = "Marker";
    public const string ExternalReference = "ExternalReference";
    public const string MissingReference = "MissingReference";
    public const string GeneratorReference = "GeneratorReference";
    public const string ImageSequenceReference = "ImageSequenceReference";
    public const string SerializableCollection = "SerializableCollection";
    public const string RationalTime = "RationalTime";
    public const string TimeRange = "TimeRange";

    /// <summary>The key under <c>media_references</c> that a clip uses unless it says otherwise.</summary>
    public const string DefaultMediaKey = "DEFAULT_MEDIA";

    /// <summary>Our own dictionary inside <c>metadata</c>: ids, links.</summary>
    public const string OwnMetadata = "cinegit";

    /// <summary>The name before the version: <c>Clip</c> of <c>Clip.2</c>, with the 2017 names resolved.</summary>
    public static string NameOf(string schema)
    {
        var dot = schema.LastIndexOf('.');
        var name = dot < 0 ? schema : schema[..dot];
        return name switch
        {
            "Sequence" => Track,
            "Filler" => Gap,
            "SerializeableCollection" => SerializableCollection,
            _ => name,
        };
    }
}
