using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Tags;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Branches;

public static partial class BranchEndpoints
{
    const int UsualPage = 50;
    const int LargestPage = 200;

    public static IEndpointRouteBuilder MapBranches(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Branches");
        group.MapGet(HubRoutes.Branches, ListAsync).RequirePermission(Permission.ProjectRead);
        group.MapPost(HubRoutes.Branches, CreateAsync).RequirePermission(Permission.BranchCreate);
        group.MapGet(HubRoutes.Branch, GetAsync).RequirePermission(Permission.ProjectRead);
        group.MapGet(HubRoutes.History, HistoryAsync).RequirePermission(Permission.ProjectRead);
        routes.MapProtection();
        return routes;
    }

    /// <summary>All of them, or a page with <c>?limit=</c>; the header Link then names the next page.</summary>
    static async Task<Results<Ok<IReadOnlyList<BranchResponse>>, ProblemHttpResult>> ListAsync(
        string project, string? cursor, int? limit, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (PageLink.WhyNot(limit, cursor, out var after) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var branches = await BranchStore.ListAsync(tx, after, limit, ct);
        if (branches.Count == limit) PageLink.Add(context, branches[^1].Name, branches.Count);
        var heads = await VersionStore.FindManyAsync(tx, [.. branches.Select(b => b.Head).OfType<string>().Distinct()], ct);
        return TypedResults.Ok<IReadOnlyList<BranchResponse>>(
            [.. branches.Select(b => b.ToResponse(b.Head is null ? null : heads[b.Head]))]);
    }

    static async Task<Results<Created<BranchResponse>, ProblemHttpResult>> CreateAsync(
        string project,
        CreateBranchRequest request,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<Branch> logger,
        CancellationToken ct)
    {
        if (BranchRules.WhyNotName(request.Name) is { } wrongName) return Problems.Invalid(wrongName);
        if (request.From is not null && !PushRules.IsHash(request.From))
        {
            return Problems.Invalid($"from '{request.From}' is no version; give its 64 hexadecimal digits, or null for an empty branch.");
        }

        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var from = request.From is null ? null : await VersionStore.FindAsync(tx, request.From, ct);
        if (request.From is not null && from is null)
        {
            return Problems.Unprocessable(
                ProblemCodes.MissingObject, $"The hub does not have version {request.From}; push it first, or start from another.");
        }

        var at = clock.GetUtcNow();
        if (!await BranchStore.AddAsync(tx, request.Name, request.From, member.UserId, at, ct))
        {
            return Problems.Conflict(
                ProblemCodes.NameTaken, $"There is a branch '{request.Name}' already, perhaps in other capitals; choose another name.");
        }

        await EventStore.AppendAsync(tx, member.UserId, at, ct, new Branch(request.Name, request.From, Protected: false).ToCreatedEvent());
        await tx.CommitAsync(ct);
        LogCreated(logger, member.OrganizationSlug, project, request.Name, member.UserId);
        return TypedResults.Created(
            $"{HubRoutes.Api}/organizations/{member.OrganizationSlug}/projects/{project}/branches/{request.Name}",
            new Branch(request.Name, request.From, Protected: false).ToResponse(from));
    }

    static async Task<Results<Ok<BranchResponse>, StatusCodeHttpResult, ProblemHttpResult>> GetAsync(
        string project, string branch, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.FindAsync(tx, branch, ct) is not { } found) return Problems.NotFound();
        if (EntityTags.IsHeld(context, EntityTags.Of(found.Name, found.Head, found.Protected ? "protected" : null))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var head = found.Head is null ? null : await VersionStore.FindAsync(tx, found.Head, ct);
        return TypedResults.Ok(found.ToResponse(head));
    }

    static async Task<Results<Ok<HistoryResponse>, ProblemHttpResult>> HistoryAsync(
        string project, string branch, string? cursor, int? limit, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (limit is < 1 or > LargestPage) return Problems.Invalid($"limit {limit} is not between 1 and {LargestPage}.");
        string[]? pending = null;
        if (cursor is not null && !HistoryCursor.TryParse(cursor, out pending))
        {
            return Problems.Invalid("cursor is none of ours; give the value of next of the page before, or leave it out for the first page.");
        }

        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.FindAsync(tx, branch, ct) is not { } found) return Problems.NotFound();
        pending ??= found.Head is { } head ? [head] : [];
        if (pending.Length == 0) return TypedResults.Ok(new HistoryResponse([], null));

        var page = await AncestryStore.NewestAsync(tx, pending, limit ?? UsualPage, ct);
        if (page.IsEmpty) return Problems.Invalid("cursor names versions that this project does not have; leave it out for the first page.");
        var tags = await TagStore.NamesOfAsync(tx, page.Select(version => version.Id), ct);
        return TypedResults.Ok(new HistoryResponse(
            [.. page.Select(version => version.ToResponse() with { Tags = [.. tags[version.Id]] })], HistoryCursor.After(pending, page)));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Branch {Organization}/{Project}/{Branch} created by {User}")]
    static partial void LogCreated(ILogger logger, string organization, string project, string branch, Guid user);
}
