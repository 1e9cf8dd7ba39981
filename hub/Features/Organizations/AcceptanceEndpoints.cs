using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Accepting an invitation: with the account that one is signed in to, or with one that is made for it.</summary>
public static partial class AcceptanceEndpoints
{
    public static void MapAcceptances(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Members");
        group.MapPost(HubRoutes.InvitationPreviews, PreviewAsync).AllowAnonymous();
        group.MapPost(HubRoutes.InvitationAcceptances, AcceptAsync).AllowAnonymous();
        group.MapPost(HubRoutes.AccountInvitations, JoinAsync).RequireAuthorization(Policies.InPerson);
    }

    static async Task<Results<Ok<InvitationPreview>, ProblemHttpResult>> PreviewAsync(
        InvitationRequest request, HttpContext context, TenantDatabase database, AttemptLimit attempts, TimeProvider clock, CancellationToken ct)
    {
        if (attempts.Take(context, account: null) is { } wait) return Problems.SlowDown(context, wait);
        if (LinkSecret.Parse(request.Secret) is not { } secret) return Ended();
        await using var tx = await database.BeginAsync(secret.Organization, ct);
        return await InvitationStore.LockAsync(tx, secret, clock.GetUtcNow(), ct) is { } found
            ? TypedResults.Ok(new InvitationPreview(found.OrganizationName, found.InvitedBy, found.Email, found.Role, found.ProjectName))
            : Ended();
    }

    /// <summary>Makes the account and opens its session.</summary>
    static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> AcceptAsync(
        AcceptInvitationRequest request,
        HttpContext context,
        Acceptance acceptance,
        SessionStore sessions,
        OrganizationStore organizations,
        AttemptLimit attempts,
        IPasswordHasher<Person> hasher,
        ILogger<Acceptance> logger,
        CancellationToken ct)
    {
        if (attempts.Take(context, account: null) is { } wait) return Problems.SlowDown(context, wait);
        if (!PersonRules.IsName(request.DisplayName)) return Problems.Invalid($"displayName must have 1 to {PersonRules.LongestName} characters.");
        if (LinkSecret.Parse(request.Secret) is not { } secret) return Ended();

        // Asked first, because hashing is what an uninvited caller could keep the hub busy with.
        if (await acceptance.FindAsync(secret, ct) is not { } invitation) return Ended();
        var email = (invitation.Email ?? request.Email)?.Trim();
        if (email is null || !PersonRules.IsEmail(email)) return Problems.Invalid("email must be an address such as kim@example.com.");
        if (PasswordRules.WhyNot(request.Password, email, request.DisplayName) is { } weak) return Problems.Invalid(weak);
        var person = new Person
        {
            Id = Guid.CreateVersion7(),
            Email = email,
            DisplayName = request.DisplayName.Trim(),
            PasswordHash = hasher.HashPassword(new Person(), request.Password),
            EmailConfirmed = invitation.Email is not null,
        };
        switch (await acceptance.AcceptAsync(secret, person, isNew: true, ct))
        {
            case AcceptResult.Accepted(var user, var organization):
                LogAccepted(logger, user, organization);
                return TypedResults.Ok(await SessionEndpoints.OpenAsync(
                    context, new UserResponse(user, person.DisplayName, person.Email), sessions, organizations, ct));
            case AcceptResult.AccountExists:
                return Problems.Conflict(ProblemCodes.AccountExists, "There is an account with this e-mail address; sign in to it, then open the link again.");
            default:
                return Ended();
        }
    }

    static async Task<Results<NoContent, ProblemHttpResult>> JoinAsync(
        InvitationRequest request,
        HttpContext context,
        Credential credential,
        Acceptance acceptance,
        UserManager<Person> people,
        AttemptLimit attempts,
        ILogger<Acceptance> logger,
        CancellationToken ct)
    {
        if (attempts.Take(context, account: null) is { } wait) return Problems.SlowDown(context, wait);
        if (LinkSecret.Parse(request.Secret) is not { } secret) return Ended();
        if (await people.FindByIdAsync(credential.UserId.ToString()) is not { } person) return Problems.NotSignedIn();
        switch (await acceptance.AcceptAsync(secret, person, isNew: false, ct))
        {
            case AcceptResult.Accepted(var user, var organization):
                LogAccepted(logger, user, organization);
                return TypedResults.NoContent();
            case AcceptResult.Anothers:
                return Problems.NotAllowed("This invitation was sent to another e-mail address; sign in with the account that has it.");
            case AcceptResult.MemberAlready:
                return Problems.Conflict(ProblemCodes.AlreadyMember, "You are in this organization; the link is still good for somebody else.");
            default:
                return Ended();
        }
    }

    static ProblemHttpResult Ended() => Problems.Of(
        StatusCodes.Status400BadRequest, ProblemCodes.Expired, "Too late, or used", "This invitation has ended; ask for a new one.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} joined {Organization}")]
    static partial void LogAccepted(ILogger logger, Guid user, string organization);
}
