namespace CineGit.Contracts.Hub;

/// <summary>One of a person's ways in, from its beginning until it would have ended by itself.</summary>
/// <param name="Kind"><c>browser</c>, <c>agent</c> or <c>script</c>.</param>
/// <param name="Name">The browser as it names itself, the machine, or the token's name.</param>
/// <param name="LastUsedAt">To the minute; null while it was not used.</param>
/// <param name="RevokedAt">When it was ended; null while it opens.</param>
/// <param name="Current">It is what asks.</param>
public sealed record AccessResponse(
    Guid Id,
    string Kind,
    string Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    bool Current);

/// <param name="Name">1 to 100 characters, for the person to tell it by.</param>
/// <param name="Scopes">The permissions it may use, as far as its person has them; at least one.</param>
/// <param name="ExpiresInDays">1 to 365.</param>
public sealed record CreateTokenRequest(string Name, IReadOnlyList<string> Scopes, int ExpiresInDays);

/// <param name="Secret">The bearer token. It is shown this once.</param>
public sealed record CreateTokenResponse(Guid Id, string Secret, DateTimeOffset ExpiresAt);

public sealed record TokenSummary(
    Guid Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);
