namespace CineGit.Contracts.Hub;

/// <param name="Name">As a branch's: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, 1 to 100.</param>
/// <param name="Version">What it is to stay on.</param>
/// <param name="Message">Why; null for nothing.</param>
public sealed record CreateTagRequest(string Name, string Version, string? Message);

/// <param name="Version">Where it is to go.</param>
/// <param name="Message">Why; null for nothing.</param>
public sealed record MoveTagRequest(string Version, string? Message);

/// <param name="Name">The tag's name.</param>
/// <param name="Version">What it is on.</param>
/// <param name="Message">Why.</param>
/// <param name="TaggedByName">Who put it there.</param>
/// <param name="TaggedAt">When.</param>
public sealed record TagResponse(string Name, string Version, string Message, string TaggedByName, DateTimeOffset TaggedAt);
