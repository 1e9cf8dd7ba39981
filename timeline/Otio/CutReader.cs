using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Otio;

/// <summary>From the document to the cut.</summary>
public static class CutReader
{
    public static Sequence Read(OtioDocument document, DiagnosticBag diagnostics) => throw new NotImplementedException();
}
