using CineGit.Timeline.Model;

namespace CineGit.Timeline.Otio;

/// <summary>From the cut back to the document.</summary>
public static class CutWriter
{
    public static OtioDocument Write(Sequence sequence) => throw new NotImplementedException();
}
