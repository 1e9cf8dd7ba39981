using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CineGit.Timeline.Objects;

/// <summary>
/// The names and constants that OTIO documents are full of, each one byte in an object. The order is part of the object format:
/// it is only ever appended to, together with a new format number.
/// </summary>
static class Words
{
    static readonly ImmutableArray<string> All =
    [
        "OTIO_SCHEMA", "metadata", "name", "children", "effects", "markers", "enabled", "color", "source_range",
        "media_references", "media_reference", "active_media_reference_key", "DEFAULT_MEDIA", "available_range",
        "available_image_bounds", "target_url", "duration", "start_time", "rate", "value", "kind", "tracks",
        "global_start_time", "in_offset", "out_offset", "transition_type", "effect_name", "time_scalar", "marked_range",
        "comment", "cinegit", "id", "link", "parameters", "generator_kind", "min", "max", "x", "y", "r", "g", "b", "a",
        "target_url_base", "name_prefix", "name_suffix", "start_frame", "frame_step", "frame_zero_padding",
        "missing_frame_policy", "Video", "Audio", "SMPTE_Dissolve", "Custom_Transition", "hold", "black",
        "RED", "PINK", "ORANGE", "YELLOW", "GREEN", "CYAN", "BLUE", "PURPLE", "MAGENTA", "BLACK", "WHITE",
        "Timeline.1", "Stack.1", "Track.1", "Clip.1", "Clip.2", "Gap.1", "Transition.1", "Effect.1", "TimeEffect.1",
        "LinearTimeWarp.1", "FreezeFrame.1", "Marker.1", "Marker.2", "Marker.3", "Color.1", "Box2d.1", "V2d.1",
        "ExternalReference.1", "MissingReference.1", "GeneratorReference.1", "ImageSequenceReference.1",
        "SerializableCollection.1", "RationalTime.1", "TimeRange.1", "TimeTransform.1", "Sequence.1", "Filler.1",
        "24.0", "25.0", "30.0", "50.0", "60.0", "48000.0", "23.976023976023978", "29.97002997002997", "59.94005994005994",
        "23.976", "29.97", "59.94", "role", "drop_frame", "angle",
    ];

    static readonly FrozenDictionary<string, int> Numbers = All
        .Select((word, i) => KeyValuePair.Create(word, i))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Zero and the text itself, or one more than the word's number.</summary>
    public static void Write(ByteWriter output, string text)
    {
        if (Numbers.TryGetValue(text, out var number))
        {
            output.Count(number + 1);
            return;
        }

        output.Count(0);
        Texts.Write(output, text);
    }

    public static string Read(ref ByteReader input)
    {
        var number = input.Below(All.Length + 1);
        return number == 0 ? Texts.Read(ref input) : All[number - 1];
    }
}
