using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

/// <summary>
/// The media of a clip apart from the clip's name. Media that is missing or says nothing of itself is called after its
/// clip, so renaming the clip must not look like other media.
/// </summary>
static class OwnMedia
{
    public static Media Of(Clip clip) =>
        clip.Media.Key == clip.Name && clip.Media.Name == clip.Name ? clip.Media with { Key = "", Name = "" } : clip.Media;

    public static Media For(Media own, string clipName) => own.Key.Length == 0 ? own with { Key = clipName, Name = clipName } : own;
}
