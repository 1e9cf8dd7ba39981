namespace CineGit.Hub.Platform.Auth;

public enum CredentialKind
{
    /// <summary>A browser's cookie: the person is there.</summary>
    Browser,

    /// <summary>The access token of a paired edit bay.</summary>
    Agent,

    /// <summary>A personal access token.</summary>
    Script,

    /// <summary>The cookie of somebody who came by a link and has no account.</summary>
    Guest,
}

/// <summary>What a request proved its person with.</summary>
/// <param name="Id">Of the session, device or personal token.</param>
/// <param name="Scopes">What it is held to, whatever the person may do; null for no limit.</param>
public sealed record Credential(Guid Id, CredentialKind Kind, Guid UserId, PermissionSet? Scopes)
{
    /// <summary>The one organization in which a guest's session opens something; null for everybody else.</summary>
    public Guid? GuestOf { get; init; }

    public static ValueTask<Credential?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<Credential>());
}
