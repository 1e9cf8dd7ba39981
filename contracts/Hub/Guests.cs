namespace CineGit.Contracts.Hub;

/// <summary>A way to look at one thing without an account.</summary>
/// <param name="Name">Whom it is for, as the members see it in the list.</param>
/// <param name="Branch">The only branch that guests see; null for none in particular.</param>
/// <param name="CutRequest">The only cut request that guests see; null for none in particular. With neither they see the whole project.</param>
/// <param name="MayComment">Else they only look.</param>
/// <param name="ExpiresInDays">1 to 365; 14 when it is null.</param>
/// <param name="Passphrase">8 to 256 characters that guests are asked for; null for none.</param>
/// <param name="MostPeople">How many may come by it in all, 1 to 1000; null for no limit.</param>
public sealed record CreateGuestLinkRequest(
    string Name, string? Branch, int? CutRequest, bool MayComment, int? ExpiresInDays, string? Passphrase, int? MostPeople);

/// <param name="Link">Shown this once; the hub keeps its hash only.</param>
public sealed record CreateGuestLinkResponse(Guid Id, string Link, DateTimeOffset ExpiresAt);

/// <param name="People">What those who came call themselves, in the order in which they came.</param>
/// <param name="State"><c>open</c>, <c>revoked</c> or <c>expired</c>.</param>
public sealed record GuestLinkResponse(
    Guid Id,
    string Name,
    string? Branch,
    int? CutRequest,
    bool MayComment,
    bool HasPassphrase,
    int? MostPeople,
    IReadOnlyList<string> People,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string State);

/// <param name="Secret">What the link has behind its hash.</param>
public sealed record GuestPreviewRequest(string Secret);

/// <summary>What a guest is asked before they come in.</summary>
/// <param name="OrganizationName">Null, as everything else, while a passphrase is needed: it opens the door, not the window.</param>
public sealed record GuestPreview(bool NeedsPassphrase, string? OrganizationName, string? ProjectName, string? InvitedBy, bool MayComment);

/// <param name="Name">What the guest is called; shown with everything that they do.</param>
/// <param name="Passphrase">Null when the link needs none.</param>
public sealed record GuestEntryRequest(string Secret, string Name, string? Passphrase);

/// <summary>The one place that a guest's session opens.</summary>
/// <param name="Branch">The only branch there; null for none in particular.</param>
/// <param name="CutRequest">The only cut request there; null for none in particular.</param>
public sealed record GuestPlaceResponse(
    string Organization,
    string OrganizationName,
    string Project,
    string ProjectName,
    string? Branch,
    int? CutRequest,
    bool MayComment,
    DateTimeOffset ExpiresAt);
