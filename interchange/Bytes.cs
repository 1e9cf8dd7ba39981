namespace CineGit.Interchange;

internal static class Bytes
{
    /// <summary>The rest of a stream; timelines are small enough to be held whole.</summary>
    public static ReadOnlySpan<byte> ReadAll(Stream input) => ReadAllMemory(input).Span;

    public static ReadOnlyMemory<byte> ReadAllMemory(Stream input)
    {
        using var buffer = new MemoryStream();
        input.CopyTo(buffer);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
