using CineGit.Evaluation.Trials;

namespace CineGit.Evaluation.Tests;

/// <summary>A patch that no longer fits would be a bug that nobody looks for.</summary>
public sealed class SeededBugTests
{
    static readonly string Root = Up(AppContext.BaseDirectory);

    public static TheoryData<string> Patches =>
        [.. Directory.GetFiles(Path.Combine(Root, "tests", "CineGit.Evaluation", "Mutants"), "*.patch").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Patches))]
    public async Task Every_seeded_bug_fits_the_sources(string name)
    {
        var (_, errors) = await Programs.RunInAsync(Root, "git", "apply", "--check", Path.Combine("tests", "CineGit.Evaluation", "Mutants", name + ".patch"));

        Assert.Equal("", errors);
    }

    static string Up(string folder) => File.Exists(Path.Combine(folder, "CineGit.sln")) ? folder : Up(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository."));
}
