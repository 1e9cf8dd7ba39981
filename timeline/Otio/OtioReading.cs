using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>
/// One reading of one text. What stands in <c>metadata</c> stays text when <see cref="RawCheck"/> vouches for it; so does, inside
/// such text, every object that is long enough.
/// </summary>
ref struct OtioReading(ReadOnlyMemory<byte> text, TextCache cache, DiagnosticBag diagnostics)
{
    /// <summary>Up to this many bytes, the fields take no more room than the note that they are unread.</summary>
    const int FewBytes = 128;

    /// <summary>Up to this many fields, comparing with each beats hashing.</summary>
    const int FewFields = 24;

    readonly ReadOnlySpan<byte> _text = text.Span;
    readonly TextCache _cache = cache;
    readonly List<OtioField> _openFields = [];
    readonly List<OtioValue> _openItems = [];
    readonly ReadingReports _reports = new(text, diagnostics);
    JsonTokenizer _token = new(text.Span);
    RawCheck _check = new(text.Span);
    RawOrigin _outer;
    StaysRaw _staysRaw = StaysRaw.Metadata;
    int _depth;

    enum StaysRaw
    {
        Metadata,
        Everything,
        Nothing,
    }

    /// <summary>The fields of a raw object.</summary>
    /// <param name="staysRaw">Whether objects in it may be raw too.</param>
    public static OtioField[] Fields(RawObject raw, bool staysRaw)
    {
        var reading = Inside(raw, 0, staysRaw ? StaysRaw.Everything : StaysRaw.Nothing);
        return ImmutableCollectionsMarshal.AsArray(reading.ReadObject().Fields) ?? [];
    }

    /// <summary>A field's value in a raw object.</summary>
    public static OtioValue ValueIn(RawObject raw, int offset)
    {
        var reading = Inside(raw, offset, StaysRaw.Nothing);
        return reading.ReadValue();
    }

    static OtioReading Inside(RawObject raw, int offset, StaysRaw staysRaw)
    {
        var reading = new OtioReading(raw.Utf8[offset..], raw.Origin.Texts, new()) { _staysRaw = staysRaw, _outer = raw.Origin };
        reading._token.Read();
        return reading;
    }

    public OtioObject ReadRoot()
    {
        _token.Read();
        if (_token.Kind == JsonTokenKind.End) throw _token.Refusal("The file is empty", 0);
        var start = _token.Start;
        var isObject = _token.Kind == JsonTokenKind.ObjectStart;
        var root = ReadValue();
        _token.Read();
        if (_token.Kind != JsonTokenKind.End) throw _token.Refusal("Something follows the end of the document", _token.Start);
        _reports.CountTheRest();
        return isObject && root is OtioObject { Schema.Length: > 0 } document
            ? document
            : throw _token.Refusal("This is JSON but not OTIO: the root is not an object with an OTIO_SCHEMA", start);
    }

    /// <summary>One value and nothing else, whatever it is; objects in it stay text.</summary>
    public OtioValue ReadWhole()
    {
        _staysRaw = StaysRaw.Everything;
        _outer = new(_cache, Indent: -1, Level: 0, RawOrigin.Absent);
        _token.Read();
        var value = _token.Kind == JsonTokenKind.ObjectStart ? ReadOrKeepObject() : ReadValue();
        _token.Read();
        return _token.Kind == JsonTokenKind.End ? value : throw _token.Refusal("Something follows the end of the value", _token.Start);
    }

    OtioValue ReadValue()
    {
        switch (_token.Kind)
        {
            case JsonTokenKind.ObjectStart: return ReadObject();
            case JsonTokenKind.ArrayStart: return ReadArray();
            case JsonTokenKind.String: return ReadText();
            case JsonTokenKind.Number: return ReadNumber();
            case JsonTokenKind.True: return OtioBool.True;
            case JsonTokenKind.False: return OtioBool.False;
            case JsonTokenKind.Null: return OtioNull.Value;
            case JsonTokenKind.End: throw CutOff();
            default: throw _token.Refusal("This is not JSON: a value is missing", _token.Start);
        }
    }

    OtioObject ReadObject()
    {
        Descend();
        var first = _openFields.Count;
        HashSet<string>? names = null;
        _token.Read();
        while (_token.Kind != JsonTokenKind.ObjectEnd)
        {
            if (_token.Kind == JsonTokenKind.End) throw CutOff();
            if (_token.Kind != JsonTokenKind.String) throw _token.Refusal("This is not JSON: a field name in quotes is missing", _token.Start);
            var nameStart = _token.Start;
            var name = ReadText().Value;
            _token.Read();
            if (_token.Kind != JsonTokenKind.Colon) throw Missing("':' after a field name");
            _token.Read();
            var value = _token.Kind == JsonTokenKind.ObjectStart && MayStayRaw(name) ? ReadOrKeepObject() : ReadValue();
            if (IsNew(name, first, ref names)) _openFields.Add(new(name, value));
            else _reports.Duplicate(name, nameStart);
            ReadSeparator(JsonTokenKind.ObjectEnd, "',' or '}'");
        }

        var fields = ImmutableArray.Create(CollectionsMarshal.AsSpan(_openFields)[first..]);
        _openFields.RemoveRange(first, _openFields.Count - first);
        _depth--;
        return fields.IsEmpty ? OtioObject.EmptyMap : new OtioObject(fields);
    }

    readonly bool MayStayRaw(string name) => _staysRaw switch
    {
        StaysRaw.Metadata => name == "metadata",
        StaysRaw.Everything => true,
        _ => false,
    };

    OtioObject ReadOrKeepObject()
    {
        var start = _token.Start;
        var indent = _outer.Indent < 0 ? -1 : _outer.Indent + OtioWriter.Indent * _depth;
        var end = _check.ObjectEnd(start, _depth, indent);
        if (end >= start + FewBytes)
        {
            _token.MoveTo(end);
            var origin = new RawOrigin(_cache, _check.IsLaidOut ? indent : -1, _outer.Level + 1, OwnAt(start));
            return new(new RawObject(text[start..end], origin));
        }

        // What is odd in there is said while reading it, so each byte is looked at twice and no more.
        var before = _staysRaw;
        _staysRaw = StaysRaw.Nothing;
        var node = ReadObject();
        _staysRaw = before;
        return node;
    }

    readonly int OwnAt(int start) => _check.OwnAt < 0 ? RawOrigin.Absent : _check.OwnAt - start;

    OtioArray ReadArray()
    {
        Descend();
        var first = _openItems.Count;
        _token.Read();
        while (_token.Kind != JsonTokenKind.ArrayEnd)
        {
            _openItems.Add(
                _token.Kind == JsonTokenKind.ObjectStart && _staysRaw == StaysRaw.Everything ? ReadOrKeepObject() : ReadValue());
            ReadSeparator(JsonTokenKind.ArrayEnd, "',' or ']'");
        }

        var items = ImmutableArray.Create(CollectionsMarshal.AsSpan(_openItems)[first..]);
        _openItems.RemoveRange(first, _openItems.Count - first);
        _depth--;
        return items.IsEmpty ? OtioArray.Empty : new OtioArray(items);
    }

    /// <summary>After a value: a comma and the next token, or the closing bracket.</summary>
    void ReadSeparator(JsonTokenKind close, string wanted)
    {
        _token.Read();
        if (_token.Kind == close) return;
        if (_token.Kind != JsonTokenKind.Comma) throw Missing(wanted);
        var comma = _token.Start;
        _token.Read();
        if (_token.Kind == close) throw _token.Refusal("This is not JSON: a comma has nothing after it", comma);
    }

    OtioNumber ReadNumber()
    {
        var number = _cache.Number(_token.Raw);
        if (_token.IsNotFinite) _reports.NotFinite(number.Lexeme, _token.Start);
        return number;
    }

    readonly OtioString ReadText()
    {
        var isPlain = _token.IsAscii && !_token.HasEscapes && !_token.HasControls;
        return (isPlain ? _cache.Text(_token.Raw) : null) ?? new OtioString(DecodeText());
    }

    readonly string DecodeText()
    {
        if (_token.HasControls) _reports.ControlCharacter(_token.Start);
        if (JsonStrings.TryDecode(_token.Raw, _token.HasEscapes, out var text, out var badAt)) return text;
        var offset = _token.Start + 1 + badAt;
        throw _text[offset] == '\\'
            ? _token.Refusal("This is not JSON: a text holds an escape that does not exist", offset)
            : _token.Refusal("The file is not UTF-8 text; save it as UTF-8 and read it again", offset);
    }

    readonly bool IsNew(string name, int first, ref HashSet<string>? names)
    {
        var count = _openFields.Count - first;
        if (count >= FewFields)
        {
            names ??= [.. CollectionsMarshal.AsSpan(_openFields)[first..].ToArray().Select(f => f.Name)];
            return names.Add(name);
        }

        for (var i = first; i < _openFields.Count; i++)
        {
            if (_openFields[i].Name == name) return false;
        }

        return true;
    }

    void Descend()
    {
        if (++_depth > OtioReader.MaxDepth)
        {
            throw _token.Refusal($"The file nests objects and lists more than {OtioReader.MaxDepth} deep", _token.Start);
        }
    }

    readonly InterchangeFormatException CutOff() =>
        _token.Refusal("The file ends before its last object is closed; it was probably cut off", _token.Start);

    readonly InterchangeFormatException Missing(string wanted) => _token.Kind == JsonTokenKind.End
        ? CutOff()
        : _token.Refusal($"This is not JSON: {wanted} is missing", _token.Start);
}
