using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Host;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Guests;

/// <summary>Making links for guests, and taking them back.</summary>
public static partial class GuestLinkEndpoints
{
    public static void MapGuestLinks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Guests");
        group.MapGet(HubRoutes.GuestLinks, ListAsync).RequirePermission(Permission.GuestInvite);
        group.MapPost(HubRoutes.GuestLinks, CreateAsync).RequirePermission(Permission.GuestInvite);
        group.MapDelete(HubRoutes.GuestLink, RevokeAsync).RequirePermission(Permission.GuestInvite);
    }

    static async Task<Results<Ok<IReadOnlyList<GuestLinkResponse>>, ProblemHttpResult>> ListAsync(
        string project, Membership member, ProjectAccess projects, TimeProvider clock, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        return TypedResults.Ok(await GuestLinkStore.ListAsync(tx, clock.GetUtcNow(), ct));
    }

    static async Task<Results<Ok<CreateGuestLinkResponse>, ProblemHttpResult>> CreateAsync(
        string project, CreateGuestLinkRequest request, Membership member, GuestLinkParts parts, ILogger<GuestLink> logger, CancellationToken ct)
    {
        if (GuestLinkRules.WhyNot(request) is { } why) return Problems.Invalid(why);
        if (request.MayComment && !member.Permissions.Contains(Permission.CommentWrite))
        {
            return Problems.NotAllowed("You may not comment here yourself, so your guests may not either.");
        }

        await using var tx = await parts.Projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (await WhyNotThereAsync(tx, request, ct) is { } missing) return Problems.NotFound(missing);

        var now = parts.Clock.GetUtcNow();
        var (id, secret) = (Guid.CreateVersion7(now), LinkSecret.Create(member.OrganizationId));
        var link = new NewGuestLink(
            request.Name.Trim(),
            request.Branch,
            request.CutRequest,
            request.MayComment,
            request.Passphrase is null ? null : parts.Hasher.HashPassword(new Person(), request.Passphrase),
            request.MostPeople,
            member.UserId,
            now.AddDays(request.ExpiresInDays ?? GuestLinkRules.UsualLife));
        await GuestLinkStore.AddAsync(tx, id, secret, link, now, ct);
        await EventStore.AppendAsync(tx, member.UserId, now, ct, Told(EventNames.GuestLinkCreated, id, link.Name));
        await tx.CommitAsync(ct);
        LogCreated(logger, id, member.OrganizationSlug, project, member.UserId);
        return TypedResults.Ok(new CreateGuestLinkResponse(id, parts.Address.Of($"/guest#{secret}"), link.ExpiresAt));
    }

    static async Task<string?> WhyNotThereAsync(ProjectTransaction tx, CreateGuestLinkRequest request, CancellationToken ct)
    {
        if (request.Branch is { } branch && (BranchRules.WhyNotName(branch) is not null || await BranchStore.FindAsync(tx, branch, ct) is null))
        {
            return $"There is no branch '{branch}' in this project.";
        }

        return request.CutRequest is { } number && await CutRequestStore.FindAsync(tx, number, ct) is null
            ? $"There is no cut request {number} in this project."
            : null;
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string project,
        Guid link,
        Membership member,
        ProjectAccess projects,
        SessionStore sessions,
        TimeProvider clock,
        ILogger<GuestLink> logger,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await GuestLinkStore.RevokeAsync(tx, link, now, ct) is not { } name) return Problems.NotFound();
        await sessions.EndAsync(tx.Tenant, await GuestStore.ListAsync(tx, link, ct), ct);
        await EventStore.AppendAsync(tx, member.UserId, now, ct, Told(EventNames.GuestLinkRevoked, link, name));
        await tx.CommitAsync(ct);
        LogRevoked(logger, link, member.OrganizationSlug, project, member.UserId);
        return TypedResults.NoContent();
    }

    static HubEvent Told(string name, Guid link, string linkName) => HubEvent.Of(name, new(link, linkName), HubJson.Default.GuestLinkEvent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Guest link {Link} to {Organization}/{Project} by {By}")]
    static partial void LogCreated(ILogger logger, Guid link, string organization, string project, Guid by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Guest link {Link} to {Organization}/{Project} taken back by {By}")]
    static partial void LogRevoked(ILogger logger, Guid link, string organization, string project, Guid by);
}

/// <summary>What making a link brings together.</summary>
public sealed record GuestLinkParts(ProjectAccess Projects, IPasswordHasher<Person> Hasher, PublicAddress Address, TimeProvider Clock);
