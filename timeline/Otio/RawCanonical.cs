using System.Runtime.CompilerServices;
using System.Text;

namespace CineGit.Timeline.Otio;

/// <summary>
/// The canonical bytes of raw text, without a tree: tokens go straight into a buffer, and an object whose names are not in
/// order is put in order there when it ends.
/// </summary>
ref struct RawCanonical
{
    readonly ReadOnlySpan<byte> _text;
    readonly PooledOutput _output;
    readonly List<Entry> _entries = [];
    int _at;

    RawCanonical(ReadOnlySpan<byte> text, PooledOutput output)
    {
        _text = text;
        _output = output;
    }

    public static void Write(RawObject raw, PooledOutput output) => new RawCanonical(raw.Utf8.Span, output).Value();

    public static bool AreEqual(RawObject one, RawObject other)
    {
        using var first = new PooledOutput();
        using var second = new PooledOutput();
        Write(one, first);
        Write(other, second);
        return first.Written.SequenceEqual(second.Written);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Value()
    {
        switch (_text[_at])
        {
            case (byte)'{': Object(); break;
            case (byte)'[': Array(); break;
            case (byte)'"': String(); break;
            case (byte)'t' or (byte)'f' or (byte)'n': _output.Add(Word()); break;
            default: CanonicalNumber.Write(Word(), _output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Object()
    {
        var first = _entries.Count;
        var isSorted = true;
        _output.Add((byte)'{');
        Step();
        while (_text[_at] != '}')
        {
            if (_text[_at] == ',')
            {
                _output.Add((byte)',');
                Step();
            }

            var start = _output.Length;
            String();
            var nameEnd = _output.Length;
            SkipSpace();
            Step();
            _output.Add((byte)':');
            Value();
            SkipSpace();
            var entry = new Entry(start, nameEnd, _output.Length);
            isSorted = isSorted && (_entries.Count == first || Compare(_entries[^1], entry) <= 0);
            _entries.Add(entry);
        }

        _at++;
        if (!isSorted) Sort(first);
        _entries.RemoveRange(first, _entries.Count - first);
        _output.Add((byte)'}');
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Array()
    {
        _output.Add((byte)'[');
        Step();
        while (_text[_at] != ']')
        {
            if (_text[_at] == ',')
            {
                _output.Add((byte)',');
                Step();
            }

            Value();
            SkipSpace();
        }

        _at++;
        _output.Add((byte)']');
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void String()
    {
        var start = _at;
        var end = JsonScan.StringEnd(_text, start + 1, out var hasEscapes);
        _at = end + 1;
        if (!hasEscapes) _output.Add(_text[start.._at]);
        else Escaped(_text[(start + 1)..end]);
    }

    readonly void Escaped(ReadOnlySpan<byte> raw)
    {
        var json = new JsonOutput(_output);
        json.Quoted(Decoded(raw));
        json.Complete();
    }

    ReadOnlySpan<byte> Word()
    {
        var start = _at;
        _at = JsonScan.WordEnd(_text, start);
        return _text[start.._at];
    }

    /// <summary>Over one character of punctuation and the space after it.</summary>
    void Step()
    {
        _at++;
        SkipSpace();
    }

    void SkipSpace() => _at = JsonScan.SpaceStop(_text, _at);

    /// <summary>Moves the entries of the innermost object, which end where the buffer does, to the order of their names.</summary>
    readonly void Sort(int first)
    {
        var entries = _entries.GetRange(first, _entries.Count - first);
        var start = entries[0].Start;
        var unsorted = _output.Since(start).ToArray();
        entries.Sort(new NameOrder(unsorted, start));
        var target = _output.Since(start);
        foreach (var entry in entries)
        {
            var bytes = unsorted.AsSpan((entry.Start - start)..(entry.End - start));
            bytes.CopyTo(target);
            target = target[bytes.Length..];
            if (target.IsEmpty) break;
            target[0] = (byte)',';
            target = target[1..];
        }
    }

    readonly int Compare(Entry a, Entry b) => Compare(_output.Written[a.Start..a.NameEnd], _output.Written[b.Start..b.NameEnd]);

    /// <summary>Quoted names. Raw text has no escapes in names, so the order of bytes is that of code points; the quotes are left out.</summary>
    static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a[1..^1].SequenceCompareTo(b[1..^1]);

    static string Decoded(ReadOnlySpan<byte> raw) =>
        JsonStrings.TryDecode(raw, hasEscapes: true, out var text, out _) ? text : Encoding.UTF8.GetString(raw);

    /// <summary>Where an object's field, and its quoted name, begin and end in the output.</summary>
    readonly record struct Entry(int Start, int NameEnd, int End);

    sealed class NameOrder(byte[] bytes, int offset) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y) => RawCanonical.Compare(Name(x), Name(y));

        ReadOnlySpan<byte> Name(Entry entry) => bytes.AsSpan((entry.Start - offset)..(entry.NameEnd - offset));
    }
}
