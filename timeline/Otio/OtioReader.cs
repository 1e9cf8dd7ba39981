namespace CineGit.Timeline.Otio;

public static class OtioReader
{
    public static OtioDocument Read(ReadOnlyMemory<byte> utf8, Diagnostics.DiagnosticBag diagnostics) => throw new NotImplementedException();
}
