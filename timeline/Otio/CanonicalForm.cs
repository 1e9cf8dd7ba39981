using System.Buffers;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Otio;

public static class CanonicalForm
{
    public static void Write(OtioDocument document, IBufferWriter<byte> output) => throw new NotImplementedException();

    public static ContentHash Hash(OtioDocument document) => throw new NotImplementedException();
}
