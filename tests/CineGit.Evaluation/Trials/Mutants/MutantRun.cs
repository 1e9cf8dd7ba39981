using CineGit.Evaluation.Generator;

namespace CineGit.Evaluation.Trials.Mutants;

/// <summary>
/// Whether the evaluation sees bugs: each is put into a copy of the product, which is then merged with until a class fails that
/// the product itself passes.
/// </summary>
/// <param name="Root">The product's sources.</param>
/// <param name="Run">The product as it is built, and how much is drawn.</param>
sealed record MutantRun(string Root, EvaluationRun Run)
{
    readonly Dictionary<string, bool> _holds = [];

    /// <param name="mutants">The bugs.</param>
    /// <param name="say">Takes the lines of the table as they come.</param>
    /// <returns>True when every bug is caught.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<Mutant> mutants, Func<string, Task> say)
    {
        using var copy = await SourceCopy.OfAsync(Root);
        var caught = 0;
        await say($"{"mutant",-34} {"caught by",-38} how");
        foreach (var mutant in mutants)
        {
            var (by, how) = await TryAsync(copy, mutant);
            if (by is not null) caught++;
            await say($"{mutant.Name,-34} {by ?? "NOTHING",-38} {how}");
        }

        await say($"{caught} of {mutants.Count} caught");
        return mutants.Count > 0 && caught == mutants.Count;
    }

    async Task<(string? By, string How)> TryAsync(SourceCopy copy, Mutant mutant)
    {
        if (!await copy.ApplyAsync(mutant.Patch)) return (null, "the patch does not apply any more");
        try
        {
            if (await copy.BuildAsync() is { } errors) return (null, $"it does not build: {errors.Trim().Split('\n')[0]}");
            foreach (var kind in Run.Classes(null).Where(k => k is not IdentityClass).OrderBy(k => k.Name != mutant.First))
            {
                var score = await (Run with { Agent = copy.Agent }).RunAsync(kind);
                if (!score.Holds && await HoldsAsync(kind)) return (kind.Name, score.Breaches());
            }

            return (null, "every class that holds without it holds with it");
        }
        finally
        {
            await copy.UndoAsync(mutant.Patch);
        }
    }

    async Task<bool> HoldsAsync(EvaluationClass kind)
    {
        if (!_holds.TryGetValue(kind.Name, out var holds)) _holds[kind.Name] = holds = (await Run.RunAsync(kind)).Holds;
        return holds;
    }
}
