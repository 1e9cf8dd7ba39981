using CineGit.Contracts.Hub;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Jobs;

namespace CineGit.Hub.Features.Checks;

/// <summary>Runs the hub's own checks on one version, with the settings of the branch it is meant for.</summary>
public sealed partial class ChecksJob(CutCache cuts, TimeProvider clock, ILogger<ChecksJob> logger) : IJobHandler
{
    public string Kind => CheckQueue.Kind;

    public async Task RunAsync(ProjectTransaction tx, Job job, CancellationToken ct)
    {
        var (id, branch) = CheckQueue.Parse(job.Key);
        var version = await VersionStore.FindAsync(tx, id, ct) ?? throw new InvalidOperationException($"Version {id} is to be checked and is not there.");
        var settings = await CheckStore.SettingsAsync(tx, branch, ct);
        var cut = await cuts.OfVersionAsync(tx, version, ct);
        CheckVerdict[] verdicts = [.. new CutInspection(cut, settings).All()];
        if (!await JobStore.DoneAsync(tx, job, ct)) return;
        await WriteAsync(tx, job, verdicts, ct);
        await tx.CommitAsync(ct);
        var failed = verdicts.Count(verdict => !verdict.Passed);
        LogChecked(logger, id, branch, failed);
    }

    public Task GiveUpAsync(ProjectTransaction tx, Job job, CancellationToken ct) => WriteAsync(
        tx,
        job,
        [.. CutInspection.Names.Select(name => new CheckVerdict(name, false, "The hub failed at running this check; run it again, or look into the hub's log.", []))],
        ct);

    async Task WriteAsync(ProjectTransaction tx, Job job, CheckVerdict[] verdicts, CancellationToken ct)
    {
        var (id, branch) = CheckQueue.Parse(job.Key);
        var at = clock.GetUtcNow();
        await CheckStore.PutAsync(tx, id, branch, verdicts, job.CausedBy, at, ct);
        await MergeQueueStore.WakeVersionAsync(tx, id, job.CausedBy, ct);
        await EventStore.AppendAsync(tx, job.CausedBy, at, ct, CheckEvents.Completed(id, branch, verdicts));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} checked for {Branch}: {Failed} failed")]
    static partial void LogChecked(ILogger logger, string version, string branch, int failed);
}

public static class CheckEvents
{
    public static HubEvent Completed(string version, string branch, IReadOnlyCollection<CheckVerdict> verdicts) => Completed(
        version,
        branch,
        [.. verdicts.Select(verdict => verdict.Name)],
        [.. verdicts.Where(verdict => !verdict.Passed).Select(verdict => verdict.Name)]);

    public static HubEvent Completed(string version, string branch, IReadOnlyList<string> names, IReadOnlyList<string> failed) => HubEvent.Of(
        EventNames.CheckCompleted, new(version, branch.Length == 0 ? null : branch, names, failed), HubJson.Default.CheckCompletedEvent);
}
