using CineGit.Evaluation.Trials;

namespace CineGit.Evaluation.Tests;

/// <summary>A tenth of <c>./dev bench merge</c>: every class, few pairs, without git beside it.</summary>
public sealed class MergeClassTests
{
    const int Pairs = 10;
    const int Clips = 300;

    static readonly string Bin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    static readonly string Kept = Path.Combine(Bin, "..", "evaluation");

    static readonly EvaluationRun Run = new(Dll("CineGit.Agent", "cinegit"), Seed: 1, Pairs, Clips) { Baselines = false, Keep = Kept, Hub = Dll("CineGit.Hub", "CineGit.Hub") };

    public static TheoryData<string> Names => [.. Run.Classes(null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_class_holds(string name)
    {
        var score = await Run.RunAsync(Run.Classes(null).Single(c => c.Name == name));

        Assert.True(score.Holds, $"{Judge.ClassScore.Head}\n{score}\nThe pairs are in {Kept}.");
    }

    static string Dll(string project, string file) =>
        Path.Combine(Bin, project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), $"{file}.dll");
}
