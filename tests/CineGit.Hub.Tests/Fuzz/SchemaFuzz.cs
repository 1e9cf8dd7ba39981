using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CineGit.Hub.Tests.Fuzz;

/// <summary>Bodies that look like what an OpenAPI schema asks for, and are wrong in all the ways that callers think of.</summary>
/// <param name="document">The OpenAPI document.</param>
/// <param name="random">Equal seeds make equal bodies.</param>
public sealed class SchemaFuzz(JsonElement document, Random random)
{
    const int Deepest = 6;

    /// <summary>Lists within lists end here: a body that nobody reads to its end takes its connection with it.</summary>
    const int LongList = 500_000;

    static readonly string[] Texts =
    [
        "", " ", "main", "a", "../..", "%00", "\0", "a\0b", "\u202e", "😀", "\ud800", "e\u0301", "'; drop table users; --", "{organization}", "null",
        "00000000-0000-0000-0000-000000000000", "9999999999999999999999", "-1", "1e400", "\r\nSet-Cookie: a=b", "ours", "theirs", "manual",
        new('a', 64), new('0', 64), new('x', 201), new('y', 20_000), "<script>", "kim@example.com", "A\tB", "İ", "ß",
    ];

    static readonly string[] Numbers =
        ["0", "-1", "1", "2147483647", "2147483648", "-9223372036854775808", "9223372036854775808", "1e308", "1e999", "0.1", "-0", "00", "1.0000000000000000000001"];

    public string Text() => Pick(Texts);

    /// <param name="schema">Null when the route says nothing about its body.</param>
    public byte[] Body(JsonElement? schema)
    {
        var text = random.Next(12) switch
        {
            0 => Pick(["", "null", "[]", "{}", "\"\"", "0", "{", "[1,", "{\"a\":}", "nul", "\ufeff{}", "{\"a\":1}{\"b\":2}", "/* */{}", "{\"a\":1,}"]),
            1 => Nested(random.Next(2) == 0 ? '[' : '{', random.Next(1, 3_000)),
            _ => Write(schema),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0 && random.Next(10) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(15) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    string Write(JsonElement? schema)
    {
        var text = new StringBuilder();
        if (schema is { } known) Write(text, known, 0);
        else Anything(text, 0);
        return text.ToString();
    }

    void Write(StringBuilder text, JsonElement schema, int depth)
    {
        if (random.Next(8) == 0 || depth > Deepest)
        {
            Anything(text, depth);
            return;
        }

        if (random.Next(2) == 0 && MayBeNull(schema)) text.Append("null");
        else if (schema.TryGetProperty("$ref", out var reference)) Write(text, Resolve(reference.GetString() ?? ""), depth);
        else if (schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices)) Write(text, choices[random.Next(choices.GetArrayLength())], depth);
        else if (schema.TryGetProperty("properties", out var properties)) WriteObject(text, properties, depth);
        else if (schema.TryGetProperty("items", out var items)) WriteArray(text, items, depth);
        else WriteValue(text, TypeOf(schema), depth);
    }

    void WriteObject(StringBuilder text, JsonElement properties, int depth)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var property in properties.EnumerateObject())
        {
            if (random.Next(10) == 0) continue;
            for (var times = random.Next(20) == 0 ? 2 : 1; times > 0; times--)
            {
                if (!isFirst) text.Append(',');
                isFirst = false;
                text.Append(Quoted(random.Next(25) == 0 ? property.Name.ToUpperInvariant() : property.Name)).Append(':');
                Write(text, property.Value, depth + 1);
            }
        }

        if (random.Next(10) == 0) text.Append(isFirst ? "" : ",").Append(Quoted(Text())).Append(":1");
        text.Append('}');
    }

    void WriteArray(StringBuilder text, JsonElement items, int depth)
    {
        text.Append('[');
        for (var left = text.Length > LongList ? 0 : Pick([0, 1, 2, 300]); left > 0; left--)
        {
            Write(text, items, depth + 2);
            if (text.Length > LongList) break;
            if (left > 1) text.Append(',');
        }

        text.Append(']');
    }

    void WriteValue(StringBuilder text, string type, int depth)
    {
        switch (type)
        {
            case "string":
                text.Append(Quoted(Text()));
                break;
            case "integer" or "number":
                text.Append(Pick(Numbers));
                break;
            case "boolean":
                text.Append(Pick(["true", "false"]));
                break;
            default:
                Anything(text, depth);
                break;
        }
    }

    void Anything(StringBuilder text, int depth) => text.Append(random.Next(depth > Deepest ? 4 : 6) switch
    {
        0 => "null",
        1 => Pick(Numbers),
        2 => "true",
        3 => Quoted(Text()),
        4 => "[" + Quoted(Text()) + ",{}]",
        _ => "{" + Quoted(Text()) + ":" + Pick(Numbers) + "}",
    });

    JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));

    static bool MayBeNull(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(each => each.GetString() == "null");

    static string TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type)
        ? ""
        : type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(each => each.GetString()).First(each => each != "null") ?? ""
            : type.GetString() ?? "";

    /// <summary>Half of the time escaped, so that lone surrogates and zeros arrive as they are.</summary>
    string Quoted(string text)
    {
        if (random.Next(2) == 0) return JsonValue.Create(text).ToJsonString();
        return "\"" + string.Concat(text.Select(letter => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"))) + "\"";
    }

    static string Nested(char open, int depth) => open == '['
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
