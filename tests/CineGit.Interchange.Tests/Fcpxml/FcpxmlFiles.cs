using System.Text;
using CineGit.Interchange.Fcpxml;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>FCPXML files in tests: read, written, and through everything that happens to a cut in between.</summary>
static class FcpxmlFiles
{
    public static readonly FcpxmlFormat Format = new();

    public static TheoryData<string> Corpus => TestKit.Corpus.IsAbsent ? [""] : [.. TestKit.Corpus.Files("fcpxml")];

    public static Imported Read(ReadOnlySpan<byte> bytes, string name = "scene.fcpxml") => Format.Read(new MemoryStream(bytes.ToArray()), new(null, name));

    public static Imported Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static byte[] Write(OtioDocument document, byte[]? original = null) => Write(document, out _, original);

    public static byte[] Write(OtioDocument document, out IReadOnlyList<Diagnostic> diagnostics, byte[]? original = null)
    {
        using var stream = new MemoryStream();
        diagnostics = Format.Write(document, stream, new(original ?? ReadOnlyMemory<byte>.Empty));
        return stream.ToArray();
    }

    public static string? Difference(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => XmlSame.Difference(XmlTree.Parse(a), XmlTree.Parse(b), FcpxmlDialect.Value);

    public static void AssertSame(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual)
    {
        var difference = Difference(expected, actual);
        Assert.True(difference is null, difference);
    }

    /// <summary>Written as OTIO and read again.</summary>
    public static OtioDocument ThroughOtio(OtioDocument document)
    {
        using var stream = new MemoryStream();
        var otio = new Interchange.Otio.OtioFormat();
        otio.Write(document, stream, WriteOptions.Alone);
        stream.Position = 0;
        return otio.Read(stream, new(null, "scene.otio")).Document;
    }

    /// <summary>As a version of the cut: with ids, and written from the model.</summary>
    public static OtioDocument ThroughCut(OtioDocument document) => CutWriter.Write(Identified(document, null));

    public static Sequence Identified(OtioDocument document, Sequence? parent)
    {
        var read = CutReader.Read(document, new());
        return ElementMatcher.Identify(read, parent, new(1)).Sequence;
    }

    public static IEnumerable<OtioObject> Tracks(OtioDocument document) => document.FirstTimeline()?.Child("tracks")?.Objects("children") ?? [];

    /// <summary>Where the DTD of a version is, outside the repository.</summary>
    public static string DtdOf(string version) =>
        TestKit.Corpus.PathOf($"fcpxml-dtd/TheAcharya__OpenFCPXMLKit/Final_Cut_Pro_XML_DTD_version_{version}.dtd");
}
