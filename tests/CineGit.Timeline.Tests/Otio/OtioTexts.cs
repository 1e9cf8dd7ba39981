using System.Buffers;
using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

/// <summary>Documents from and to text.</summary>
static class OtioTexts
{
    public static OtioDocument Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static OtioDocument Read(byte[] text) => OtioReader.Read(text, new DiagnosticBag());

    /// <summary>The value of the field <c>v</c> of an otherwise empty object.</summary>
    public static OtioValue ReadValue(string value) =>
        Read($$"""{"OTIO_SCHEMA":"Test.1","v":{{value}}}""").Root["v"] ?? throw new InvalidOperationException("no v");

    /// <summary>The object that stands in a field of an otherwise empty object.</summary>
    public static OtioObject ReadValueOf(string field, string json) =>
        Read($$"""{"OTIO_SCHEMA":"Test.1","{{field}}":{{json}}}""").Root.Child(field) ?? throw new InvalidOperationException($"no {field}");

    public static string Write(OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Canonical(OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CanonicalForm.Write(document, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static OtioDocument Document(OtioValue value) => new(OtioObject.Of("Test.1", ("v", value)));
}
