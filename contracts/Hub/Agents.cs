namespace CineGit.Contracts.Hub;

/// <param name="Seats">How many agents may work in the organization; null for any number.</param>
/// <param name="Agents">Those that have, newest first.</param>
public sealed record AgentsResponse(int? Seats, IReadOnlyList<AgentResponse> Agents);

/// <param name="Since">When it first worked in this organization, UTC.</param>
/// <param name="RevokedAt">When it was sent away; null while it has a seat.</param>
public sealed record AgentResponse(
    Guid Id, string MachineName, Guid UserId, string DisplayName, DateTimeOffset Since, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <param name="Seats">0 to 100,000; null for any number. Agents that have a seat keep it.</param>
public sealed record SetSeatsRequest(int? Seats);
