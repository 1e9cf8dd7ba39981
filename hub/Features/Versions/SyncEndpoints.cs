using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Host;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Versions;

/// <summary>How versions come and go: each one round trip.</summary>
public static partial class SyncEndpoints
{
    /// <summary>Heads, then 1, 2, 4, 8… back: enough for a thousand branches.</summary>
    const int MostHave = 10_000;

    public static IEndpointRouteBuilder MapSync(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Versions");
        group.MapPost(HubRoutes.Pushes, PushAsync).RequirePermission(Permission.VersionPush).Accepts<IFormFile>(VersionStream.ContentType);
        group.MapPost(HubRoutes.Negotiate, NegotiateAsync).RequirePermission(Permission.VersionFetch);
        group.MapPost(HubRoutes.Fetches, FetchAsync).RequirePermission(Permission.VersionFetch).Produces<FetchResponse>(StatusCodes.Status200OK, VersionStream.ContentType);
        return routes;
    }

    static async Task<Results<Ok<PushResponse>, ProblemHttpResult>> PushAsync(
        string project, HttpRequest request, Membership member, Pushes pushes, ILogger<Pushes> logger, CancellationToken ct)
    {
        if (request.ContentLength > HubLimits.Push) return TooLarge();
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = HubLimits.Push;
        switch (await pushes.AcceptAsync(member, project, request.Body, request.ContentLength, ct))
        {
            case PushResult.Accepted(var branch, var head, var count):
                LogPushed(logger, member.OrganizationSlug, project, branch, head, count, member.UserId);
                return TypedResults.Ok(new PushResponse(head));
            case PushResult.Malformed(var why):
                return Problems.Invalid(why);
            case PushResult.Stale(var branch, var actual):
                return VersionEndpoints.StaleProblem(branch, actual);
            case PushResult.Protected(var branch):
                return ProtectionEndpoints.PushProblem(branch);
            case PushResult.Missing(var why, var hashes):
                return Problems.Unprocessable(ProblemCodes.MissingObject, why, ("missing", hashes.ToArray()));
            case PushResult.BadCut(var why):
                return Problems.Unprocessable(ProblemCodes.InvalidCut, why);
            case PushResult.TooLarge(var why):
                return Problems.TooLarge(why);
            default:
                return Problems.NotFound();
        }
    }

    static async Task<Results<Ok<NegotiateResponse>, ProblemHttpResult>> NegotiateAsync(
        string project, NegotiateRequest request, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (WhyNotHave(request.Have) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var known = await VersionStore.FindManyAsync(tx, [.. request.Have.Distinct()], ct);
        var branches = await BranchStore.ListAsync(tx, ct);
        return TypedResults.Ok(new NegotiateResponse(
            [.. request.Have.Where(known.ContainsKey).Distinct()], await ResponsesAsync(tx, branches, ct)));
    }

    static async Task<Results<FetchAnswer, ProblemHttpResult>> FetchAsync(
        string project, FetchRequest request, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (WhyNotHave(request.Have) is { } why) return Problems.Invalid(why);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        var all = await BranchStore.ListAsync(tx, ct);
        if (request.Branches?.FirstOrDefault(name => all.All(branch => branch.Name != name)) is { } absent)
        {
            return Problems.NotFound($"There is no branch '{absent}' in this project; fetch the others, or all of them.");
        }

        var branches = all.Where(branch => request.Branches?.Contains(branch.Name) ?? true).ToList();
        var heads = branches.Select(branch => branch.Head).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var known = await VersionStore.FindManyAsync(tx, [.. request.Have.Distinct()], ct);
        var missing = await AncestryStore.MissingAsync(tx, heads, [.. known.Keys], ct);
        return new FetchAnswer(
            new FetchResponse(await ResponsesAsync(tx, branches, ct), missing.Length), missing, token => projects.OpenAsync(member, project, token));
    }

    static async Task<IReadOnlyList<BranchResponse>> ResponsesAsync(ProjectTransaction tx, IReadOnlyList<Branch> branches, CancellationToken ct)
    {
        var heads = await VersionStore.FindManyAsync(tx, [.. branches.Select(branch => branch.Head).OfType<string>().Distinct()], ct);
        return [.. branches.Select(branch => branch.ToResponse(branch.Head is null ? null : heads[branch.Head]))];
    }

    static string? WhyNotHave(IReadOnlyList<string>? have) => have switch
    {
        null => "have is missing; give an empty list when you have nothing.",
        { Count: > MostHave } => $"have has {have.Count} entries; at most {MostHave} are taken.",
        _ => have.All(PushRules.IsHash) ? null : "have has an entry that is not 64 hexadecimal digits.",
    };

    static ProblemHttpResult TooLarge() => Problems.TooLarge($"A push may have {HubLimits.Push:N0} bytes; push fewer versions at a time.");

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Branch {Organization}/{Project}/{Branch} has {Head} after a push of {Count} version(s) by {User}")]
    static partial void LogPushed(ILogger logger, string organization, string project, string? branch, string? head, int count, Guid user);
}
