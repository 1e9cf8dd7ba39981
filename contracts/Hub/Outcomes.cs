namespace CineGit.Contracts.Hub;

/// <summary>What becomes of the cut around a conflict, for each answer that is offered, drawn side by side.</summary>
/// <param name="Outcomes">The cut as both came from it first, then one for each answer that needs no value typed in.</param>
public sealed record OutcomesResponse(IReadOnlyList<OutcomeView> Outcomes);

/// <param name="Choice">The answer, as <see cref="ConflictResponse.Offered"/> spells it; null for the cut both came from.</param>
/// <param name="Timeline">Only the tracks concerned, and on them only what reaches into the stretch.</param>
/// <param name="FromFrame">First record frame of the stretch, in that cut. May be negative at the start of a cut.</param>
/// <param name="DurationFrames">Equal for all outcomes of one conflict, so that they can be compared by eye.</param>
/// <param name="Elements">Ids of the elements in dispute that are in this outcome.</param>
public sealed record OutcomeView(
    string? Choice, TimelineResponse Timeline, long FromFrame, long DurationFrames, IReadOnlyList<string> Elements);
