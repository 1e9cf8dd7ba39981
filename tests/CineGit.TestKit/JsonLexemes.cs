using System.Globalization;
using System.Text;

namespace CineGit.TestKit;

/// <summary>A JSON value as its text spells it: numbers are lexemes, strings UTF-16, fields in order with all their repetitions.</summary>
public abstract record JsonLexeme
{
    public sealed record Object(IReadOnlyList<(string Name, JsonLexeme Value)> Fields) : JsonLexeme;

    public sealed record List(IReadOnlyList<JsonLexeme> Items) : JsonLexeme;

    public sealed record Text(string Value) : JsonLexeme;

    /// <summary>A number, <c>true</c>, <c>false</c>, <c>null</c>, <c>NaN</c> or an infinity.</summary>
    public sealed record Word(string Lexeme) : JsonLexeme;
}

/// <summary>
/// The judge of what a file says, on its own: it shares no line with the reader and the writer that it judges. Lenient where
/// OpenTimelineIO is (bare NaN, raw control characters), and it does not check that a number is well formed.
/// </summary>
public sealed class JsonLexemes
{
    readonly string _text;
    int _at;

    JsonLexemes(string text) => _text = text;

    public static JsonLexeme Parse(ReadOnlySpan<byte> utf8)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8);
        var parser = new JsonLexemes(text);
        var value = parser.Value();
        parser.Space();
        return parser._at == text.Length ? value : throw parser.Unexpected();
    }

    /// <summary>Every field, string and lexeme of the source stands in the written text; of a repeated field, the first.</summary>
    public static void Same(ReadOnlySpan<byte> source, ReadOnlySpan<byte> written) => Compare(Parse(source), Parse(written), "$");

    JsonLexeme Value()
    {
        Space();
        switch (Peek())
        {
            case '{': return Fields();
            case '[': return Items();
            case '"': return new JsonLexeme.Text(Quoted());
            default:
                var start = _at;
                while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '+' or '-' or '.')) _at++;
                return _at > start ? new JsonLexeme.Word(_text[start.._at]) : throw Unexpected();
        }
    }

    JsonLexeme.Object Fields()
    {
        List<(string, JsonLexeme)> fields = [];
        for (_at++; !Take('}');)
        {
            if (fields.Count > 0) Demand(',');
            Space();
            var name = Quoted();
            Demand(':');
            fields.Add((name, Value()));
        }

        return new(fields);
    }

    JsonLexeme.List Items()
    {
        List<JsonLexeme> items = [];
        for (_at++; !Take(']');)
        {
            if (items.Count > 0) Demand(',');
            items.Add(Value());
        }

        return new(items);
    }

    string Quoted()
    {
        if (Peek() != '"') throw Unexpected();
        var value = new StringBuilder();
        for (_at++; Peek() != '"'; _at++)
        {
            if (Peek() != '\\')
            {
                value.Append(_text[_at]);
                continue;
            }

            _at++;
            value.Append(Peek() switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => Unit(),
                var plain => plain,
            });
        }

        _at++;
        return value.ToString();
    }

    char Unit()
    {
        _at += 4;
        return (char)int.Parse(_text.AsSpan(_at - 3, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    char Peek() => _at < _text.Length ? _text[_at] : throw Unexpected();

    void Space()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
    }

    bool Take(char wanted)
    {
        Space();
        if (Peek() != wanted) return false;
        _at++;
        return true;
    }

    void Demand(char wanted)
    {
        if (!Take(wanted)) throw Unexpected();
    }

    FormatException Unexpected() => new(string.Create(CultureInfo.InvariantCulture, $"no JSON at character {_at}"));

    static void Compare(JsonLexeme source, JsonLexeme written, string path)
    {
        switch (source, written)
        {
            case (JsonLexeme.Object a, JsonLexeme.Object b):
                var fields = a.Fields.DistinctBy(f => f.Name, StringComparer.Ordinal).ToList();
                Demand(fields.Select(f => f.Name).SequenceEqual(b.Fields.Select(f => f.Name), StringComparer.Ordinal), path, a, b);
                foreach (var (mine, its) in fields.Zip(b.Fields)) Compare(mine.Value, its.Value, $"{path}.{mine.Name}");
                break;
            case (JsonLexeme.List a, JsonLexeme.List b):
                Demand(a.Items.Count == b.Items.Count, path, a, b);
                for (var i = 0; i < a.Items.Count; i++) Compare(a.Items[i], b.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                break;
            case (JsonLexeme.Text a, JsonLexeme.Text b): Demand(string.Equals(a.Value, b.Value, StringComparison.Ordinal), path, a, b); break;
            case (JsonLexeme.Word a, JsonLexeme.Word b): Demand(a.Lexeme == b.Lexeme, path, a, b); break;
            default: throw Mismatch(path, source, written);
        }
    }

    static void Demand(bool holds, string path, JsonLexeme source, JsonLexeme written)
    {
        if (!holds) throw Mismatch(path, source, written);
    }

    static TimelineMismatchException Mismatch(string path, JsonLexeme source, JsonLexeme written) =>
        new($"At {path}: the source has {Say(source)}, written is {Say(written)}.");

    static string Say(JsonLexeme value) => value switch
    {
        JsonLexeme.Object o => "{" + string.Join(' ', o.Fields.Select(f => f.Name)) + "}",
        JsonLexeme.List l => string.Create(CultureInfo.InvariantCulture, $"a list of {l.Items.Count}"),
        JsonLexeme.Text t => "\"" + string.Concat(t.Value.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}")) + "\"",
        JsonLexeme.Word w => w.Lexeme,
        _ => "?",
    };
}
