using System.Runtime.InteropServices;

namespace CineGit.Timeline.Objects;

/// <summary>
/// A fast 64-bit hash that is the same on every machine: FNV-1a with a final mix. It decides where runs of items end and names
/// shapes; nothing trusts it.
/// </summary>
static class Fnv
{
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xcbf29ce484222325UL;
        unchecked
        {
            foreach (var unit in bytes) hash = (hash ^ unit) * 0x100000001b3UL;
        }

        return Mix(hash);
    }

    public static ulong Of(string text) => Of(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>Every bit of the input moves every bit of the output (the finalizer of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
            value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
            return value ^ (value >> 31);
        }
    }
}
