using System.Text;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Cuts UTF-8 bytes into JSON tokens. Beyond JSON it takes what OpenTimelineIO writes or reads: <c>NaN</c>, <c>Inf</c>,
/// <c>Infinity</c> with a sign, a byte order mark, and unescaped control characters in strings.
/// </summary>
ref struct JsonTokenizer
{
    readonly ReadOnlySpan<byte> _text;
    int _next;

    public JsonTokenizer(ReadOnlySpan<byte> utf8)
    {
        _text = utf8;
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) _next = Encoding.UTF8.Preamble.Length;
    }

    public JsonTokenKind Kind { get; private set; }

    /// <summary>Where the token begins.</summary>
    public int Start { get; private set; }

    /// <summary>A number's lexeme, or the string between its quotes, still escaped.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>The string holds a backslash.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>The string holds a control character that JSON wants escaped.</summary>
    public bool HasControls { get; private set; }

    /// <summary>The string holds nothing beyond ASCII, unless in escapes.</summary>
    public bool IsAscii { get; private set; }

    /// <summary>The number is NaN or an infinity.</summary>
    public bool IsNotFinite { get; private set; }

    /// <summary>Goes on after a value whose end is known.</summary>
    public void MoveTo(int offset) => _next = offset;

    public void Read()
    {
        _next = JsonScan.SpaceStop(_text, _next);
        Start = _next;
        if (_next >= _text.Length)
        {
            Kind = JsonTokenKind.End;
            return;
        }

        switch (_text[_next])
        {
            case (byte)'{': Punctuation(JsonTokenKind.ObjectStart); break;
            case (byte)'}': Punctuation(JsonTokenKind.ObjectEnd); break;
            case (byte)'[': Punctuation(JsonTokenKind.ArrayStart); break;
            case (byte)']': Punctuation(JsonTokenKind.ArrayEnd); break;
            case (byte)':': Punctuation(JsonTokenKind.Colon); break;
            case (byte)',': Punctuation(JsonTokenKind.Comma); break;
            case (byte)'"': ReadString(); break;
            case (byte)'t': Literal("true"u8, JsonTokenKind.True); break;
            case (byte)'f': Literal("false"u8, JsonTokenKind.False); break;
            case (byte)'n': Literal("null"u8, JsonTokenKind.Null); break;
            default: ReadNumber(); break;
        }
    }

    public readonly InterchangeFormatException Refusal(string sentence, int offset)
    {
        var place = TextPlace.Of(_text, offset);
        return new($"{sentence} ({place}).", place);
    }

    void Punctuation(JsonTokenKind kind)
    {
        Kind = kind;
        _next++;
    }

    void Literal(ReadOnlySpan<byte> word, JsonTokenKind kind)
    {
        if (!_text[_next..].StartsWith(word)) throw Unexpected(_next);
        Kind = kind;
        _next += word.Length;
    }

    void ReadString()
    {
        HasEscapes = false;
        HasControls = false;
        var beyondAscii = false;
        var first = _next + 1;
        var at = JsonScan.StringStop(_text, first, ref beyondAscii);
        while (at >= _text.Length || _text[at] != '"')
        {
            if (at >= _text.Length) throw Refusal("The file ends inside a text; it was probably cut off", Start);
            var isEscape = _text[at] == '\\';
            HasEscapes |= isEscape;
            HasControls |= !isEscape;
            at += isEscape ? 2 : 1;
            if (at < _text.Length) at = JsonScan.StringStop(_text, at, ref beyondAscii);
        }

        IsAscii = !beyondAscii;
        Kind = JsonTokenKind.String;
        Raw = _text[first..at];
        _next = at + 1;
    }

    void ReadNumber()
    {
        var at = _next;
        if (_text[at] == '-') at++;
        if (at < _text.Length && _text[at] is (byte)'N' or (byte)'I')
        {
            ReadNotFinite(at);
            return;
        }

        at = Digits(at, out var wholeDigits);
        if (wholeDigits == 0) throw Unexpected(_next);
        if (wholeDigits > 1 && _text[at - wholeDigits] == '0') throw Refusal("A number begins with a needless zero", _next);
        if (at < _text.Length && _text[at] == '.')
        {
            at = Digits(at + 1, out var fraction);
            if (fraction == 0) throw Refusal("A number has no digits after its decimal point", _next);
        }

        if (at < _text.Length && _text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < _text.Length && _text[at] is (byte)'+' or (byte)'-') at++;
            at = Digits(at, out var exponent);
            if (exponent == 0) throw Refusal("A number has no digits in its exponent", _next);
        }

        TakeNumber(at, notFinite: false);
    }

    void ReadNotFinite(int at)
    {
        var word = _text[at..];
        var length = word.StartsWith("NaN"u8) ? 3 : word.StartsWith("Infinity"u8) ? 8 : word.StartsWith("Inf"u8) ? 3 : 0;
        if (length == 0) throw Unexpected(_next);
        TakeNumber(at + length, notFinite: true);
    }

    void TakeNumber(int end, bool notFinite)
    {
        Kind = JsonTokenKind.Number;
        Raw = _text[_next..end];
        IsNotFinite = notFinite;
        _next = end;
    }

    readonly int Digits(int at, out int count)
    {
        var end = JsonScan.DigitStop(_text, at);
        count = end - at;
        return end;
    }

    readonly InterchangeFormatException Unexpected(int offset) => Refusal(
        _text[offset] is > 0x20 and < 0x7F
            ? $"This is not JSON: '{(char)_text[offset]}' stands where a value should be"
            : "This is not JSON: there is a character that cannot begin a value",
        offset);
}
