using System.Buffers;
using System.Text;
using System.Text.Json;
using CineGit.Timeline.Otio;

namespace CineGit.TestKit;

/// <summary>Two timelines that should be the same are not; the message says where they first differ.</summary>
public sealed class TimelineMismatchException(string message) : Exception(message);

/// <summary>Comparisons that say where two timelines differ.</summary>
public static class TimelineAssert
{
    /// <summary>
    /// The two texts hold the same fields in the same order, the same strings and the same number lexemes; white space and
    /// the way a string is escaped do not matter. Built on System.Text.Json, so it shares nothing with the reader it checks.
    /// </summary>
    public static void SameText(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual)
    {
        var options = new JsonDocumentOptions { MaxDepth = 1024 };
        using var expectedJson = JsonDocument.Parse(WithoutMark(expected), options);
        using var actualJson = JsonDocument.Parse(WithoutMark(actual), options);
        Compare(expectedJson.RootElement, actualJson.RootElement, "$");
    }

    /// <summary>Equal as OTIO is: number lexemes and the order of fields count here too, so an untouched value is untouched.</summary>
    public static void SameDocument(OtioDocument expected, OtioDocument actual) => SameText(Utf8(expected), Utf8(actual));

    public static byte[] Utf8(OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static void Compare(JsonElement expected, JsonElement actual, string path)
    {
        Demand(expected.ValueKind == actual.ValueKind, path, expected.ValueKind, actual.ValueKind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object: CompareObjects(expected, actual, path); break;
            case JsonValueKind.Array: CompareArrays(expected, actual, path); break;
            case JsonValueKind.Number: Demand(expected.GetRawText() == actual.GetRawText(), path, expected, actual); break;
            case JsonValueKind.String: Demand(expected.GetString() == actual.GetString(), path, expected, actual); break;
        }
    }

    static void CompareObjects(JsonElement expected, JsonElement actual, string path)
    {
        var expectedFields = expected.EnumerateObject().ToArray();
        var actualFields = actual.EnumerateObject().ToArray();
        Demand(
            expectedFields.Select(f => f.Name).SequenceEqual(actualFields.Select(f => f.Name)),
            path,
            string.Join(' ', expectedFields.Select(f => f.Name)),
            string.Join(' ', actualFields.Select(f => f.Name)));
        foreach (var (mine, its) in expectedFields.Zip(actualFields)) Compare(mine.Value, its.Value, $"{path}.{mine.Name}");
    }

    static void CompareArrays(JsonElement expected, JsonElement actual, string path)
    {
        Demand(expected.GetArrayLength() == actual.GetArrayLength(), path, expected.GetArrayLength(), actual.GetArrayLength());
        for (var i = 0; i < expected.GetArrayLength(); i++) Compare(expected[i], actual[i], $"{path}[{i}]");
    }

    static void Demand(bool holds, string path, object expected, object actual)
    {
        if (!holds) throw new TimelineMismatchException($"At {path}: expected {expected}, found {actual}.");
    }

    static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
}
