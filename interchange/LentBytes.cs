using System.Buffers;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange;

/// <summary>The bytes of a line-based text format, in memory that is lent and given back.</summary>
internal readonly ref struct LentBytes
{
    /// <summary>
    /// A quarter of a million events of a list. Such a text is held whole, at some twenty times its size; what is larger was
    /// not written by an editing program.
    /// </summary>
    public const int Most = 64 << 20;

    readonly byte[] _lent;
    readonly int _length;

    LentBytes(byte[] lent, int length) => (_lent, _length) = (lent, length);

    public ReadOnlySpan<byte> Span => _lent.AsSpan(0, _length);

    /// <param name="input">Read to its end.</param>
    /// <param name="fileName">For the message.</param>
    /// <param name="kind">What the text should be, with its article.</param>
    /// <exception cref="InterchangeFormatException">There are more than <see cref="Most"/>.</exception>
    public static LentBytes Read(Stream input, string fileName, string kind)
    {
        const int atFirst = 1 << 16;
        var known = input.CanSeek ? Math.Min(input.Length - input.Position, Most) : 0;
        var bytes = ArrayPool<byte>.Shared.Rent((int)Math.Max(known + 1, atFirst));
        var length = 0;
        while (true)
        {
            var read = input.Read(bytes, length, bytes.Length - length);
            length += read;
            if (length > Most)
            {
                ArrayPool<byte>.Shared.Return(bytes);
                throw new InterchangeFormatException($"{fileName} is larger than {Most >> 20} MB; check that it is {kind}.", "line 1");
            }

            if (read == 0) return new(bytes, length);
            if (length == bytes.Length) bytes = Grown(bytes);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_lent);

    static byte[] Grown(byte[] bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(bytes);
        return larger;
    }
}
