using System.Buffers;
using System.Runtime.CompilerServices;

namespace CineGit.Interchange.Xml;

/// <summary>A growing table in memory that is lent and given back: arrays of many megabytes are dear to make and to collect.</summary>
/// <param name="expected">How many items there will be, or nearly.</param>
internal sealed class LentList<T>(int expected) : IDisposable
    where T : struct
{
    T[] _items = ArrayPool<T>.Shared.Rent(expected);

    public int Count { get; private set; }

    public Span<T> Span => _items.AsSpan(0, Count);

    public ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length) Grow();
        _items[Count++] = item;
    }

    /// <summary>Nothing that was taken from it may be used afterwards.</summary>
    public void Dispose()
    {
        Count = 0;
        ArrayPool<T>.Shared.Return(_items);
        _items = [];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Grow()
    {
        const int atFirst = 16;
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(atFirst, (int)Math.Min(2L * _items.Length, Array.MaxLength)));
        Span.CopyTo(larger);
        ArrayPool<T>.Shared.Return(_items);
        _items = larger;
    }
}
