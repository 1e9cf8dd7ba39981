using System.Globalization;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.Guests;

/// <summary>What a request is about, read off its address.</summary>
/// <param name="Versions">Those it names, wherever it does.</param>
/// <param name="AlsoParent">The version before the first of them is shown besides.</param>
public sealed record GuestQuestion(string? Branch, int? CutRequest, IReadOnlyList<string> Versions, bool AlsoParent)
{
    public static GuestQuestion Of(HttpContext http)
    {
        var query = http.Request.Query;
        var number = int.TryParse(http.GetRouteValue("number") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : (int?)null;
        var versions = new List<string?> { http.GetRouteValue("version") as string, query["head"], query["base"] };
        if (query["cursor"].ToString() is { Length: > 0 } cursor && HistoryCursor.TryParse(cursor, out var pending)) versions.AddRange(pending);
        var isCompared = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText == HubRoutes.Compare;
        return new GuestQuestion(
            http.GetRouteValue("branch") as string,
            number,
            [.. versions.OfType<string>().Where(version => version.Length > 0)],
            isCompared && string.IsNullOrEmpty(query["base"]));
    }
}

/// <summary>Which versions belong to what a link names: a branch's history, or the four that a cut request is about.</summary>
public static class GuestVersions
{
    public static async Task<bool> AreNamedAsync(ProjectTransaction tx, GuestPass pass, GuestQuestion asked, CancellationToken ct)
    {
        if (!asked.Versions.All(PushRules.IsHash)) return false;
        var versions = asked.Versions.ToHashSet(StringComparer.Ordinal);
        if (pass.Branch is { } branch)
        {
            if (await BranchStore.FindAsync(tx, branch, ct) is not { Head: { } head }) return false;
            foreach (var version in versions)
            {
                if (version != head && !await AncestryStore.LeadsToAsync(tx, version, [head], ct)) return false;
            }

            return true;
        }

        if (pass.CutRequest is not { } number || await CutRequestStore.FindAsync(tx, number, ct) is not { } request) return false;
        if (asked.AlsoParent && await VersionStore.FindAsync(tx, asked.Versions[0], ct) is { } shown) versions.UnionWith(shown.Parents.Take(1));
        var (source, target) = request.IsOpen
            ? ((await BranchStore.FindAsync(tx, request.SourceBranch, ct))?.Head, (await BranchStore.FindAsync(tx, request.TargetBranch, ct))?.Head)
            : (request.SourceHead, request.TargetHead);
        versions.ExceptWith(((string?[])[source, target, request.MergedVersion]).OfType<string>());
        if (versions.Count > 0 && source is not null && target is not null)
        {
            versions.ExceptWith(await AncestryStore.BestCommonAsync(tx, source, target, ct));
        }

        return versions.Count == 0;
    }
}
