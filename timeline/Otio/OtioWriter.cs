using System.Buffers;

namespace CineGit.Timeline.Otio;

public static class OtioWriter
{
    public static void Write(OtioDocument document, IBufferWriter<byte> output) => throw new NotImplementedException();
}
