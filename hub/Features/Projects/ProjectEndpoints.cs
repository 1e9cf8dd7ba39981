using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Projects;

public static partial class ProjectEndpoints
{
    /// <summary>The branch that every project begins with.</summary>
    const string FirstBranch = "main";

    public static IServiceCollection AddProjects(this IServiceCollection services) =>
        services.AddSingleton<ProjectAccess>();

    public static IEndpointRouteBuilder MapProjects(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Projects");
        group.MapGet(HubRoutes.Projects, ListAsync).RequirePermission(Permission.OrganizationRead);
        group.MapPost(HubRoutes.Projects, CreateAsync).RequirePermission(Permission.ProjectCreate);
        group.MapGet(HubRoutes.Project, GetAsync).RequirePermission(Permission.ProjectRead);
        routes.MapProjectMembers();
        return routes;
    }

    /// <summary>All of them, or a page with <c>?limit=</c>; the header Link then names the next page.</summary>
    static async Task<Results<Ok<IReadOnlyList<ProjectResponse>>, ProblemHttpResult>> ListAsync(
        string? cursor, int? limit, HttpContext context, Membership member, TenantDatabase database, CancellationToken ct)
    {
        if (PageLink.WhyNot(limit, cursor, out var after) is { } why) return Problems.Invalid(why);
        await using var transaction = await database.BeginAsync(member.OrganizationId, ct);
        var projects = await ProjectStore.ListVisibleAsync(transaction, member, after, limit, ct);
        if (projects.Count == limit) PageLink.Add(context, projects[^1].Slug, projects.Count);
        var branches = await BranchStore.CountByProjectAsync(transaction, member.OrganizationId, ct);
        var open = await CutRequestStore.CountOpenByProjectAsync(transaction, member.OrganizationId, ct);
        return TypedResults.Ok<IReadOnlyList<ProjectResponse>>(
            [.. projects.Select(p => p.ToResponse(branches.GetValueOrDefault(p.Id), open.GetValueOrDefault(p.Id)))]);
    }

    static async Task<Results<Created<ProjectResponse>, ProblemHttpResult>> CreateAsync(
        CreateProjectRequest request, Membership member, TenantDatabase database, TimeProvider clock, ILogger<Project> logger, CancellationToken ct)
    {
        if (ProjectRules.WhyNotName(request.Name) is { } wrongName) return Problems.Invalid(wrongName);
        var name = request.Name.Trim();
        if ((request.Slug ?? Slug.From(name)) is not { } slug)
        {
            return Problems.Invalid($"No slug can be made from the name '{name}'; give one of a-z, 0-9 and hyphens in slug.");
        }

        if (ProjectRules.WhyNotSlug(slug) is { } wrongSlug) return Problems.Invalid(wrongSlug);

        // What is answered is what is read later: PostgreSQL keeps no finer parts of a second.
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var project = new Project(Guid.CreateVersion7(), slug, name, createdAt);
        await using var transaction = await database.BeginAsync(member.OrganizationId, ct);
        if (!await ProjectStore.AddAsync(transaction, member.OrganizationId, project, member.UserId, ct))
        {
            return Problems.Conflict(ProblemCodes.NameTaken, $"There is a project '{slug}' already; choose another slug.");
        }

        await using var tx = new ProjectTransaction(transaction, member.OrganizationId, project.Id);
        await BranchStore.AddAsync(tx, FirstBranch, head: null, member.UserId, project.CreatedAt, ct);
        await tx.CommitAsync(ct);
        LogCreated(logger, member.OrganizationSlug, slug, member.UserId);
        return TypedResults.Created(
            HubRoutes.Project.Replace("{organization}", member.OrganizationSlug, StringComparison.Ordinal)
                .Replace("{project}", slug, StringComparison.Ordinal),
            project.ToResponse(branches: 1, openCutRequests: 0));
    }

    static async Task<Results<Ok<ProjectResponse>, ProblemHttpResult>> GetAsync(
        string project, Membership member, TenantDatabase database, CancellationToken ct)
    {
        var page = await ProjectStore.FindPageAsync(database, member, project, ct);
        return page is null ? Problems.NotFound() : TypedResults.Ok(page);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Project {Organization}/{Project} created by {User}")]
    static partial void LogCreated(ILogger logger, string organization, string project, Guid user);
}
