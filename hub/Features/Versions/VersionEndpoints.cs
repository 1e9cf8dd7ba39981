using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Timeline.Diff;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Versions;

public static partial class VersionEndpoints
{
    public static IServiceCollection AddVersions(this IServiceCollection services) =>
        services.AddSingleton<CutCache>().AddSingleton<Pushes>();

    public static IEndpointRouteBuilder MapVersions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.Member).WithTags("Versions");
        group.MapPost(HubRoutes.Pushes, PushAsync);
        group.MapGet(HubRoutes.Version, GetAsync);
        group.MapGet(HubRoutes.VersionCut, CutAsync);
        group.MapGet(HubRoutes.VersionNative, NativeAsync);
        group.MapGet(HubRoutes.VersionTimeline, TimelineAsync);
        group.MapGet(HubRoutes.VersionExport, VersionExport.GetAsync);
        group.MapGet(HubRoutes.Compare, CompareAsync);
        return routes.MapObjects();
    }

    static async Task<Results<Ok<PushResponse>, ProblemHttpResult>> PushAsync(
        string project, string branch, PushRequest request, Membership member, Pushes pushes, ILogger<Pushes> logger, CancellationToken ct)
    {
        var result = await pushes.AcceptAsync(member, project, branch, request, ct);
        switch (result)
        {
            case PushResult.Accepted(var head):
                LogPushed(logger, member.OrganizationSlug, project, branch, head, request.Versions.Count, member.UserId);
                return TypedResults.Ok(new PushResponse(head));
            case PushResult.Malformed(var why):
                return Problems.Invalid(why);
            case PushResult.Stale(var actual):
                return StaleProblem(branch, actual);
            case PushResult.Missing(var why, var hashes):
                return Problems.Unprocessable(ProblemCodes.MissingObject, why, ("missing", hashes.ToArray()));
            case PushResult.BadCut(var why):
                return Problems.Unprocessable(ProblemCodes.InvalidCut, why);
            default:
                return Problems.NotFound();
        }
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
        return TypedResults.Ok(found.ToResponse());
    }

    static async Task<Results<ObjectAnswer, ProblemHttpResult>> CutAsync(
        string project, string version, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null
            || await VersionStore.FindAsync(tx, version, ct) is not { } found
            || await VersionObjectStore.ReadAsync(tx, found.Cut, ct) is not { } stored)
        {
            return Problems.NotFound();
        }

        return new ObjectAnswer(stored, found.Cut, "application/vnd.otio+json", fileName: null);
    }

    static async Task<Results<ObjectAnswer, ProblemHttpResult>> NativeAsync(
        string project, string version, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        if (found.Native is null)
        {
            return Problems.NotFound("This version is a merge and has no file of its own; export its cut instead.");
        }

        return await VersionObjectStore.ReadAsync(tx, found.Native, ct) is { } stored
            ? new ObjectAnswer(stored, found.Native, "application/octet-stream", found.NativeName)
            : Problems.NotFound();
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
            return TypedResults.Ok(new CompareResponse(null, after.Id, [], 0));
        }

        if (await VersionStore.FindAsync(tx, baseId, ct) is not { } before) return Problems.NotFound();
        var earlier = await cuts.OfVersionAsync(tx, before, ct);
        var later = await cuts.OfVersionAsync(tx, after, ct);
        var edits = SequenceDiff.Compare(earlier, later);
        return TypedResults.Ok(new CompareResponse(before.Id, after.Id, EditViews.Of(edits, earlier, later), edits.Shifted));
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Branch {Organization}/{Project}/{Branch} has {Head} after a push of {Count} version(s) by {User}")]
    static partial void LogPushed(ILogger logger, string organization, string project, string branch, string head, int count, Guid user);
}
