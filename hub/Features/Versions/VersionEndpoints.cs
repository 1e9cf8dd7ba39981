using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Tags;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Versions;

public static class VersionEndpoints
{
    public static IServiceCollection AddVersions(this IServiceCollection services) =>
        services.AddSingleton<TreeCache>().AddSingleton<CutCache>().AddSingleton<Pushes>();

    public static IEndpointRouteBuilder MapVersions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Versions");
        group.MapGet(HubRoutes.Version, GetAsync).RequirePermission(Permission.ProjectRead);
        group.MapGet(HubRoutes.VersionCut, CutAsync).RequirePermission(Permission.VersionFetch);
        group.MapGet(HubRoutes.VersionNative, NativeAsync).RequirePermission(Permission.VersionFetch);
        group.MapGet(HubRoutes.VersionTimeline, TimelineAsync).RequirePermission(Permission.ProjectRead);
        group.MapGet(HubRoutes.VersionExport, VersionExport.GetAsync).RequirePermission(Permission.VersionFetch).WithMetadata(BytesAnswer.Bytes);
        group.MapGet(HubRoutes.Compare, CompareAsync).RequirePermission(Permission.ProjectRead);
        group.MapGet(HubRoutes.ChangeList, ChangeListExport.GetAsync).RequirePermission(Permission.VersionFetch).WithMetadata(BytesAnswer.Bytes);
        return routes.MapSync();
    }

    /// <summary>The one answer for a head that is elsewhere than the caller saw it.</summary>
    public static ProblemHttpResult StaleProblem(string branch, string? actualHead) => Problems.Conflict(
        ProblemCodes.BranchStale,
        $"The branch {branch} is at {actualHead ?? "no version yet"}; fetch it, look at what is new, and try again.",
        ("actualHead", actualHead));

    static async Task<Results<Ok<VersionResponse>, ProblemHttpResult>> GetAsync(
        string project, string version, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        var tags = await TagStore.NamesOfAsync(tx, [found.Id], ct);
        return TypedResults.Ok(found.ToResponse() with { Tags = [.. tags[found.Id]] });
    }

    static async Task<Results<BytesAnswer, ProblemHttpResult>> CutAsync(
        string project, string version, HttpRequest request, Membership member, ProjectAccess projects, CutCache cuts, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        BytesAnswer.Content? content = null;
        if (!BytesAnswer.IsHeld(request, found.Cut))
        {
            var cut = await cuts.OfVersionAsync(tx, found, ct);
            var canonical = CanonicalForm.BytesOf(cut.Document.Root);
            content = new(canonical.Length, [canonical]);
        }

        return new BytesAnswer(found.Cut, content, "application/vnd.otio+json", fileName: null);
    }

    static async Task<Results<BytesAnswer, ProblemHttpResult>> NativeAsync(
        string project, string version, HttpRequest request, Membership member, ProjectAccess projects, TreeCache trees, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        if (found.Native is not { } native) return Problems.NotFound("This version is a merge and has no file of its own; export its cut instead.");
        BytesAnswer.Content? content = null;
        if (!BytesAnswer.IsHeld(request, native) && await trees.NativeAsync(tx, found, ct) is { } tree)
        {
            content = new(FileObjects.LengthOf(tree.Root), FileObjects.Decode(tree.Root));
        }

        return new BytesAnswer(native, content, "application/octet-stream", found.NativeName);
    }

    static async Task<Results<Ok<TimelineResponse>, ProblemHttpResult>> TimelineAsync(
        string project, string version, Membership member, ProjectAccess projects, CutCache cuts, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        return TypedResults.Ok(TimelineLayout.Of(found.Id, await cuts.OfVersionAsync(tx, found, ct)));
    }

    static async Task<Results<Ok<CompareResponse>, ProblemHttpResult>> CompareAsync(
        string project, string? @base, string? head, Membership member, ProjectAccess projects, CutCache cuts, CancellationToken ct)
    {
        if (!PushRules.IsHash(head)) return Problems.Invalid("head is missing or no version; give its 64 hexadecimal digits.");
        if (@base is not null && !PushRules.IsHash(@base))
        {
            return Problems.Invalid("base is no version; give its 64 hexadecimal digits, or leave it out for the version before head.");
        }

        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, head ?? "", ct) is not { } after) return Problems.NotFound();
        if ((@base ?? after.Parents.FirstOrDefault()) is not { } baseId)
        {
            return TypedResults.Ok(new CompareResponse(null, after.Id, [], 0, 0));
        }

        if (await VersionStore.FindAsync(tx, baseId, ct) is not { } before) return Problems.NotFound();
        var earlier = await cuts.OfVersionAsync(tx, before, ct);
        var later = await cuts.OfVersionAsync(tx, after, ct);
        var edits = SequenceDiff.Compare(earlier, later);
        return TypedResults.Ok(new CompareResponse(before.Id, after.Id, EditViews.Of(edits, earlier, later), edits.Shifted, edits.Relocated));
    }
}
