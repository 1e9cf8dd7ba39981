using CineGit.Interchange.Edl;
using CineGit.Interchange.Otio;
using CineGit.Interchange.Xml;
using CineGit.TestKit;
using CineGit.TestKit.Running;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>Everything written holds against Apple's DTD of its version, as xmllint sees it.</summary>
public sealed class FcpxmlDtdTests : IDisposable
{
    /// <summary>Real files that break their own DTD: what is written back says the same, and breaks it too.</summary>
    static readonly string[] InvalidThemselves = ["sample.fcpxml", "Structure.fcpxml"];

    readonly string _folder = Directory.CreateTempSubdirectory("cinegit-fcpxml-").FullName;

    static string SkipMessage => Corpus.IsAbsent ? Corpus.AbsentMessage : "xmllint is not installed (Debian: libxml2-utils).";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_real_file_is_as_valid_when_written_from_the_document_alone_as_it_was()
    {
        Assert.SkipWhen(Corpus.IsAbsent || !await HasXmllint(), SkipMessage);
        var files = Corpus.Files("fcpxml").Where(f => !InvalidThemselves.Contains(Path.GetFileName(f))).ToList();

        await Valid(files.Select(f => (f, FcpxmlFiles.Write(FcpxmlFiles.ThroughCut(FcpxmlFiles.Read(Corpus.Read(f)).Document)))));
    }

    [Fact]
    public async Task Every_edited_file_is_as_valid_as_it_was()
    {
        Assert.SkipWhen(Corpus.IsAbsent || !await HasXmllint(), SkipMessage);
        var edited = new List<(string, byte[])>();
        foreach (var (name, original) in FcpxmlEditTests.Files().Where(f => !InvalidThemselves.Contains(Path.GetFileName(f.Name))))
        {
            var cut = FcpxmlFiles.Identified(FcpxmlFiles.Read(original).Document, null);
            foreach (var kind in FcpxmlEdits.Kinds)
            {
                if (FcpxmlEdits.Apply(cut, kind, new Random(name.Length + kind.Length)) is { } edit) edited.Add(($"{kind} {name.Replace('/', ' ')}", FcpxmlFiles.Write(CutWriter.Write(edit.Cut), original)));
            }
        }

        Assert.True(edited.Count >= 300, $"{edited.Count} edits");
        await Valid(edited);
    }

    [Fact]
    public async Task Every_document_of_another_format_is_written_valid_and_reads_again()
    {
        Assert.SkipWhen(Corpus.IsAbsent || !await HasXmllint(), SkipMessage);
        var written = new List<(string, byte[])>();
        foreach (var (format, folder) in new (ITimelineFormat, string)[] { (new OtioFormat(), "otio"), (new EdlFormat(), "edl") })
        {
            foreach (var file in Corpus.Files(folder))
            {
                if (FromAnother(format, file) is { } bytes) written.Add((file, bytes));
            }
        }

        Assert.True(written.Count >= 70, $"{written.Count} documents");
        await Valid(written);
        foreach (var (name, bytes) in written) Assert.True(FcpxmlFiles.Read(bytes).Diagnostics.All(d => d.Severity != Severity.Error), name);
    }

    static byte[]? FromAnother(ITimelineFormat format, string file)
    {
        try
        {
            var document = format.Read(new MemoryStream(Corpus.Read(file)), new(null, Path.GetFileName(file))).Document;
            return FcpxmlFiles.Write(document);
        }
        catch (InterchangeFormatException)
        {
            return null;
        }
    }

    async Task Valid(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var byVersion = new Dictionary<string, List<string>>();
        var number = 0;
        foreach (var (name, bytes) in files)
        {
            var version = XmlTree.Parse(bytes).Root["version"] ?? "";
            var path = Path.Combine(_folder, $"{number++:0000}-{Path.GetFileName(name)}.fcpxml");
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            if (!byVersion.TryGetValue(version, out var same)) byVersion[version] = same = [];
            same.Add(path);
        }

        foreach (var (version, paths) in byVersion)
        {
            var result = await Xmllint(["--noout", "--dtdvalid", FcpxmlFiles.DtdOf(version), .. paths]);
            Assert.True(result.ExitCode == 0, $"{version}: {string.Join('\n', result.Error.Split('\n').Take(12))}");
        }
    }

    static Task<ToolResult> Xmllint(IEnumerable<string> arguments) =>
        ChildProcess.RunAsync("xmllint", arguments, null, null, TimeSpan.FromMinutes(1L), TestContext.Current.CancellationToken);

    static async Task<bool> HasXmllint()
    {
        try
        {
            return (await Xmllint(["--version"])).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
