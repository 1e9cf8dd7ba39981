using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Trials.Hub;

namespace CineGit.Evaluation.Trials;

/// <summary>What to evaluate.</summary>
/// <param name="Agent">The built <c>cinegit.dll</c>.</param>
/// <param name="Seed">The first seed.</param>
/// <param name="Pairs">Pairs of each class.</param>
/// <param name="Clips">Elements of each reel.</param>
sealed record EvaluationRun(string Agent, int Seed, int Pairs, int Clips)
{
    /// <summary>Where failing pairs are left; null for nowhere.</summary>
    public string? Keep { get; init; }

    /// <summary>Whether git merges the same files.</summary>
    public bool Baselines { get; init; } = true;

    /// <summary>The built <c>CineGit.Hub.dll</c>; null leaves out what takes one.</summary>
    public string? Hub { get; init; }

    public Merges Merges => new(Agent);

    public IReadOnlyList<EvaluationClass> Classes(string? named) =>
    [
        .. EvaluationClass.All.Where(c => Hub is not null || c is not CrossedClass)
            .Where(c => named is null || c.Name.StartsWith(named, StringComparison.OrdinalIgnoreCase)),
    ];

    public Task<ClassScore> RunAsync(EvaluationClass kind) => kind switch
    {
        PairClass pairs => new PairTrial(this, pairs).RunAsync(),
        ChainClass chain => new ChainTrial(this, chain).RunAsync(),
        IdentityClass identity => new IdentityTrial(this, identity).RunAsync(),
        CrossedClass crossed => new CrossedTrial(this, crossed).RunAsync(),
        _ => throw new InvalidOperationException($"There is no trial for {kind}."),
    };

    public int PairsOf(EvaluationClass kind) => Math.Max(1, Pairs / kind.Weight);

    public int ClipsOf(EvaluationClass kind) => Math.Max(Clips, kind.LeastClips);

    /// <summary>Stable from run to run and from machine to machine, unlike the hash of a string.</summary>
    public int SeedOf(EvaluationClass kind, int pair)
    {
        var seed = unchecked((uint)Seed * 2_654_435_761u);
        foreach (var letter in kind.Name) seed = unchecked((seed ^ letter) * 16_777_619u);
        return (int)(unchecked(seed + (uint)pair * 40_503u) & int.MaxValue);
    }

    /// <summary>Leaves a folder that failed where a person finds it.</summary>
    public void Save(EvaluationClass kind, string folder, int number, string how, IReadOnlyList<string> problems)
    {
        if (Keep is null) return;
        var name = string.Concat(kind.Name.Select(c => char.IsLetterOrDigit(c) || c == '=' ? c : '-'));
        var target = Directory.CreateDirectory(Path.Combine(Keep, $"{name}-{number:D4}")).FullName;
        foreach (var file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        File.AppendAllText(
            Path.Combine(target, "story.txt"),
            $"--seed {Seed} --clips {Clips} --class \"{kind.Name}\", pair {number}, {how}\n{string.Join('\n', problems)}\n");
    }
}
