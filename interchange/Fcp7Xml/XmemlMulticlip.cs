using CineGit.Interchange.Xml;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// A <c>multiclip</c> holds the angles of one moment, each a clip, and says which is shown. It is kept whole in metadata; the
/// file of the angle shown is the clip's media.
/// </summary>
internal static class XmemlMulticlip
{
    /// <summary>The file of the active angle, else of the first; default when there is none.</summary>
    public static XmlNode ActiveFile(XmlNode multiclip, XmemlReferences references)
    {
        multiclip = references.Resolve(multiclip);
        if (!multiclip.Exists) return default;
        XmlNode first = default;
        foreach (var angle in multiclip.Named("angle"))
        {
            var file = FileOf(references.Resolve(angle.Child("clip")));
            if (IsActive(angle) && file.Exists) return file;
            if (!first.Exists) first = file;
        }

        return first;
    }

    static bool IsActive(XmlNode angle) => angle.TextOf("activevideoangle")?.Trim() is "TRUE" or "true";

    /// <summary>A clip names its file itself, or on the tracks inside it.</summary>
    static XmlNode FileOf(XmlNode clip)
    {
        if (clip.Child("file") is { Exists: true } own) return own;
        var media = clip.Child("media");
        foreach (var kind in (string[])["video", "audio"])
        {
            var item = media.Child(kind).Child("track").Child("clipitem");
            if (item.Child("file") is { Exists: true } file) return file;
        }

        return default;
    }
}
