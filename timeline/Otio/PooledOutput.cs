using System.Buffers;

namespace CineGit.Timeline.Otio;

/// <summary>Bytes in one growing array that is lent and given back.</summary>
sealed class PooledOutput : IBufferWriter<byte>, IDisposable
{
    const int SmallestBuffer = 4096;

    byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
    int _used;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _used);

    public int Length => _used;

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

    public void Add(byte value)
    {
        if (_used == _buffer.Length) MakeRoom(1);
        _buffer[_used++] = value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _used < bytes.Length) MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>What was written from an offset on, to be put in another order.</summary>
    public Span<byte> Since(int offset) => _buffer.AsSpan(offset, _used - offset);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    void MakeRoom(int wanted)
    {
        if (_buffer.Length - _used >= Math.Max(wanted, 1)) return;
        var room = Math.Max(Math.Min((long)_buffer.Length * 2, Array.MaxLength), (long)_used + Math.Max(wanted, 1));
        var larger = ArrayPool<byte>.Shared.Rent(checked((int)room));
        _buffer.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
