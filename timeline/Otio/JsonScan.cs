using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Steps over runs of bytes, 32 at a time: white space and the inside of strings are most of a file. What goes over every byte
/// of raw text is optimized at its first call: a command reads one file and is done before the runtime finds a loop hot.
/// </summary>
static class JsonScan
{
    /// <summary>The first quote, backslash or control character at or after <paramref name="at"/>; the text's length when there is none.</summary>
    /// <param name="beyondAscii">Becomes true when a byte before it is not ASCII.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int StringStop(ReadOnlySpan<byte> text, int at, ref bool beyondAscii)
    {
        while (at <= text.Length - Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at);
            var stops = Vector256.Equals(block, Vector256.Create((byte)'"'))
                | Vector256.Equals(block, Vector256.Create((byte)'\\'))
                | Vector256.Equals(block & Vector256.Create((byte)0xE0), Vector256<byte>.Zero);
            var high = block.ExtractMostSignificantBits();
            if (stops == Vector256<byte>.Zero)
            {
                beyondAscii |= high != 0;
                at += Vector256<byte>.Count;
                continue;
            }

            var offset = BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
            beyondAscii |= (high & ((1u << offset) - 1)) != 0;
            return at + offset;
        }

        while (at < text.Length && text[at] is >= 0x20 and not ((byte)'"' or (byte)'\\'))
        {
            beyondAscii |= text[at] >= 0x80;
            at++;
        }

        return at;
    }

    /// <summary>The first byte at or after <paramref name="at"/> that is not JSON's white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SpaceStop(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] > ' ') return at;
        while (at <= text.Length - Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at);
            var spaces = Vector256.Equals(block, Vector256.Create((byte)' '))
                | Vector256.Equals(block, Vector256.Create((byte)'\n'))
                | Vector256.Equals(block, Vector256.Create((byte)'\r'))
                | Vector256.Equals(block, Vector256.Create((byte)'\t'));
            var others = ~spaces.ExtractMostSignificantBits();
            if (others != 0) return at + BitOperations.TrailingZeroCount(others);
            at += Vector256<byte>.Count;
        }

        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    /// <summary>The first byte at or after <paramref name="at"/> that is no digit.</summary>
    public static int DigitStop(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at;
    }

    /// <summary>Where a string ends whose text is known to be well formed: the offset of its closing quote.</summary>
    /// <param name="first">The byte after its opening quote.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int StringEnd(ReadOnlySpan<byte> text, int first, out bool hasEscapes)
    {
        hasEscapes = false;
        var beyondAscii = false;
        var at = StringStop(text, first, ref beyondAscii);
        while (text[at] != '"')
        {
            hasEscapes = true;
            at = StringStop(text, at + 2, ref beyondAscii);
        }

        return at;
    }

    /// <summary>Where a number, <c>true</c>, <c>false</c> or <c>null</c> ends whose text is known to be well formed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] is > (byte)' ' and not ((byte)',' or (byte)'}' or (byte)']')) at++;
        return at;
    }
}
