namespace CineGit.Evaluation.Generator;

/// <summary>A kind of merges that is counted on its own: there is no average over classes.</summary>
abstract record EvaluationClass(string Name)
{
    /// <summary>One merge of it is as much work as so many others, so there are fewer of them.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>A shorter reel has no room for it.</summary>
    public int LeastClips { get; init; }

    /// <summary>The share of mergeable pairs that may be asked.</summary>
    public double Tolerance { get; init; }

    /// <summary>The share that may be wrong: none, but of identities found by likeness.</summary>
    public double Mistakes { get; init; }

    /// <summary>What is counted are clips, not pairs.</summary>
    public bool CountsClips { get; init; }

    /// <summary>Every class, in the order of the report.</summary>
    public static IReadOnlyList<EvaluationClass> All => [.. RandomClasses.All, .. SplitClasses.All, .. NestClasses.All, .. ChainClass.All, .. IdentityClass.All, .. CrossedClass.All, .. Scenarios.All];
}
