using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Jobs;

namespace CineGit.Hub.Features.Checks;

/// <summary>Asks for the hub's own checks. They are run on what somebody wants to merge, and on what a branch asks them of.</summary>
public static class CheckQueue
{
    /// <summary>Of <see cref="ChecksJob"/>; its keys are a version and the branch it is meant for.</summary>
    public const string Kind = "checks";

    public static string KeyOf(string version, string branch) => $"{version} {branch}";

    public static (string Version, string Branch) Parse(string key) => key.Split(' ') is [var version, var branch]
        ? (version, branch)
        : throw new InvalidOperationException($"'{key}' is no key of a check.");

    public static Task AskAsync(ProjectTransaction tx, string version, string branch, Guid by, CancellationToken ct) =>
        JobStore.EnqueueAsync(tx, Kind, [KeyOf(version, branch)], by, ct);

    /// <summary>A branch has this head: it is checked for all branches that it is to go into, and for itself where checks are asked.</summary>
    public static async Task HeadMovedAsync(ProjectTransaction tx, string branch, string head, Guid by, CancellationToken ct)
    {
        var keys = (await CutRequestStore.OpenHeadsAsync(tx, source: branch, target: null, ct)).Select(each => KeyOf(each.Head, each.Target)).ToList();
        if (await ProtectionStore.FindAsync(tx, branch, ct) is { Checks.IsEmpty: false }) keys.Add(KeyOf(head, branch));
        await JobStore.EnqueueAsync(tx, Kind, keys, by, ct);
    }

    /// <summary>What is asked of a branch is another: everything that is to go into it is checked again.</summary>
    /// <param name="branch">Null for all branches.</param>
    public static async Task SettingsChangedAsync(ProjectTransaction tx, string? branch, Guid by, CancellationToken ct)
    {
        var heads = await CutRequestStore.OpenHeadsAsync(tx, source: null, target: branch, ct);
        await JobStore.EnqueueAsync(tx, Kind, [.. heads.Select(each => KeyOf(each.Head, each.Target))], by, ct);
    }
}
