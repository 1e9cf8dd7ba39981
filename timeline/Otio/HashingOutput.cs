using System.Security.Cryptography;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Otio;

/// <summary>Hashes what is written to it.</summary>
sealed class HashingOutput : PieceOutput
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentHash Finish()
    {
        Flush();
        return ContentHash.OfDigest(_hash.GetHashAndReset());
    }

    public override void Dispose()
    {
        _hash.Dispose();
        base.Dispose();
    }

    protected override void Take(ReadOnlySpan<byte> piece) => _hash.AppendData(piece);
}
