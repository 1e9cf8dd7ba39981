using CineGit.TestKit;

namespace CineGit.Interchange.Tests.Fcp7Xml;

/// <summary>tests/corpus/fcp7xml/&lt;case&gt;: input.xml and the document it must read as; what is written must say the same as the input.</summary>
public sealed class Fcp7CaseTests
{
    const string AcceptVariable = "CINEGIT_ACCEPT";

    static string Folder { get; } = FindFolder();

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder).Select(d => Path.GetFileName(d) ?? "").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_reads_as_expected(string name)
    {
        var actual = TimelineAssert.Utf8(Fcp7Files.Read(Input(name)).Document);
        var expected = Path.Combine(Folder, name, "expected.otio");

        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1") File.WriteAllBytes(expected, actual);
        Assert.True(File.Exists(expected), $"{expected} is missing; ./dev accept writes it.");
        TimelineAssert.SameText(File.ReadAllBytes(expected), actual);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_written_from_its_document_alone_says_the_same(string name)
    {
        var written = Fcp7Files.Write(Fcp7Files.Read(Input(name)).Document, default, out var diagnostics);

        Assert.Null(Fcp7Files.Difference(Input(name), written));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_comes_back_to_the_byte_beside_its_original(string name) =>
        Assert.Equal(Input(name), Fcp7Files.Write(Fcp7Files.Read(Input(name)).Document, Input(name)));

    [Fact]
    public void Each_case_folder_has_its_three_files_and_no_other()
    {
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            Assert.Equal(
                ["case.md", "expected.otio", "input.xml"],
                Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f) ?? "").Order(StringComparer.Ordinal));
        }
    }

    static byte[] Input(string name) => File.ReadAllBytes(Path.Combine(Folder, name, "input.xml"));

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var cases = Path.Combine(folder.FullName, "tests", "corpus", "fcp7xml");
            if (Directory.Exists(cases)) return cases;
        }

        throw new DirectoryNotFoundException("tests/corpus/fcp7xml was not found above the test's folder.");
    }
}
