using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>What other formats say of a clip's source that an event line needs.</summary>
internal static class EdlSource
{
    /// <summary>True where a clip's file counts drop-frame timecode.</summary>
    public static bool SaysDrop(OtioObject? item) =>
        item is not null
        && (ItemTimes.ActiveMedia(item)?.Child("metadata")?.Child("fcp_xml")?.Child("timecode")?.Text("displayformat") == "DF"
            || item.Child("metadata")?.Child("fcpx")?.Text("@tcFormat") == "DF");
}
