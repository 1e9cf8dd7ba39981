using System.Buffers;

namespace CineGit.Timeline.Otio;

/// <summary>A buffer that hands on what is written piece by piece, so that no whole document is held as bytes.</summary>
abstract class PieceOutput : IBufferWriter<byte>, IDisposable
{
    const int PieceSize = 64 * 1024;

    byte[] _buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
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

    /// <summary>Hands on what is left.</summary>
    public void Flush()
    {
        Take(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    public virtual void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    protected abstract void Take(ReadOnlySpan<byte> piece);

    void MakeRoom(int wanted)
    {
        if (_buffer.Length - _used >= Math.Max(wanted, 1)) return;
        Flush();
        if (_buffer.Length >= wanted) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(wanted);
    }
}

sealed class StreamOutput(Stream stream) : PieceOutput
{
    protected override void Take(ReadOnlySpan<byte> piece) => stream.Write(piece);
}
