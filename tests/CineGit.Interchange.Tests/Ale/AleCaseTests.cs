using CineGit.TestKit;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Ale;

/// <summary>tests/corpus/ale/&lt;case&gt;: input.ale, the collection it must read as, and the log it must be written as.</summary>
public sealed class AleCaseTests
{
    static string Folder { get; } = FindFolder();

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder).Select(d => Path.GetFileName(d) ?? "").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_reads_and_is_written_as_expected(string name)
    {
        var document = Read(name);

        Compare(name, "expected.otio", TimelineAssert.Utf8(document));
        Compare(name, "expected.ale", AleFiles.Write(document, []));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_comes_back_equal_from_writing_and_reading_it_again(string name)
    {
        var document = Read(name);

        var again = AleFiles.Read(AleFiles.Write(document, []), RateOf(name)).Document;

        Assert.Equal(document.Root.Objects("children"), again.Root.Objects("children"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_written_back_to_the_byte_into_the_log_it_came_from(string name)
    {
        var input = File.ReadAllBytes(Path.Combine(Folder, name, "input.ale"));

        Assert.Equal(input, AleFiles.Write(Read(name), input));
    }

    [Fact]
    public void Each_case_folder_has_its_four_files_and_no_other()
    {
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            Assert.Equal(
                ["case.md", "expected.ale", "expected.otio", "input.ale"],
                Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f) ?? "").Order(StringComparer.Ordinal));
        }
    }

    static FrameRate? RateOf(string name) =>
        FrameRate.TryParse(File.ReadLines(Path.Combine(Folder, name, "case.md")).First()["rate:".Length..].Trim(), out var rate) ? rate : null;

    static OtioDocument Read(string name) => AleFiles.Read(File.ReadAllBytes(Path.Combine(Folder, name, "input.ale")), RateOf(name)).Document;

    static void Compare(string name, string file, byte[] actual)
    {
        var path = Path.Combine(Folder, name, file);
        if (Environment.GetEnvironmentVariable("CINEGIT_ACCEPT") == "1") File.WriteAllBytes(path, actual);
        Assert.True(File.Exists(path), $"{path} is missing; ./dev accept writes it.");
        Assert.Equal(File.ReadAllBytes(path), actual);
    }

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var cases = Path.Combine(folder.FullName, "tests", "corpus", "ale");
            if (Directory.Exists(cases)) return cases;
        }

        throw new DirectoryNotFoundException("tests/corpus/ale was not found above the test's folder.");
    }
}
