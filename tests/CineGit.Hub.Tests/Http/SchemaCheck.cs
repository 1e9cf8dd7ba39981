using System.Text.Json;

namespace CineGit.Hub.Tests.Http;

/// <summary>Whether a body is what its schema in the OpenAPI document says.</summary>
public sealed class SchemaCheck(JsonElement document)
{
    /// <summary>One line for each thing that is wrong, with its place.</summary>
    public IEnumerable<string> Faults(JsonElement schema, JsonElement value, string at = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Faults(Resolve(reference.GetString() ?? ""), value, at);
        if (schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices))
        {
            var tried = choices.EnumerateArray().Select(choice => Faults(choice, value, at).ToList()).ToList();
            return tried.Exists(faults => faults.Count == 0) ? [] : tried[^1];
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(each => IsOf(each, value))) return [$"{at} is {value.ValueKind}, not {type}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(schema, value, at),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((item, place) => Faults(items, item, $"{at}[{place}]")),
            JsonValueKind.String when schema.TryGetProperty("enum", out var words) && words.EnumerateArray().All(word => word.GetString() != value.GetString()) =>
                [$"{at} is '{value.GetString()}', which is none of its words"],
            JsonValueKind.String when Format(schema) == "uuid" && !value.TryGetGuid(out _) => [$"{at} is no uuid"],
            JsonValueKind.String when Format(schema) == "date-time" && !value.TryGetDateTimeOffset(out _) => [$"{at} is no moment"],
            _ => [],
        };
    }

    public JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));

    IEnumerable<string> OfObject(JsonElement schema, JsonElement value, string at)
    {
        var properties = schema.TryGetProperty("properties", out var known) ? known.EnumerateObject().ToDictionary(each => each.Name, each => each.Value) : [];
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString() ?? "") : [];
        foreach (var missing in required.Where(name => !value.TryGetProperty(name, out _))) yield return $"{at}.{missing} is missing";
        foreach (var property in value.EnumerateObject())
        {
            if (properties.Count > 0 && !properties.ContainsKey(property.Name)) yield return $"{at}.{property.Name} is not in the schema";
            else if (properties.TryGetValue(property.Name, out var its))
            {
                foreach (var fault in Faults(its, property.Value, $"{at}.{property.Name}")) yield return fault;
            }
        }
    }

    static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString() ?? "") : [type.GetString() ?? ""];

    static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    static string? Format(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;
}
