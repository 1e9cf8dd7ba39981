using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

/// <summary>
/// The media of a clip apart from the clip's name. Media that is missing or says nothing of itself is called after its
/// clip, so renaming the clip must not look like other media.
/// </summary>
static class OwnMedia
{
    public static Media Of(Clip clip) => IsCalledAfter(clip) ? clip.Media with { Key = "", Name = "" } : clip.Media;

    /// <summary>The key that <see cref="Of"/> has.</summary>
    public static string KeyOf(Clip clip) => IsCalledAfter(clip) ? "" : clip.Media.Key;

    static bool IsCalledAfter(Clip clip) => clip.Media.Key == clip.Name && clip.Media.Name == clip.Name;

    public static Media For(Media own, string clipName) => own.Key.Length == 0 ? own with { Key = clipName, Name = clipName } : own;

    /// <summary>The same file in another folder: where it lies, not what is shown.</summary>
    public static bool IsElsewhere(Element was, Element now) =>
        (was, now) is (Clip a, Clip b)
        && a.Media.Key != b.Media.Key
        && a.Media.Available == b.Media.Available
        && FileOf(a.Media.Key) is { Length: > 0 } file
        && file == FileOf(b.Media.Key);

    static string FileOf(string key) => key[(key.LastIndexOfAny(['/', '\\']) + 1)..];
}
