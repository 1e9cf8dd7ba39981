using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>A long reel comes back without ids after some edits; every clip has to get its own id again.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Edits">How much was done.</param>
sealed record IdentityClass(string Name, int Edits) : EvaluationClass(Name)
{
    const int ReelClips = 10_000;

    public static new IReadOnlyList<IdentityClass> All =>
    [
        new("identity of 10,000 clips, K=20", 20) { LeastClips = ReelClips, Weight = 50, Mistakes = 0.0001, CountsClips = true },
        new("identity of 10,000 clips, K=100", 100) { LeastClips = ReelClips, Weight = 50, Mistakes = 0.0001, CountsClips = true },
    ];

    public (Cut Base, Cut Edited) Make(int seed, int clips)
    {
        var random = new Random(seed);
        var cut = BaseCut.Of(random, clips, new());
        var edits = new Hand(random, Maker.Ours).Session(cut, Edits, 0, cut.Picture.Shots.Count);
        return (cut, Pair.After(cut, [.. edits]) ?? throw new InvalidOperationException("edits that were made one by one can be made"));
    }
}
