using CineGit.Timeline.Model;

namespace CineGit.Timeline.Otio;

/// <summary>A clip's media references, in Clip.1's form (one) and Clip.2's (several by key, one active).</summary>
static class MediaMapping
{
    const string Single = "media_reference";
    const string Several = "media_references";
    const string ActiveKey = "active_media_reference_key";

    public static Media Read(OtioObject clip, CutReading reading, Place place)
    {
        var references = References(clip);
        return Describe(Active(clip), references, clip.Text("name") ?? "", reading, place);
    }

    /// <summary>The reference that the clip uses; null when it has none.</summary>
    public static OtioObject? Active(OtioObject clip) => References(clip) is OtioObject references
        ? IsSingle(references) ? references : references.Child(clip.Text(ActiveKey) ?? OtioSchema.DefaultMediaKey)
        : null;

    public static OtioObject Write(OtioObject clip, Media media)
    {
        if (media.References is OtioObject references && !IsSingle(references))
        {
            if (clip.Schema != "Clip.2" && OtioSchema.VersionOf(clip.Schema) < 2) clip = clip.With(OtioSchema.Key, "Clip.2").Without(Single);
            clip = clip.With(Several, references);
            return WithActiveKey(clip, references, media);
        }

        if (clip[Several] is null) return clip.With(Single, media.References);
        var key = clip.Text(ActiveKey) ?? OtioSchema.DefaultMediaKey;
        return clip.With(Several, OtioObject.Map((key, media.References))).With(ActiveKey, key);
    }

    static OtioObject WithActiveKey(OtioObject clip, OtioObject references, Media media)
    {
        var silent = new CutReading(new());
        if (Read(clip, silent, default) == media) return clip;
        foreach (var candidate in references.Fields)
        {
            var chosen = clip.With(ActiveKey, candidate.Name);
            if (Read(chosen, silent, default) == media) return chosen;
        }

        return clip;
    }

    static OtioValue References(OtioObject clip) => clip[Several] ?? clip[Single] ?? OtioNull.Value;

    static bool IsSingle(OtioObject references) => references.Schema.Length > 0;

    static Media Describe(OtioObject? reference, OtioValue references, string clipName, CutReading reading, Place place)
    {
        if (reference is null) return new(clipName, clipName, null, references);
        reading.CheckVersion(reference, place);
        var available = reading.Range(reference["available_range"], place, "available_range");
        var location = Location(reference);
        var own = reference.Text("name") is { Length: > 0 } name ? name : null;
        var generated = reference.Text("generator_kind") is { Length: > 0 } kind ? kind : null;
        var key = location ?? own ?? generated ?? clipName;
        var shown = location is null ? key : FileName(location);
        return new(key, shown, available, references);
    }

    static string? Location(OtioObject reference)
    {
        if (reference.Text("target_url") is { Length: > 0 } url) return url;
        if (reference.SchemaName != OtioSchema.ImageSequenceReference) return null;
        var sequence = string.Concat(
            reference.Text("target_url_base"), reference.Text("name_prefix"), "#", reference.Text("name_suffix"));
        return sequence == "#" ? null : sequence;
    }

    /// <summary>What stands after the last folder, percent-escapes read when it is a URL.</summary>
    static string FileName(string location)
    {
        var end = location.AsSpan().TrimEnd("/\\").Length;
        var name = location[(location.AsSpan(0, end).LastIndexOfAny('/', '\\') + 1)..end];
        if (!location.Contains("://", StringComparison.Ordinal)) return name;
        var query = name.IndexOf('?', StringComparison.Ordinal);
        return Uri.UnescapeDataString(query < 0 ? name : name[..query]);
    }
}
