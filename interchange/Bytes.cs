using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange;

internal static class Bytes
{
    /// <summary>The rest of a stream; timelines are small enough to be held whole.</summary>
    public static ReadOnlySpan<byte> ReadAll(Stream input) => ReadAllMemory(input).Span;

    /// <exception cref="InterchangeFormatException">There are more bytes than memory can hold in one piece.</exception>
    public static ReadOnlyMemory<byte> ReadAllMemory(Stream input)
    {
        if (input.CanSeek && input.Length - input.Position > Array.MaxLength) throw new InterchangeFormatException("The file is larger than 2 GB, which no editing program writes of a timeline.", "");
        if (input is MemoryStream held && held.TryGetBuffer(out var whole))
        {
            var rest = whole.AsMemory((int)held.Position);
            held.Position = held.Length;
            return rest;
        }

        // Growing by doubling costs twice the file, in blocks that only a full collection frees.
        using var buffer = new MemoryStream(input.CanSeek ? (int)Math.Clamp(input.Length - input.Position, 0, Array.MaxLength) : 0);
        input.CopyTo(buffer);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
