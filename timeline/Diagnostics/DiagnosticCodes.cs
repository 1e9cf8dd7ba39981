namespace CineGit.Timeline.Diagnostics;

/// <summary>Every diagnostic code, in one list. First digit: 1 OTIO, 2 EDL, 3 FCP7 XML, 4 FCPXML, 5 AAF, 6 the cut itself.</summary>
public static class DiagnosticCodes
{
}
