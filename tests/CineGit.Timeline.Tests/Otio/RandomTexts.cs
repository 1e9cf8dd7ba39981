using System.Text;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

/// <summary>
/// Documents whose root has metadata, and the many texts that say the same: fields in another order, other white space, other
/// escapes, other spellings of numbers.
/// </summary>
sealed class RandomTexts(int seed)
{
    static readonly string[] Lexemes =
    [
        "0", "-0", "7", "-12", "24", "0.0", "-0.0", "24.0", "24.00", "0.5", "0.25", "1.50", "-3.125", "0.0001", "0.00001", "0.00012300",
        "1e5", "1E+05", "12e-1", "0e9", "9223372036854775808", "123456789012345678901234567890", "123456789012345.0", "12345678901234.5",
        "999999999999999.5", "1234567890123456.5", "1.0422463765160779", "0.1000000000000000055511151231257827", "1e400", "-1e-400",
        "5e-324", "23.976023976023978", "100000000000000000000.5", "0.30000000000000004", "1000000.0", "10000000000000000.0",
    ];

    static readonly string[] Pieces =
    [
        "a", "Z", "0", " ", "\"", "\\", "/", "\0", "\b", "\f", "\n", "\r", "\t", "\u001f", "\u007f", "ä", "é", "\u2028", "\U0001F3AC", "\ud800",
        "\udfff", "\ue000", "\uffff", "reel", "clip name", "  ", "{", "}", "[", "]", ":", ",", "C:\\media\\", "https://x/y",
    ];

    static readonly string[] Spaces = ["", "", "", " ", "\n", "\t", "\r\n", "  ", "\n        ", "                                        "];

    readonly Random _random = new(seed);

    public OtioObject Document()
    {
        var fields = Fields(3, 6).Where(f => f.Name is not ("metadata" or OtioSchema.Key)).ToList();
        fields.Insert(0, new(OtioSchema.Key, "Test.1"));
        fields.Insert(_random.Next(fields.Count + 1), new("metadata", Metadata()));
        return new([.. fields]);
    }

    /// <summary>Long enough to stay raw.</summary>
    public OtioObject Metadata()
    {
        var metadata = new OtioObject([.. Fields(4, 8)]).With("zz_padding", new string('x', 150));
        return _random.Next(4) == 0 ? metadata.With("cinegit", OtioObject.Map(("id", Text()))) : metadata;
    }

    /// <summary>The value in some spelling.</summary>
    /// <param name="shuffle">Fields may come in another order, and numbers in other digits.</param>
    public string Render(OtioValue value, bool shuffle)
    {
        var text = new StringBuilder();
        Render(value, shuffle, text);
        return text.ToString();
    }

    /// <summary>The value with one thing in it changed.</summary>
    public OtioValue Changed(OtioValue value)
    {
        switch (value)
        {
            case OtioObject node when !node.Fields.IsEmpty && _random.Next(5) > 0:
                var at = _random.Next(node.Fields.Length);
                return new OtioObject(node.Fields.SetItem(at, new(node.Fields[at].Name, Changed(node.Fields[at].Value))));
            case OtioObject node: return node.With("one more", OtioNull.Value);
            case OtioArray list when !list.Items.IsEmpty && _random.Next(5) > 0:
                var item = _random.Next(list.Items.Length);
                return new OtioArray(list.Items.SetItem(item, Changed(list.Items[item])));
            case OtioArray list: return new OtioArray(list.Items.Add(OtioNull.Value));
            case OtioString text: return text.Value + "x";
            case OtioBool truth: return !truth.Value;
            case OtioNumber { IsInteger: true } number: return OtioNumber.FromLexeme((number.Lexeme == "-0" ? "0" : number.Lexeme) + "1");
            default: return "something else";
        }
    }

