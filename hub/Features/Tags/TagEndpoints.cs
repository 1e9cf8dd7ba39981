using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Tags;

/// <summary>Names that stay on their versions: whoever pushes may give them, and only <c>tag.manage</c> moves or removes them.</summary>
public static partial class TagEndpoints
{
    public static IEndpointRouteBuilder MapTags(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Tags");
        group.MapGet(HubRoutes.Tags, ListAsync).RequirePermission(Permission.ProjectRead);
        group.MapPost(HubRoutes.Tags, CreateAsync).RequirePermission(Permission.TagCreate);
        group.MapGet(HubRoutes.Tag, GetAsync).RequirePermission(Permission.ProjectRead);
        group.MapPut(HubRoutes.Tag, MoveAsync).RequirePermission(Permission.TagManage);
        group.MapDelete(HubRoutes.Tag, RemoveAsync).RequirePermission(Permission.TagManage);
        return routes;
    }

    static async Task<Results<Ok<IReadOnlyList<TagResponse>>, ProblemHttpResult>> ListAsync(
        string project, string? cursor, int? limit, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (PageLink.WhyNot(limit, cursor, out var after) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var tags = await TagStore.ListAsync(tx, after, limit, ct);
        if (tags.Count == limit) PageLink.Add(context, tags[^1].Name, tags.Count);
        return TypedResults.Ok(tags);
    }

    static async Task<Results<Created<TagResponse>, ProblemHttpResult>> CreateAsync(
        string project,
        CreateTagRequest request,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<TagResponse> logger,
        CancellationToken ct)
    {
        if ((BranchRules.WhyNotName(request.Name) ?? WhyNot(request.Version, request.Message)) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (await VersionStore.FindAsync(tx, request.Version, ct) is null) return NoSuchVersion(request.Version);
        var tag = TagOf(request.Name, request.Version, request.Message, member, clock);
        if (!await TagStore.AddAsync(tx, tag, member.UserId, ct))
        {
            return Problems.Conflict(
                ProblemCodes.NameTaken, $"There is a tag '{request.Name}' already, perhaps in other capitals; it stays where it is. Choose another name.");
        }

        await EventStore.AppendAsync(tx, member.UserId, tag.TaggedAt, ct, ToEvent(tag.Name, null, tag.Version));
        await tx.CommitAsync(ct);
        LogTagged(logger, member.OrganizationSlug, project, tag.Name, tag.Version, member.UserId);
        return TypedResults.Created($"{HubRoutes.Api}/organizations/{member.OrganizationSlug}/projects/{project}/tags/{tag.Name}", tag);
    }

    static async Task<Results<Ok<TagResponse>, StatusCodeHttpResult, ProblemHttpResult>> GetAsync(
        string project, string tag, HttpContext context, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await TagStore.FindAsync(tx, tag, ct) is not { } found) return Problems.NotFound();
        return EntityTags.IsHeld(context, EntityTagOf(found)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(found);
    }

    static async Task<Results<Ok<TagResponse>, ProblemHttpResult>> MoveAsync(
        string project,
        string tag,
        MoveTagRequest request,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<TagResponse> logger,
        CancellationToken ct)
    {
        if (WhyNot(request.Version, request.Message) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await TagStore.LockAsync(tx, tag, ct) is not { } found) return Problems.NotFound();
        if (EntityTags.WhyNot(http, EntityTagOf(found)) is { } changed) return changed;
        if (await VersionStore.FindAsync(tx, request.Version, ct) is null) return NoSuchVersion(request.Version);
        var moved = TagOf(found.Name, request.Version, request.Message, member, clock);
        await TagStore.MoveAsync(tx, moved, member.UserId, ct);
        await EventStore.AppendAsync(tx, member.UserId, moved.TaggedAt, ct, ToEvent(moved.Name, found.Version, moved.Version));
        await tx.CommitAsync(ct);
        LogTagged(logger, member.OrganizationSlug, project, moved.Name, moved.Version, member.UserId);
        return TypedResults.Ok(moved);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string project,
        string tag,
        HttpRequest http,
        Membership member,
        ProjectAccess projects,
        TimeProvider clock,
        ILogger<TagResponse> logger,
        CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await TagStore.LockAsync(tx, tag, ct) is not { } found) return Problems.NotFound();
        if (EntityTags.WhyNot(http, EntityTagOf(found)) is { } changed) return changed;
        await TagStore.RemoveAsync(tx, found.Name, ct);
        await EventStore.AppendAsync(tx, member.UserId, clock.GetUtcNow(), ct, ToEvent(found.Name, found.Version, null));
        await tx.CommitAsync(ct);
        LogTagged(logger, member.OrganizationSlug, project, found.Name, "no version", member.UserId);
        return TypedResults.NoContent();
    }

    static TagResponse TagOf(string name, string version, string? message, Membership member, TimeProvider clock) => new(
        name, version, message ?? "", member.DisplayName, DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()));

    static string? WhyNot(string? version, string? message)
    {
        if (!PushRules.IsHash(version)) return $"version '{version}' is no version; give its 64 hexadecimal digits.";
        if (message?.Length > PushRules.LongestMessage) return $"message has {message.Length} characters; at most {PushRules.LongestMessage} are allowed.";
        return message?.Any(PushRules.IsUnprintable) is true ? "message has a control character." : null;
    }

    static ProblemHttpResult NoSuchVersion(string version) => Problems.Unprocessable(
        ProblemCodes.MissingObject, $"The hub does not have version {version}; push it first, or tag another.");

    static string EntityTagOf(TagResponse tag) => EntityTags.Of(tag.Name, tag.Version, tag.Message, tag.TaggedAt.ToString("O"));

    static HubEvent ToEvent(string name, string? from, string? to) =>
        HubEvent.Of(EventNames.VersionTagged, new(name, from, to), HubJson.Default.VersionTaggedEvent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Tag {Organization}/{Project}/{Tag} is on {Version}, set by {User}")]
    static partial void LogTagged(ILogger logger, string organization, string project, string tag, string version, Guid user);
}
