using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>Clip.1 has one <c>media_reference</c>; Clip.2 has several by key and says which is used.</summary>
static class ClipVersions
{
    const string First = "Clip.1";
    const string Second = "Clip.2";
    const string Single = "media_reference";
    const string Several = "media_references";
    const string ActiveKey = "active_media_reference_key";

    public static OtioObject Upgrade(OtioObject clip)
    {
        var isSecond = OtioSchema.VersionOf(clip.Schema) >= 2;

        // A Clip.2 with something kept was upgraded by another program; it gets it back unless more was done to its media.
        if (KeptFields.Of(clip, Second) is { } kept && (!isSecond || HasOneReference(clip)))
        {
            var reference = isSecond ? MediaMapping.Active(clip) : clip[Single];
            return TryRestore(clip, reference, kept) ?? Upgraded(clip);
        }

        return isSecond ? clip : Upgraded(clip);
    }

    public static OtioObject Downgrade(OtioObject clip, SchemaConversion conversion)
    {
        if (OtioSchema.VersionOf(clip.Schema) < 2) return clip;
        clip = Upgrade(clip);
        if (!HasOneReference(clip)) return DowngradedInParts(clip, conversion);
        var media = MediaMapping.Active(clip) ?? OtioObject.EmptyMap;
        var first = FieldPlaces.Replace(clip.Without(ActiveKey), Several, (Single, media)).With(OtioSchema.Key, First);
        if (KeptFields.Of(clip, First) is not { } kept) return first;
        var said = kept[Single];
        if (said is not null && !media.Equals(OtioBuild.MissingReference())) return first;
        first = KeptFields.Without(first, First);
        if (said is not null) first = FieldPlaces.Replace(first, Single, (Single, said));
        return kept[ActiveKey] is { } key ? first.With(ActiveKey, key) : first;
    }

    /// <summary>Says no more than a Clip.1 can.</summary>
    static bool HasOneReference(OtioObject clip) =>
        clip[Several] is OtioObject { Schema: "", Fields: [{ Name: OtioSchema.DefaultMediaKey, Value: OtioObject { Schema.Length: > 0 } }] }
        && clip.Text(ActiveKey) == OtioSchema.DefaultMediaKey
        && clip[Single] is null;

    static OtioObject Upgraded(OtioObject clip)
    {
        if (clip[Several] is not null) return clip.With(OtioSchema.Key, Second);
        var said = clip[Single];
        var media = said as OtioObject ?? OtioBuild.MissingReference();
        var second = FieldPlaces.Replace(clip, Single, (Several, OtioObject.Map((OtioSchema.DefaultMediaKey, media))), (ActiveKey, OtioSchema.DefaultMediaKey))
            .With(OtioSchema.Key, Second);

        // A clip without a reference is to OpenTimelineIO one whose reference is missing.
        var kept = said is null or OtioNull or OtioObject ? OtioObject.EmptyMap : OtioObject.Map((Single, said));
        if (clip[ActiveKey] is { } key) kept = kept.With(ActiveKey, key);
        return kept.Fields.IsEmpty ? second : KeptFields.With(second, First, kept);
    }

    static OtioObject DowngradedInParts(OtioObject clip, SchemaConversion conversion)
    {
        var kept = OtioObject.EmptyMap;
        OtioObject? media = null;
        if (clip[Several] is OtioObject { Schema: "" } map)
        {
            var name = clip.Text(ActiveKey) ?? OtioSchema.DefaultMediaKey;
            media = map.Child(name);
            kept = kept.With(Several, media is null ? map : map.With(name, OtioNull.Value));
            var others = map.Fields.Count(f => f.Name != name);
            if (others > 0)
            {
                conversion.Warn(
                    DiagnosticCodes.OtioKeptForNewer,
                    string.Create(CultureInfo.InvariantCulture, $"The clip \"{clip.Text("name")}\" has {others + 1} media references where Clip.1 has room for one; \"{name}\" is written, the others are kept in metadata.cinegit.kept."));
            }
        }
        else if (clip[Several] is { } odd)
        {
            kept = kept.With(Several, odd);
        }

        if (clip[ActiveKey] is { } key) kept = kept.With(ActiveKey, key);
        if (clip[Single] is { } extra) kept = kept.With(Single, extra);
        var first = clip.Without(ActiveKey).Without(Single);
        first = media is null ? first.Without(Several) : FieldPlaces.Replace(first, Several, (Single, media));
        return KeptFields.With(first.With(OtioSchema.Key, First), Second, kept);
    }

    /// <summary>What was kept, around the reference that is used; null when that has no place in it.</summary>
    static OtioObject? TryRestore(OtioObject clip, OtioValue? reference, OtioObject kept)
    {
        var isReal = reference is OtioObject { SchemaName: not OtioSchema.MissingReference };
        var several = kept[Several];
        if (several is OtioObject { Schema: "" } map)
        {
            var name = kept.Text(ActiveKey) ?? OtioSchema.DefaultMediaKey;
            var isOpen = map[name] is OtioNull && reference is OtioObject;
            several = reference is not null && (isOpen || isReal) ? map.With(name, reference) : map;
        }
        else if (isReal)
        {
            return null;
        }

        List<(string, OtioValue)> fields = [];
        if (several is not null) fields.Add((Several, several));
        if (kept[ActiveKey] is { } key) fields.Add((ActiveKey, key));
        if (kept[Single] is { } extra) fields.Add((Single, extra));
        var place = clip[Several] is null ? Single : Several;
        var restored = FieldPlaces.Replace(clip, place, [.. fields]);
        foreach (var name in new[] { Single, Several, ActiveKey })
        {
            if (!fields.Exists(f => f.Item1 == name)) restored = restored.Without(name);
        }

        return KeptFields.Without(restored, Second).With(OtioSchema.Key, Second);
    }
}
