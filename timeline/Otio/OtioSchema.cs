using System.Globalization;

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
    public const string Color = "Color";
    public const string Box2d = "Box2d";
    public const string V2d = "V2d";
    public const string TimeTransform = "TimeTransform";

    /// <summary>The key under <c>media_references</c> that a clip uses unless it says otherwise.</summary>
    public const string DefaultMediaKey = "DEFAULT_MEDIA";

    /// <summary>Our own dictionary inside <c>metadata</c>: ids, links.</summary>
    public const string OwnMetadata = "cinegit";

    /// <summary>The name before the version: <c>Clip</c> of <c>Clip.2</c>, with the 2017 names resolved.</summary>
    public static string NameOf(string schema)
    {
        var dot = schema.LastIndexOf('.');
        var name = dot < 0 ? schema.AsSpan() : schema.AsSpan(0, dot);
        return name switch
        {
            Timeline => Timeline,
            Stack => Stack,
            Track or "Sequence" => Track,
            Clip => Clip,
            Gap or "Filler" => Gap,
            Transition => Transition,
            Effect => Effect,
            Marker => Marker,
            ExternalReference => ExternalReference,
            MissingReference => MissingReference,
            SerializableCollection or "SerializeableCollection" => SerializableCollection,
            RationalTime => RationalTime,
            TimeRange => TimeRange,
            _ => dot < 0 ? schema : schema[..dot],
        };
    }

    /// <summary>The number after the dot: 2 of <c>Clip.2</c>; 1 when there is none.</summary>
    public static int VersionOf(string schema)
    {
        var dot = schema.LastIndexOf('.');
        return dot >= 0 && int.TryParse(schema.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : 1;
    }

    /// <summary>The latest version of a schema that this code was written for; null for schemas it does not know.</summary>
    public static int? KnownVersion(string name) => name switch
    {
        Clip => 2,
        Marker => 3,
        Timeline or Stack or Track or Gap or Transition or Effect or TimeEffect or LinearTimeWarp or FreezeFrame
            or ExternalReference or MissingReference or GeneratorReference or ImageSequenceReference
            or SerializableCollection or RationalTime or TimeRange or TimeTransform or Color or Box2d or V2d => 1,
        _ => null,
    };
}
