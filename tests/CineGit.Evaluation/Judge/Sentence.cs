namespace CineGit.Evaluation.Judge;

/// <summary>What a merge has to be.</summary>
/// <param name="Expected">Any of these timelines; none when it had to ask.</param>
/// <param name="MayAsk">It may ask although it could merge.</param>
/// <param name="AnyFolder">Media are told apart by file name alone.</param>
sealed record Sentence(IReadOnlyList<SeenCut> Expected, bool MayAsk, bool AnyFolder)
{
    public bool MustAsk => Expected.Count == 0;

    /// <summary>Against the timeline it comes nearest to.</summary>
    /// <exception cref="FormatException">The file is no timeline.</exception>
    public Verdict On(string merged)
    {
        var seen = SeenCut.Read(merged, AnyFolder);
        return Expected.Select(e => Verdict.Of(e, seen)).OrderBy(v => v.Differences.Count).First();
    }
}
