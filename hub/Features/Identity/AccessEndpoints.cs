using CineGit.Contracts.Hub;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Identity;

/// <summary>A person's ways in: what there is, ending one or all, and tokens for scripts.</summary>
public static partial class AccessEndpoints
{
    const int LongestName = 100;
    const int LongestLife = 365;

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.InPerson).WithTags("Account");
        group.MapGet(HubRoutes.AccountSessions, ListAsync);
        group.MapDelete(HubRoutes.AccountSessions, RevokeAllAsync);
        group.MapDelete(HubRoutes.AccountSession, RevokeAsync);
        group.MapGet(HubRoutes.AccountTokens, ListTokensAsync);
        group.MapPost(HubRoutes.AccountTokens, CreateTokenAsync);
    }

    static async Task<Ok<IReadOnlyList<AccessResponse>>> ListAsync(Credential credential, AccessStore access, CancellationToken ct) =>
        TypedResults.Ok(await access.ListAsync(credential.UserId, credential.Id, ct));

    static async Task<NoContent> RevokeAllAsync(
        Credential credential, HttpContext context, AccessStore access, ILogger<AccessStore> logger, CancellationToken ct)
    {
        await access.RevokeAllAsync(credential.UserId, keep: null, ct);
        SessionCookie.Clear(context);
        LogRevokedAll(logger, credential.UserId);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid session, Credential credential, AccessStore access, ILogger<AccessStore> logger, CancellationToken ct)
    {
        if (!await access.RevokeAsync(credential.UserId, session, ct)) return Problems.NotFound();
        LogRevoked(logger, session, credential.UserId);
        return TypedResults.NoContent();
    }

    static async Task<Ok<IReadOnlyList<TokenSummary>>> ListTokensAsync(Credential credential, AccessStore access, CancellationToken ct) =>
        TypedResults.Ok(await access.ListTokensAsync(credential.UserId, ct));

    static async Task<Results<Ok<CreateTokenResponse>, ProblemHttpResult>> CreateTokenAsync(
        CreateTokenRequest request, Credential credential, AccessStore access, ILogger<AccessStore> logger, CancellationToken ct)
    {
        if (request.Name?.Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
        {
            return Problems.Invalid($"name must have 1 to {LongestName} characters.");
        }

        if (request.ExpiresInDays is < 1 or > LongestLife) return Problems.Invalid($"expiresInDays must be 1 to {LongestLife}.");
        if (request.Scopes is not { Count: > 0 }) return Problems.Invalid("scopes is empty; name what the token may do.");
        if (request.Scopes.FirstOrDefault(scope => scope is null || PermissionTable.Find(scope) is null) is { } unknown)
        {
            return Problems.Invalid($"There is no permission '{unknown}'.");
        }

        var lifetime = TimeSpan.FromDays(request.ExpiresInDays);
        var token = await access.CreateTokenAsync(credential.UserId, name, PermissionSet.Named(request.Scopes), lifetime, ct);
        LogCreated(logger, token.Id, credential.UserId);
        return TypedResults.Ok(token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} ended the sign-in {Session}")]
    static partial void LogRevoked(ILogger logger, Guid session, Guid user);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} ended every sign-in")]
    static partial void LogRevokedAll(ILogger logger, Guid user);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} made the token {Token}")]
    static partial void LogCreated(ILogger logger, Guid token, Guid user);
}
