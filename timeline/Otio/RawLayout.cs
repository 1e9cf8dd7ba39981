namespace CineGit.Timeline.Otio;

/// <summary>Raw text as <see cref="OtioWriter"/> lays it out: copied when it is laid out so, else token by token.</summary>
ref struct RawLayout
{
    readonly ReadOnlySpan<byte> _text;
    int _at;

    RawLayout(ReadOnlySpan<byte> text) => _text = text;

    public static void Write(RawObject raw, int indent, ref JsonOutput json)
    {
        if (json.Lines && raw.Indent == indent) json.Utf8(raw.Utf8.Span);
        else new RawLayout(raw.Utf8.Span).Value(indent, ref json);
    }

    void Value(int indent, ref JsonOutput json)
    {
        switch (_text[_at])
        {
            case (byte)'{': Container(indent, (byte)'}', ref json); break;
            case (byte)'[': Container(indent, (byte)']', ref json); break;
            case (byte)'"': String(ref json); break;
            default: Word(ref json); break;
        }
    }

    void Container(int indent, byte close, ref JsonOutput json)
    {
        json.Byte(_text[_at]);
        Step();
        var isEmpty = _text[_at] == close;
        while (_text[_at] != close)
        {
            json.NewLine(indent + OtioWriter.Indent);
            if (close == '}') Name(ref json);
            Value(indent + OtioWriter.Indent, ref json);
            SkipSpace();
            if (_text[_at] != ',') continue;
            json.Byte((byte)',');
            Step();
        }

        _at++;
        if (!isEmpty) json.NewLine(indent);
        json.Byte(close);
    }

    void Name(ref JsonOutput json)
    {
        String(ref json);
        SkipSpace();
        Step();
        json.Colon();
    }

    void String(ref JsonOutput json)
    {
        var start = _at;
        _at = JsonScan.StringEnd(_text, start + 1, out _) + 1;
        json.Utf8(_text[start.._at]);
    }

    void Word(ref JsonOutput json)
    {
        var start = _at;
        _at = JsonScan.WordEnd(_text, start);
        json.Utf8(_text[start.._at]);
    }

    /// <summary>Over one character of punctuation and the space after it.</summary>
    void Step()
    {
        _at++;
        SkipSpace();
    }

    void SkipSpace() => _at = JsonScan.SpaceStop(_text, _at);
}