    List<OtioField> Fields(int depth, int most)
    {
        var fields = new List<OtioField>();
        var names = new HashSet<string>();
        for (var count = _random.Next(most + 1); count > 0; count--)
        {
            var name = _random.Next(3) == 0 ? Text() : $"key{_random.Next(40)}";
            if (names.Add(name)) fields.Add(new(name, Value(depth)));
        }

        return fields;
    }

    OtioValue Value(int depth) => _random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => OtioNull.Value,
        1 => _random.Next(2) == 0,
        2 or 3 => OtioNumber.FromLexeme(_random.Next(3) switch
        {
            0 => OtioNumber.FromDouble(_random.NextDouble() * 1000 - 500).Lexeme,
            1 => OtioNumber.FromDouble(_random.Next(-100_000, 100_000) / Math.Pow(10, _random.Next(9))).Lexeme,
            _ => Lexemes[_random.Next(Lexemes.Length)],
        }),
        6 or 7 => new OtioObject([.. Fields(depth - 1, 6)]),
        8 => new OtioArray([.. Enumerable.Range(0, _random.Next(5)).Select(_ => Value(depth - 1))]),
        _ => Text(),
    };

    string Text() => string.Concat(Enumerable.Range(0, _random.Next(_random.Next(8) == 0 ? 40 : 4)).Select(_ => Pieces[_random.Next(Pieces.Length)]));

    void Render(OtioValue value, bool shuffle, StringBuilder text)
    {
        switch (value)
        {
            case OtioObject node:
                var fields = node.Fields.ToArray();
                if (shuffle) _random.Shuffle(fields);
                List(fields, '{', '}', text, field =>
                {
                    Quote(field.Name, text);
                    text.Append(Space()).Append(':').Append(Space());
                    Render(field.Value, shuffle, text);
                });
                break;
            case OtioArray list: List(list.Items.ToArray(), '[', ']', text, item => Render(item, shuffle, text)); break;
            case OtioString words: Quote(words.Value, text); break;
            case OtioNumber number: text.Append(shuffle ? Respelled(number.Lexeme) : number.Lexeme); break;
            case OtioBool truth: text.Append(truth.Value ? "true" : "false"); break;
            default: text.Append("null"); break;
        }
    }

    void List<T>(T[] items, char open, char close, StringBuilder text, Action<T> render)
    {
        text.Append(open).Append(Space());
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) text.Append(',').Append(Space());
            render(items[i]);
            text.Append(Space());
        }

        text.Append(close);
    }

    string Space() => Spaces[_random.Next(Spaces.Length)];

    /// <summary>Numbers that say no more than a double does may be spelled otherwise.</summary>
    string Respelled(string lexeme) => lexeme.Contains('.') && !lexeme.Contains('e') && lexeme.Length < 17
        ? lexeme + new[] { "", "0", "E+0" }[_random.Next(3)]
        : lexeme;

    void Quote(string words, StringBuilder text)
    {
        text.Append('"');
        for (var i = 0; i < words.Length; i++)
        {
            var length = i + 1 < words.Length && char.IsSurrogatePair(words[i], words[i + 1]) ? 2 : 1;
            var mustEscape = words[i] is < ' ' or '"' or '\\' || (length == 1 && char.IsSurrogate(words[i]));
            if (mustEscape || _random.Next(12) == 0)
            {
                foreach (var unit in words.AsSpan(i, length)) text.Append(Escape(unit));
            }
            else text.Append(words, i, length);
            i += length - 1;
        }

        text.Append('"');
    }

    string Escape(char unit)
    {
        var letter = "\"\"\\\\//\bb\ff\nn\rr\tt".IndexOf(unit, StringComparison.Ordinal);
        if (letter >= 0 && letter % 2 == 0 && _random.Next(3) > 0) return "\\" + "\"\"\\\\//\bb\ff\nn\rr\tt"[letter + 1];
        var digits = _random.Next(2) == 0 ? ((int)unit).ToString("x4") : ((int)unit).ToString("X4");
        return "\\u" + digits;
    }
}
