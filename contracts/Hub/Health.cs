namespace CineGit.Contracts.Hub;

/// <param name="Status"><c>ok</c>, or <c>unavailable</c> with status 503.</param>
/// <param name="Database"><c>ok</c>, <c>away</c>, <c>behind</c> (not migrated to what this hub knows) or <c>closing</c> (this node stops).</param>
/// <param name="Version">The hub's version.</param>
public sealed record HealthResponse(string Status, string Database, string Version);
