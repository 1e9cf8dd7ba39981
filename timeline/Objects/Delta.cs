using System.Numerics;
using System.Runtime.InteropServices;

namespace CineGit.Timeline.Objects;

/// <summary>
/// Bytes as what they take over from other bytes: turns of new bytes and copies. A copy usually goes on where the last one and
/// the new bytes after it ended, and then its place costs one byte.
/// </summary>
static class Delta
{
    /// <summary>A copy costs about this much when its place is not the expected one.</summary>
    const int ShortestCopy = 7;

    /// <summary>A copy at the expected place.</summary>
    const int ShortestExpected = 3;

    const int HashedBytes = 4;

    public static void Write(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, ByteWriter output)
    {
        output.Count(target.Length);
        var index = new SourceIndex(source);
        var literalStart = 0;
        var expected = 0;
        for (var at = 0; at < target.Length;)
        {
            var found = Find(source, target, at, literalStart, expected + (at - literalStart), index);
            if (found.Length == 0)
            {
                at++;
                continue;
            }

            var literals = found.Target - literalStart;
            output.Counted(target.Slice(literalStart, literals));
            output.Count(found.Length);
            output.Signed(found.Source - (long)(expected + literals));
            expected = found.Source + found.Length;
            at = literalStart = found.Target + found.Length;
        }

        if (literalStart < target.Length) output.Counted(target[literalStart..]);
    }

    /// <summary>The length of what <see cref="Apply"/> will make.</summary>
    public static int LengthOf(ReadOnlySpan<byte> delta, int limit)
    {
        var input = new ByteReader(delta);
        return input.Below(limit);
    }

    public static void Apply(ReadOnlySpan<byte> source, ReadOnlySpan<byte> delta, Span<byte> target)
    {
        var input = new ByteReader(delta);
        if (input.Unsigned() != (ulong)target.Length) throw new CorruptObjectException("a difference has another length than it says");
        var at = 0;
        var expected = 0L;
        while (at < target.Length)
        {
            var literals = input.Counted();
            if (literals.Length > target.Length - at) throw new CorruptObjectException("a difference is longer than it says");
            literals.CopyTo(target[at..]);
            at += literals.Length;
            if (at == target.Length) break;
            var length = input.Below((long)target.Length - at + 1);
            var place = expected + literals.Length + input.Signed();
            if (length == 0 || place < 0 || place > source.Length - length) throw new CorruptObjectException("a difference copies what is not there");
            source.Slice((int)place, length).CopyTo(target[at..]);
            at += length;
            expected = place + length;
        }

        if (!input.IsAtEnd) throw new CorruptObjectException("a difference goes on after its end");
    }

    static Copy Find(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, int at, int literalStart, int expected, SourceIndex index)
    {
        if (expected >= 0 && expected < source.Length)
        {
            var length = source[expected..].CommonPrefixLength(target[at..]);
            if (length >= ShortestExpected) return new(expected, at, length);
        }

        var (place, ahead) = index.Longest(source, target[at..]);
        if (ahead == 0) return default;
        var back = 0;
        while (at - back > literalStart && place - back > 0 && source[place - back - 1] == target[at - back - 1]) back++;
        return back + ahead >= ShortestCopy ? new(place - back, at - back, back + ahead) : default;
    }

    readonly record struct Copy(int Source, int Target, int Length);

    /// <summary>Where a few bytes occur in the source, the last such place first.</summary>
    sealed class SourceIndex
    {
        /// <summary>Text repeats itself; so many places are looked at, and the one that goes on longest wins.</summary>
        const int MostTries = 24;

        /// <summary>A copy as long as this is good enough to stop looking.</summary>
        const int LongEnough = 512;

        readonly int[] _latest;
        readonly int[] _earlier;
        readonly int _shift;

        public SourceIndex(ReadOnlySpan<byte> source)
        {
            var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(source.Length, 1)) + 1, 8, 20);
            _shift = 32 - bits;
            _latest = new int[1 << bits];
            _earlier = new int[source.Length + 1];
            for (var i = 0; i + HashedBytes <= source.Length; i++)
            {
                ref var latest = ref _latest[Slot(source[i..])];
                _earlier[i + 1] = latest;
                latest = i + 1;
            }
        }

        public (int Place, int Length) Longest(ReadOnlySpan<byte> source, ReadOnlySpan<byte> text)
        {
            if (text.Length < HashedBytes) return default;
            var best = (Place: 0, Length: 0);
            var tries = MostTries;
            for (var next = _latest[Slot(text)]; next > 0 && tries > 0; next = _earlier[next], tries--)
            {
                var length = source[(next - 1)..].CommonPrefixLength(text);
                if (length > best.Length) best = (next - 1, length);
                if (length >= LongEnough) break;
            }

            return best.Length >= HashedBytes ? best : default;
        }

        int Slot(ReadOnlySpan<byte> text) => (int)(unchecked(MemoryMarshal.Read<uint>(text) * 2654435761U) >> _shift);
    }
}
