using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Host;
using CineGit.Hub.Platform.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Organizations;

/// <summary>Inviting people, and taking it back.</summary>
public static partial class InvitationEndpoints
{
    const int LongestLife = 30;

    public static void MapInvitations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Members");
        group.MapGet(HubRoutes.Invitations, ListAsync).RequirePermission(Permission.MemberInvite);
        group.MapPost(HubRoutes.Invitations, CreateAsync).RequirePermission(Permission.MemberInvite);
        group.MapDelete(HubRoutes.Invitation, RevokeAsync).RequirePermission(Permission.MemberInvite);
        routes.MapAcceptances();
    }

    static async Task<Ok<IReadOnlyList<InvitationResponse>>> ListAsync(
        Membership member, TenantDatabase database, TimeProvider clock, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        return TypedResults.Ok(await InvitationStore.ListAsync(tx, member.OrganizationId, clock.GetUtcNow(), ct));
    }

    static async Task<Results<Ok<CreateInvitationResponse>, ProblemHttpResult>> CreateAsync(
        CreateInvitationRequest request,
        Membership member,
        InvitationParts parts,
        ILogger<Invitation> logger,
        CancellationToken ct)
    {
        if (WhyNot(request) is { } fault) return Problems.Invalid(fault);
        await using var tx = await parts.Database.BeginAsync(member.OrganizationId, ct);
        if (await RoleStore.FindAsync(tx, member.OrganizationId, request.Role, ct) is not { } given) return RoleEndpoints.NoSuchRole(request.Role);
        if (GrantRules.WhyNot(member.Permissions, given) is { } beyond) return Problems.NotAllowed(beyond);
        var (project, refusal) = await FindProjectAsync(tx, member, request, parts.Memberships, ct);
        if (refusal is not null) return refusal;

        var now = parts.Clock.GetUtcNow();
        var (id, secret) = (Guid.CreateVersion7(now), LinkSecret.Create(member.OrganizationId));
        var expiresAt = now.AddDays(request.ExpiresInDays);
        var invitation = new NewInvitation(request.Email?.Trim(), request.Role, project, request.ProjectRole, member.UserId, expiresAt);
        await InvitationStore.AddAsync(tx, id, secret, invitation, now, ct);
        await tx.CommitAsync(ct);
        LogInvited(logger, id, request.Role, member.OrganizationSlug, member.UserId);
        var link = parts.Address.Of($"/invitation#{secret}");
        if (invitation.Email is null) return TypedResults.Ok(new CreateInvitationResponse(id, link, expiresAt));
        parts.Mail.Post(new Letter(
            invitation.Email,
            "You are invited to CineGit",
            $"{member.DisplayName} invites you to work together in CineGit. Open this link to join; it opens once:\n\n{link}\n"));
        return TypedResults.Ok(new CreateInvitationResponse(id, Link: null, expiresAt));
    }

    static string? WhyNot(CreateInvitationRequest request)
    {
        if (string.IsNullOrEmpty(request.Role)) return "role is missing; name a role.";
        if (request.Email is not null && !PersonRules.IsEmail(request.Email)) return "email must be an address such as kim@example.com, or null for a link.";
        if (request.ExpiresInDays is < 1 or > LongestLife) return $"expiresInDays must be 1 to {LongestLife}.";
        return request.Project is null == request.ProjectRole is null ? null : "Give project and projectRole, or neither.";
    }

    /// <summary>The project and what may be given there, by the caller's rights in it and not in the organization.</summary>
    static async Task<(Guid? Project, ProblemHttpResult? Refusal)> FindProjectAsync(
        TenantTransaction tx, Membership member, CreateInvitationRequest request, MembershipStore memberships, CancellationToken ct)
    {
        if (request.Project is null || request.ProjectRole is null) return default;
        var there = await memberships.FindAsync(member.UserId, member.OrganizationSlug, request.Project, ct);
        if (there is null || !there.Permissions.Contains(Permission.ProjectRead)) return (null, Problems.NotFound("There is no such project."));
        if (!there.Permissions.Contains(Permission.ProjectManage)) return (null, Problems.NotAllowed("Only who manages a project gives roles in it."));
        if (await RoleStore.FindAsync(tx, member.OrganizationId, request.ProjectRole, ct) is not { } given)
        {
            return (null, RoleEndpoints.NoSuchRole(request.ProjectRole));
        }

        return GrantRules.WhyNot(there.Permissions, GrantRules.InProject(given)) is { } why
            ? (null, Problems.NotAllowed(why))
            : (await ProjectStore.FindIdAsync(tx, member.OrganizationId, request.Project, ct), null);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid invitation, Membership member, TenantDatabase database, TimeProvider clock, ILogger<Invitation> logger, CancellationToken ct)
    {
        await using var tx = await database.BeginAsync(member.OrganizationId, ct);
        if (!await InvitationStore.RevokeAsync(tx, member.OrganizationId, invitation, clock.GetUtcNow(), ct)) return Problems.NotFound();
        await tx.CommitAsync(ct);
        LogRevoked(logger, invitation, member.OrganizationSlug, member.UserId);
        return TypedResults.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Invitation {Invitation} as {Role} to {Organization} by {By}")]
    static partial void LogInvited(ILogger logger, Guid invitation, string role, string organization, Guid by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Invitation {Invitation} to {Organization} taken back by {By}")]
    static partial void LogRevoked(ILogger logger, Guid invitation, string organization, Guid by);
}

/// <summary>What inviting brings together.</summary>
public sealed record InvitationParts(
    TenantDatabase Database, MembershipStore Memberships, MailQueue Mail, PublicAddress Address, TimeProvider Clock);
