using System.Buffers.Binary;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Objects;

/// <summary>
/// Names a pack by the version it was made for: the first 63 bits of the version's id, and which of the version's two parts it
/// holds. Two versions of one project that share 63 bits cannot both be stored; whoever stores refuses the second.
/// </summary>
public readonly record struct PackId(ulong Value)
{
    /// <summary>The pack of the version's cut.</summary>
    public static PackId OfCut(ContentHash version) => new(Prefix(version) & ~1UL);

    /// <summary>The pack of the file that was committed.</summary>
    public static PackId OfNative(ContentHash version) => new(Prefix(version) | 1UL);

    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    static ulong Prefix(ContentHash version)
    {
        Span<byte> digest = stackalloc byte[ContentHash.Size];
        version.WriteTo(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}

/// <summary>Where an object is stored: the pack that brought it, and its number there.</summary>
public readonly record struct ObjectPlace(PackId Pack, int Index);
