using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

public static partial class SetupEndpoints
{
    public static void MapSetup(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(HubRoutes.Setup, GetAsync).AllowAnonymous();
        routes.MapPost(HubRoutes.Setup, SetUpAsync).AllowAnonymous();
    }

    static async Task<Ok<SetupState>> GetAsync(SetupStore store, CancellationToken ct) =>
        TypedResults.Ok(new SetupState(await store.IsOpenAsync(ct)));

    static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> SetUpAsync(
        SetupRequest request,
        HttpContext context,
        SetupParts parts,
        ILogger<SetupLink> logger,
        CancellationToken ct)
    {
        if (parts.Attempts.Take(context, account: null) is { } wait) return Problems.SlowDown(context, wait);
        if (Fault(request) is { } fault) return Problems.Invalid(fault);

        // Asked first, because hashing is what an uninvited caller could keep the hub busy with.
        if (!await parts.Store.IsOpenAsync(ct)) return Refused();
        var hash = parts.Hasher.HashPassword(new Person(), request.Password);
        if (await parts.Store.UseAsync(request, hash, ct) is not { } user) return Refused();
        parts.Link.Remove();
        LogSetUp(logger, request.OrganizationName);
        return TypedResults.Ok(await SessionEndpoints.OpenAsync(context, user, parts.Sessions, parts.Organizations, ct));
    }

    static string? Fault(SetupRequest request)
    {
        if (string.IsNullOrEmpty(request.Secret)) return "secret is missing; open the link that the hub printed at its start.";
        if (!PersonRules.IsName(request.OrganizationName)) return $"organizationName must have 1 to {PersonRules.LongestName} characters.";
        if (!PersonRules.IsName(request.DisplayName)) return $"displayName must have 1 to {PersonRules.LongestName} characters.";
        if (!PersonRules.IsEmail(request.Email)) return "email must be an address such as kim@example.com.";
        return PasswordRules.WhyNot(request.Password, request.Email, request.DisplayName);
    }

    static ProblemHttpResult Refused() => Problems.Of(
        StatusCodes.Status403Forbidden, ProblemCodes.SetupRefused, "This link does not work",
        "It was used, or the hub has printed a newer one; look at the hub's console, or into setup-link in its data folder.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Set up for {Organization}")]
    static partial void LogSetUp(ILogger logger, string organization);
}

/// <summary>What setting up brings together.</summary>
public sealed record SetupParts(
    SetupStore Store, SetupLink Link, SessionStore Sessions, OrganizationStore Organizations, IPasswordHasher<Person> Hasher, AttemptLimit Attempts);
