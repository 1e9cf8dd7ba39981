using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Timeline.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Search;

/// <summary>Looks through a branch's history: where media or a clip is used, and who did what to a clip.</summary>
public static class SearchEndpoints
{
    const int MostVersions = 200;
    const int MostElements = 200;
    const int LongestMedia = 500;

    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Search");
        group.MapGet(HubRoutes.Uses, UsesAsync).RequirePermission(Permission.ProjectRead);
        group.MapGet(HubRoutes.ClipHistory, ClipAsync).RequirePermission(Permission.ProjectRead);
        return routes;
    }

    static async Task<Results<Ok<UsesResponse>, ProblemHttpResult>> UsesAsync(
        string project, string branch, string? media, string? clip, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (media is null == clip is null) return Problems.Invalid("Give either media, as its file is called, or clip, the element's id.");
        if (media is { Length: 0 or > LongestMedia }) return Problems.Invalid($"media has {media.Length} characters; 1 to {LongestMedia} are taken.");
        if (clip is not null && !ElementId.TryParse(clip, out _)) return Problems.Invalid($"clip '{clip}' is no element's id.");
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.FindAsync(tx, branch, ct) is not { } found) return Problems.NotFound();
        if (found.Head is not { } head) return TypedResults.Ok(new UsesResponse(found.Name, [], 0, 0));

        var history = await IndexStore.HistoryAsync(tx, head, ct);
        var uses = Uses.Of(history, await DeedsAsync(tx, media, clip, ct));
        var shown = history.Reverse().Select(step => step.Version).Where(uses.ContainsKey).Take(MostVersions).ToList();
        var versions = await VersionStore.FindManyAsync(tx, shown, ct);
        return TypedResults.Ok(new UsesResponse(
            found.Name,
            [.. shown.Select(id => new UseResponse(versions[id].ToResponse(), [.. uses[id].Order(StringComparer.Ordinal).Take(MostElements)]))],
            uses.Count,
            history.Count(step => !step.IsKnown)));
    }

    static async Task<ILookup<string, (string Element, bool Uses)>> DeedsAsync(ProjectTransaction tx, string? media, string? clip, CancellationToken ct)
    {
        if (media is not null)
        {
            return (await IndexStore.OfMediaAsync(tx, media, ct)).ToLookup(row => row.Version, row => (row.Element, row.Uses), StringComparer.Ordinal);
        }

        return (await IndexStore.OfElementAsync(tx, clip ?? "", ct))
            .ToLookup(row => row.Version, row => (row.Change.Element, row.Change.Kind != ElementChange.Removed), StringComparer.Ordinal);
    }

    static async Task<Results<Ok<ClipHistoryResponse>, ProblemHttpResult>> ClipAsync(
        string project, string branch, string clip, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (!ElementId.TryParse(clip, out _)) return Problems.Invalid($"clip '{clip}' is no element's id.");
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await BranchStore.FindAsync(tx, branch, ct) is not { } found) return Problems.NotFound();
        var changes = (await IndexStore.OfElementAsync(tx, clip, ct)).Where(row => !row.Change.IsCarried)
            .ToDictionary(row => row.Version, row => row.Change, StringComparer.Ordinal);
        if (found.Head is not { } head || changes.Count == 0) return TypedResults.Ok(new ClipHistoryResponse(clip, []));

        var shown = (await IndexStore.HistoryAsync(tx, head, ct)).Reverse().Select(step => step.Version).Where(changes.ContainsKey).ToList();
        var versions = await VersionStore.FindManyAsync(tx, shown, ct);
        return TypedResults.Ok(new ClipHistoryResponse(clip, [.. shown.Select(id => Response(versions[id], changes[id]))]));
    }

    static ClipChangeResponse Response(StoredVersion version, ElementChange change) =>
        new(version.ToResponse(), change.Kind, change.Name, change.Track, change.MediaBefore, change.Media);
}
