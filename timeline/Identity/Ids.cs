using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CineGit.Timeline.Identity;

/// <summary>
/// Where a batch of new elements was born: the first eight bytes of SHA-256 over the parent version and the imported bytes,
/// so every agent gives the same ids to the same import and no two imports share one.
/// </summary>
public readonly record struct Birth(ulong Value)
{
    public static Birth Of(string parentVersion, ReadOnlySpan<byte> imported)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(parentVersion));
        hash.AppendData([0]);
        hash.AppendData(imported);
        return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset()));
    }
}

/// <summary>
/// The identity of an element, track, marker or effect for as long as it lives in the film, carried from version to version
/// and never reused. Written as <c>b3f9a1c2d4e5f607-12</c> in <c>metadata.cinegit.id</c>.
/// </summary>
public readonly record struct ElementId(ulong Birth, uint Ordinal) : IComparable<ElementId>
{
    /// <summary>Not yet identified.</summary>
    public static readonly ElementId None;

    public bool IsNone => Birth == 0 && Ordinal == 0;

    public static bool TryParse(string? text, out ElementId id)
    {
        id = None;
        if (text is null || text.Length < 18 || text[16] != '-') return false;
        if (!ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var birth)) return false;
        if (!uint.TryParse(text.AsSpan(17), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)) return false;
        id = new(birth, ordinal);
        return true;
    }

    public int CompareTo(ElementId other) => (Birth, Ordinal).CompareTo((other.Birth, other.Ordinal));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Birth:x16}-{Ordinal}");
}
