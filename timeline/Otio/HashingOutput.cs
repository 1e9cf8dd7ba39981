using System.Buffers;
using System.Security.Cryptography;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Otio;

/// <summary>A buffer that hashes what is written to it, so that no whole document is held as bytes.</summary>
sealed class HashingOutput : IBufferWriter<byte>, IDisposable
{
    const int SmallestBuffer = 16 * 1024;

    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
    int _used;

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_used);
    }

    public ContentHash Finish()
    {
        Flush();
        return ContentHash.OfDigest(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    void MakeRoom(int wanted)
    {
        if (_buffer.Length - _used >= Math.Max(wanted, 1)) return;
        Flush();
        if (_buffer.Length >= wanted) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(wanted);
    }

    void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
