using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Finds the end of an object without reading it, and makes sure that nothing in it needs a word: well-formed JSON, UTF-8,
/// finite numbers, no raw control characters, no escapes in names, no name twice, not too deep. Whatever it does not vouch
/// for is read field by field by <see cref="OtioReading"/>, which says what is wrong and where.
/// </summary>
ref struct RawCheck(ReadOnlySpan<byte> text)
{
    const int Failed = -1;

    /// <summary>Objects with more fields in no order are read, so that looking for twins stays linear.</summary>
    const int MostUnsorted = 512;

    static readonly byte[] Spaces = LineOf(OtioWriter.Indent * (OtioReader.MaxDepth + 1));

    readonly ReadOnlySpan<byte> _text = text;
    readonly byte[] _line = Spaces;
    long[] _names = [];
    int _nameCount;
    bool _isLaidOut;
    int _outerDepth;
    int _indentOfRoot;
    int _ownAt;

    /// <summary>Where the value of the object's field <c>cinegit</c> begins; -1 when it has none.</summary>
    public readonly int OwnAt => _ownAt;

    /// <summary>Every line break and space is where <see cref="OtioWriter"/> would put it.</summary>
    public readonly bool IsLaidOut => _isLaidOut;

    /// <summary>The offset after the object's closing brace; negative when it has to be read.</summary>
    /// <param name="start">The offset of its opening brace.</param>
    /// <param name="depth">How many objects and lists are open around it.</param>
    /// <param name="indent">Of the line it begins on, where <see cref="OtioWriter"/> would lay it out; negative when its layout does not matter.</param>
    public int ObjectEnd(int start, int depth, int indent)
    {
        _isLaidOut = indent >= 0;
        _indentOfRoot = indent - OtioWriter.Indent * depth;
        _ownAt = -1;
        _nameCount = 0;
        _outerDepth = depth + 1;
        return Object(start + 1, depth + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Object(int at, int depth)
    {
        if (depth > OtioReader.MaxDepth) return Failed;
        if (At(at) == '}') return at + 1;
        at = Break(at, depth);
        if (At(at) == '}') return CloseEmpty(at);
        var firstName = _nameCount;
        var isSorted = true;
        var lastName = ReadOnlySpan<byte>.Empty;
        while (true)
        {
            at = Name(at, out var name);
            if (at < 0) return Failed;
            isSorted = isSorted && (_nameCount == firstName || lastName.SequenceCompareTo(name) < 0);
            lastName = name;
            if (!IsNew(name, firstName, isSorted)) return Failed;
            if (depth == _outerDepth && name.SequenceEqual("cinegit"u8)) _ownAt = at;
            at = Value(at, depth);
            if (at < 0) return Failed;
            if (At(at) != ',')
            {
                _nameCount = firstName;
                return Close(at, depth, '}');
            }

            at = Break(at + 1, depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Array(int at, int depth)
    {
        if (depth > OtioReader.MaxDepth) return Failed;
        if (At(at) == ']') return at + 1;
        at = Break(at, depth);
        if (At(at) == ']') return CloseEmpty(at);
        while (true)
        {
            at = Value(at, depth);
            if (at < 0) return Failed;
            if (At(at) != ',') return Close(at, depth, ']');
            at = Break(at + 1, depth);
        }
    }

    /// <summary>After a value, at its comma wherever that stands; the layout is noted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Value(int at, int depth)
    {
        var end = At(at) switch
        {
            '"' => String(at + 1, out _),
            '{' => Object(at + 1, depth + 1),
            '[' => Array(at + 1, depth + 1),
            't' => Word(at, "true"u8),
            'f' => Word(at, "false"u8),
            'n' => Word(at, "null"u8),
            _ => Number(at),
        };
        if (end < 0 || At(end) is ',' or '\n') return end;
        var next = JsonScan.SpaceStop(_text, end);
        if (At(next) != ',') return end;
        _isLaidOut = false;
        return next;
    }

    /// <summary>A name and its colon; ends where the value begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Name(int at, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (At(at) != '"') return Failed;
        var end = String(at + 1, out var hasEscapes);
        if (end < 0 || hasEscapes) return Failed;
        name = _text[(at + 1)..(end - 1)];
        if (At(end) == ':' && At(end + 1) == ' ' && At(end + 2) > ' ') return end + 2;
        _isLaidOut = false;
        var colon = JsonScan.SpaceStop(_text, end);
        return At(colon) == ':' ? JsonScan.SpaceStop(_text, colon + 1) : Failed;
    }

    /// <summary>White space before a field or an item: one line break and the indent, if it is laid out as we do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Break(int at, int depth)
    {
        if (_isLaidOut)
        {
            var line = _line.AsSpan(0, _indentOfRoot + OtioWriter.Indent * depth + 1);
            var next = at + line.Length;
            if (next < _text.Length && _text[next] > ' ' && _text.Slice(at, line.Length).SequenceEqual(line)) return next;
            _isLaidOut = false;
        }

        return JsonScan.SpaceStop(_text, at);
    }

    int Close(int at, int depth, char bracket)
    {
        var end = Break(at, depth - 1);
        return At(end) == bracket ? end + 1 : Failed;
    }

    int CloseEmpty(int at)
    {
        _isLaidOut = false;
        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly int String(int first, out bool hasEscapes)
    {
        hasEscapes = false;
        var beyondAscii = false;
        var at = JsonScan.StringStop(_text, first, ref beyondAscii);
        while (At(at) == '\\')
        {
            hasEscapes = true;
            at = AfterEscape(at);
            if (at < 0) return Failed;
            at = JsonScan.StringStop(_text, at, ref beyondAscii);
        }

        return At(at) == '"' && (!beyondAscii || Utf8.IsValid(_text[first..at])) ? at + 1 : Failed;
    }

    readonly int AfterEscape(int at)
    {
        switch (At(at + 1))
        {
            case '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't': return at + 2;
            case 'u':
                for (var i = 2; i < 6; i++)
                {
                    if (!char.IsAsciiHexDigit(At(at + i))) return Failed;
                }

                return at + 6;
            default: return Failed;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly int Number(int at)
    {
        if (At(at) == '-') at++;
        var whole = JsonScan.DigitStop(_text, at);
        if (whole == at || (whole > at + 1 && _text[at] == '0')) return Failed;
        at = whole;
        if (At(at) == '.')
        {
            at = JsonScan.DigitStop(_text, at + 1);
            if (at == whole + 1) return Failed;
        }

        if (At(at) is not ('e' or 'E')) return at;
        at++;
        if (At(at) is '+' or '-') at++;
        var exponent = JsonScan.DigitStop(_text, at);
        return exponent == at ? Failed : exponent;
    }

    readonly int Word(int at, ReadOnlySpan<byte> word) => _text[at..].StartsWith(word) ? at + word.Length : Failed;

    /// <summary>Names in order are new without looking; else equal names have equal keys, and any equal key is doubted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool IsNew(ReadOnlySpan<byte> name, int firstName, bool isSorted)
    {
        var key = KeyOf(name);
        var others = _names.AsSpan(firstName, _nameCount - firstName);
        if (!isSorted && (others.Length > MostUnsorted || others.Contains(key))) return false;
        if (_nameCount == _names.Length) System.Array.Resize(ref _names, Math.Max(64, _names.Length * 2));
        _names[_nameCount++] = key;
        return true;
    }

    static long KeyOf(ReadOnlySpan<byte> name)
    {
        unchecked
        {
            const long spread = -0x61C8864680B583EBL;
            long key = name.Length;
            while (name.Length >= sizeof(long))
            {
                key = (key ^ BinaryPrimitives.ReadInt64LittleEndian(name)) * spread;
                name = name[sizeof(long)..];
            }

            foreach (var unit in name) key = (key << 8) + key + unit;
            return key;
        }
    }

    /// <summary>NUL, which is nothing in JSON, where the text is over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly char At(int at) => (uint)at < (uint)_text.Length ? (char)_text[at] : '\0';

    static byte[] LineOf(int indent)
    {
        var line = new byte[indent + 1];
        line.AsSpan().Fill((byte)' ');
        line[0] = (byte)'\n';
        return line;
    }
}
