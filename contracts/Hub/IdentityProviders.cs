namespace CineGit.Contracts.Hub;

/// <summary>Somebody else who says who people are; one button on the sign-in page.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="Title">On the button.</param>
public sealed record ProviderResponse(string Name, string Title);

/// <param name="To">The path that the person was going to; null for the first page.</param>
/// <param name="Invitation">What an invitation's link has behind its hash; null for somebody who has an account.</param>
public sealed record ProviderStartRequest(string? To, string? Invitation);

/// <param name="Address">Where the browser goes next; it comes back by itself.</param>
public sealed record ProviderStartResponse(string Address);

/// <summary>What a provider has proven, with what the hub asks for besides.</summary>
/// <param name="Proof">What the sign-in page was given behind its hash; good for ten minutes.</param>
/// <param name="Password">Of the account with the same address, to link the two; null when only the code is asked for.</param>
/// <param name="Code">Of the authenticator app, or a recovery code; null when it is not asked for.</param>
public sealed record ProviderProofRequest(string Proof, string? Password, string? Code);

/// <param name="Email">As the provider told it when the two were linked; null when it told none.</param>
public sealed record ExternalSignInResponse(string Provider, string? Email, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <param name="Password">Null for somebody who has none.</param>
public sealed record EndSignInRequest(string? Password);
