using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Objects;

/// <summary>What an object is. The numbers are part of every hash and every stored pack.</summary>
public enum ObjectKind : byte
{
    /// <summary>A run of the items of a list: clips, gaps, transitions of a track.</summary>
    Leaf = 1,

    /// <summary>A run of leaves or of nodes below it.</summary>
    Node = 2,

    /// <summary>A whole OTIO document but for its long lists, which it links to.</summary>
    Document = 3,

    /// <summary>A run of a file's bytes.</summary>
    Chunk = 4,

    /// <summary>A whole file, as links to its chunks.</summary>
    File = 5,
}

/// <summary>
/// A piece of a version, named by its content: SHA-256 over kind, format, the hashes of what it links to, and its own bytes.
/// Equal content gives equal hashes whoever encodes it, so versions share what they have in common, and two subtrees with one
/// hash need not be looked into.
/// </summary>
[DebuggerDisplay("{Kind} {Hash}")]
public sealed class VersionObject
{
    /// <summary>Rises when the meaning of bodies changes.</summary>
    const byte Format = 1;

    ListContent? _content;

    internal VersionObject(ObjectKind kind, ImmutableArray<VersionObject> links, ReadOnlyMemory<byte> body)
    {
        Kind = kind;
        Links = links;
        Body = body;
        Hash = HashOf(kind, links, body.Span);
    }

    public ObjectKind Kind { get; }

    /// <summary>What this object is made of besides its own bytes, in order.</summary>
    public ImmutableArray<VersionObject> Links { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public ContentHash Hash { get; }

    /// <summary>True for a leaf that encoding its items is known to give.</summary>
    internal bool IsProven { get; set; }

    /// <summary>A leaf's items; null as long as nobody asked for them.</summary>
    internal ListContent? Decoded => _content;

    /// <summary>This object and all that it leads to, each hash once, links before what links to them.</summary>
    public IEnumerable<VersionObject> Walk() => Walk([]);

    /// <summary>What this object leads to that <paramref name="have"/> does not: equal subtrees are not looked into.</summary>
    public IReadOnlyList<VersionObject> MissingFrom(params IEnumerable<VersionObject> have)
    {
        var known = new HashSet<ContentHash>();
        foreach (var tree in have)
        {
            foreach (var _ in tree.Walk(known))
            {
                // Walking fills the set.
            }
        }

        return [.. Walk(known)];
    }

    /// <summary>A leaf's items, decoded once however many versions share it.</summary>
    internal ListContent Content(Func<VersionObject, ListContent> decode)
    {
        if (_content is { } known) return known;
        Interlocked.CompareExchange(ref _content, decode(this), null);
        return _content;
    }

    IEnumerable<VersionObject> Walk(HashSet<ContentHash> seen)
    {
        if (!seen.Add(Hash)) yield break;
        foreach (var link in Links)
        {
            foreach (var found in link.Walk(seen)) yield return found;
        }

        yield return this;
    }

    static ContentHash HashOf(ObjectKind kind, ImmutableArray<VersionObject> links, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new ByteWriter(16 + links.Length * ContentHash.Size);
        head.Byte((byte)kind);
        head.Byte(Format);
        head.Unsigned((ulong)links.Length);
        foreach (var link in links) link.Hash.WriteTo(head.Take(ContentHash.Size));
        hash.AppendData(head.Written);
        hash.AppendData(body);
        Span<byte> digest = stackalloc byte[ContentHash.Size];
        hash.GetHashAndReset(digest);
        return ContentHash.OfDigest(digest);
    }
}
