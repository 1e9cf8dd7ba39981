using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>One merge of a chain. Lines are numbered from 0; <c>null</c> means the base that all began with.</summary>
/// <param name="From">The line whose result the side was made from.</param>
/// <param name="Ours">The line whose result it is merged into.</param>
/// <param name="OursBranch">The side that it is merged into, where there is no result yet.</param>
/// <param name="Theirs">The side that is taken in.</param>
/// <param name="Expected">What has to come out; null where only the end of the chain is known.</param>
sealed record ChainLine(int? From, int? Ours, int? OursBranch, int Theirs, Cut? Expected);

/// <summary>Merges that follow one another, each with results of earlier ones.</summary>
/// <param name="Base">The beginning.</param>
/// <param name="Branches">The sides.</param>
/// <param name="Lines">The merges.</param>
/// <param name="SameEnds">Lines that have to give the same file.</param>
/// <param name="Story">For people.</param>
sealed record Chain(Cut Base, IReadOnlyList<Cut> Branches, IReadOnlyList<ChainLine> Lines, IReadOnlyList<int> SameEnds, string Story);

/// <summary>A class of chains.</summary>
sealed record ChainClass(string Name, Func<Random, int, bool, Chain?> Make) : EvaluationClass(Name)
{
    /// <summary>Whether the programs of half of the chains keep metadata; where they hand on merged files, they know no ids of new elements.</summary>
    public bool KeepsIds { get; init; }

    public static new IReadOnlyList<ChainClass> All =>
    [
        new("ten branches in any order", Branches.Make) { Weight = 10, KeepsIds = true },
        new("histories of four editors", Histories.Make) { Weight = 50 },
    ];
}
