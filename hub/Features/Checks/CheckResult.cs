using System.Text.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Hub.Features.Checks;

/// <summary>What a check said of a version.</summary>
/// <param name="Branch">The branch whose settings it was made with; empty for none's.</param>
/// <param name="Name">See <see cref="CheckNames"/>, or what another system calls it.</param>
/// <param name="State">See <see cref="CheckStates"/>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Findings">In JSON.</param>
/// <param name="Link">Where another system says more.</param>
/// <param name="IsOwn">The hub's.</param>
/// <param name="ReportedByName">Who asked for it, or reported it.</param>
/// <param name="ReportedAt">When.</param>
public sealed record CheckResult(
    string Branch,
    string Name,
    string State,
    string Summary,
    string Findings,
    string? Link,
    bool IsOwn,
    string ReportedByName,
    DateTimeOffset ReportedAt)
{
    public bool IsFor(string branch) => Branch.Length == 0 || Branch == branch;

    public CheckResponse ToResponse() => new(
        Name,
        State,
        Summary,
        JsonSerializer.Deserialize(Findings, HubJson.Default.IReadOnlyListCheckFinding) ?? [],
        Branch.Length == 0 ? null : Branch,
        Link,
        IsOwn,
        ReportedByName,
        ReportedAt);
}
