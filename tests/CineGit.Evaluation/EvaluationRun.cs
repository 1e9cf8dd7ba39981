using System.Globalization;
using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation;

/// <summary>What to evaluate.</summary>
/// <param name="Agent">The built <c>cinegit.dll</c>.</param>
/// <param name="Seed">The first seed.</param>
/// <param name="Pairs">Pairs of each class.</param>
/// <param name="Clips">Elements of each reel.</param>
/// <param name="Keep">Where failing pairs are left; null for nowhere.</param>
sealed record EvaluationRun(string Agent, int Seed, int Pairs, int Clips, string? Keep)
{
    /// <summary>So many pairs lie on the disk at a time.</summary>
    const int Batch = 20;

    public static IReadOnlyList<PairClass> Classes(string? named) =>
        [.. RandomClasses.All.Concat(Scenarios.All).Where(c => named is null || c.Name.StartsWith(named, StringComparison.OrdinalIgnoreCase))];

    public async Task<ClassScore> RunAsync(PairClass kind)
    {
        var (ours, git, drawn, discarded) = (new Score(), new Score(), 0, 0);
        for (var first = 0; first < Pairs; first += Batch)
        {
            var folder = Directory.CreateTempSubdirectory("cinegit-evaluation-").FullName;
            List<PairFiles> files = [];
            for (var i = first; i < Math.Min(Pairs, first + Batch); i++)
                if (kind.Make(SeedOf(kind, i), Clips, ref discarded) is { } pair) files.Add(Write(Path.Combine(folder, $"{i:D4}"), pair, i));

            drawn += files.Count;
            await JudgeAsync(kind, folder, files, ours, git);
            Directory.Delete(folder, recursive: true);
        }

        return new(kind.Name, kind.Truth == Truth.Conflict, drawn, discarded, ours, git);
    }

    async Task JudgeAsync(PairClass kind, string folder, List<PairFiles> files, Score ours, Score git)
    {
        if (files.Count == 0) return;
        var answers = await Merges.ByCineGitAsync(Agent, Path.Combine(folder, "list"), files);
        foreach (var (pair, answer) in files.Zip(answers))
        {
            var expected = kind.Truth == Truth.Conflict ? null : SeenCut.Read(pair.Expected);
            var problems = ours.Count(answer, expected, pair.Out);
            git.Count(await Merges.ByGitAsync(pair), expected, pair.Git);
            if (problems.Count > 0) Save(kind, pair, problems);
        }
    }

    /// <summary>Stable from run to run and from machine to machine, unlike the hash of a string.</summary>
    int SeedOf(PairClass kind, int pair)
    {
        var seed = unchecked((uint)Seed * 2_654_435_761u);
        foreach (var letter in kind.Name) seed = unchecked((seed ^ letter) * 16_777_619u);
        return (int)(unchecked(seed + (uint)pair * 40_503u) & int.MaxValue);
    }

    /// <summary>Every other pair is a plain export without ids.</summary>
    static PairFiles Write(string folder, Drawn pair, int number)
    {
        var files = new PairFiles(Directory.CreateDirectory(folder).FullName, number % 2 == 0);
        File.WriteAllText(files.Base, OtioText.Of(pair.Base, files.Ids));
        File.WriteAllText(files.Ours, OtioText.Of(pair.Ours, files.Ids));
        File.WriteAllText(files.Theirs, OtioText.Of(pair.Theirs, files.Ids));
        if (pair.Expected is { } expected) File.WriteAllText(files.Expected, OtioText.Of(expected, files.Ids));
        File.WriteAllText(files.Story, pair.Story);
        return files;
    }

    void Save(PairClass kind, PairFiles files, IReadOnlyList<string> problems)
    {
        if (Keep is null) return;
        var number = int.Parse(Path.GetFileName(files.Folder), CultureInfo.InvariantCulture);
        var name = string.Concat(kind.Name.Select(c => char.IsLetterOrDigit(c) || c == '=' ? c : '-'));
        var target = Directory.CreateDirectory(Path.Combine(Keep, $"{name}-{number:D4}")).FullName;
        foreach (var file in Directory.GetFiles(files.Folder)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        File.AppendAllText(
            Path.Combine(target, "story.txt"),
            $"--seed {Seed} --clips {Clips} --class \"{kind.Name}\", pair {number}, {(files.Ids ? "with" : "without")} ids\n{string.Join('\n', problems)}\n");
    }
}
