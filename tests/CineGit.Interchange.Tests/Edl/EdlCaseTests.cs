using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>tests/corpus/edl/&lt;case&gt;: input.edl, the document it must read as, and the list it must be written as.</summary>
public sealed class EdlCaseTests
{
    const string AcceptVariable = "CINEGIT_ACCEPT";

    static string Folder { get; } = FindFolder();

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder).Select(d => Path.GetFileName(d) ?? "").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_reads_as_expected(string name)
    {
        var read = Read(name);

        Compare(Path.Combine(Folder, name, "expected.otio"), TimelineAssert.Utf8(read.Document), TimelineAssert.SameText);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_written_as_expected(string name)
    {
        var written = EdlFiles.WriteBytes(Read(name).Document);

        Compare(Path.Combine(Folder, name, "expected.edl"), written, (expected, actual) => Assert.Equal(expected.ToArray(), actual.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_comes_back_equal_from_writing_and_reading_it_again(string name)
    {
        var document = Read(name).Document;

        TimelineAssert.SameDocument(document, EdlFiles.Read(EdlFiles.WriteBytes(document), EdlFiles.RateOf(document)).Document);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_keeps_every_event_line_but_its_spacing(string name)
    {
        var input = Words(File.ReadAllBytes(Path.Combine(Folder, name, "input.edl")));

        var written = Words(EdlFiles.WriteBytes(Read(name).Document));

        Assert.Equal(input, written);

        static string[] Words(byte[] list) =>
        [
            .. System.Text.Encoding.Latin1.GetString(list).Split('\r', '\n')
                .Select(l => string.Join(' ', l.TrimStart('*').Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                .Where(l => l.Length > 0)
                .Order(StringComparer.Ordinal),
        ];
    }

    [Fact]
    public void Each_case_folder_has_its_four_files_and_no_other()
    {
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            Assert.Equal(
                ["case.md", "expected.edl", "expected.otio", "input.edl"],
                Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f) ?? "").Order(StringComparer.Ordinal));
        }
    }

    static Imported Read(string name)
    {
        var first = File.ReadLines(Path.Combine(Folder, name, "case.md")).First();
        Assert.StartsWith("rate:", first, StringComparison.Ordinal);
        var text = first["rate:".Length..].Trim();
        var given = FrameRate.TryParse(text, out var rate);
        Assert.True(given || text.Length == 0, $"case.md of {name} begins with a rate that cannot be read");
        var read = EdlFiles.Read(File.ReadAllBytes(Path.Combine(Folder, name, "input.edl")), given ? rate : null, "input.edl");
        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == Severity.Error);
        return read;
    }

    static void Compare(string expectedFile, byte[] actual, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> same)
    {
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1") File.WriteAllBytes(expectedFile, actual);
        Assert.True(File.Exists(expectedFile), $"{expectedFile} is missing; ./dev accept writes it.");
        same(File.ReadAllBytes(expectedFile), actual);
    }

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var cases = Path.Combine(folder.FullName, "tests", "corpus", "edl");
            if (Directory.Exists(cases)) return cases;
        }

        throw new DirectoryNotFoundException("tests/corpus/edl was not found above the test's folder.");
    }
}
