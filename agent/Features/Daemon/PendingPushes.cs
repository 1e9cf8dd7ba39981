using CineGit.Agent.Features.Cli;
using CineGit.Agent.Features.Sync;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using Serilog;

namespace CineGit.Agent.Features.Daemon;

/// <summary>Looks into every registered working copy's journal and pushes what is pending there.</summary>
internal sealed class PendingPushes(Shell shell, ILogger log)
{
    static readonly TimeSpan Between = TimeSpan.FromSeconds(1L);
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2L);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5L);

    /// <summary>Hubs that did not answer or did not let us in, and until when they are left alone.</summary>
    readonly Dictionary<Uri, Rest> _resting = [];

    /// <summary>Working copies that cannot be read, and until when they are left alone.</summary>
    readonly Dictionary<string, DateTimeOffset> _troubled = [];

    /// <summary>Branches that only a person can go on with, at this head: a pull is needed, or the hub refused.</summary>
    readonly Dictionary<(string Folder, string Branch), string> _needPerson = [];

    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Between, shell.Clock);
        do
        {
            try
            {
                foreach (var copy in await shell.Home.WorkingCopiesAsync(shell.Clock, ct)) await VisitAsync(copy, ct);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.Warning(e, "The list of working copies in {Home} cannot be read", shell.Home.Folder);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    /// <summary>One working copy's trouble is its own: it is logged, and the others go on.</summary>
    async Task VisitAsync(WorkingCopy copy, CancellationToken ct)
    {
        if (_troubled.TryGetValue(copy.Folder, out var until) && shell.Clock.GetUtcNow() < until) return;
        try
        {
            var pending = await copy.Journal.PendingBranchesAsync(ct);
            if (pending.Count == 0) return;
            var config = await copy.ReadConfigAsync(ct);
            if (_resting.TryGetValue(config.Hub, out var rest) && shell.Clock.GetUtcNow() < rest.Until) return;
            await PushAllAsync(copy, config.Hub, pending, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            _troubled[copy.Folder] = shell.Clock.GetUtcNow() + LongestWait;
            log.Error(e, "Working copy {Folder} could not be looked after", copy.Folder);
        }
    }

    async Task PushAllAsync(WorkingCopy copy, Uri hub, IReadOnlyList<string> branches, CancellationToken ct)
    {
        using var held = await copy.TryLockSyncAsync(TimeSpan.Zero, ct);
        if (held is null) return;
        try
        {
            using var connection = HttpHubConnection.SignedIn(shell.Home, hub, shell.Clock);
            foreach (var branch in branches) await PushAsync(copy, connection, branch, ct);
            _resting.Remove(hub);
        }
        catch (Exception e) when (e is HubUnreachableException or NotSignedInException or HubProblemException { Status: >= 500 })
        {
            var wait = _resting.TryGetValue(hub, out var before) ? before.Wait * 2 : FirstWait;
            wait = wait > LongestWait ? LongestWait : wait;
            _resting[hub] = new(shell.Clock.GetUtcNow() + wait * (0.75 + Random.Shared.NextDouble() / 2), wait);
            log.Information("Pending versions wait: {Reason}", e.Message);
        }
    }

    async Task PushAsync(WorkingCopy copy, HttpHubConnection connection, string branch, CancellationToken ct)
    {
        var head = (await copy.Refs.ReadAsync(ct)).Head(branch) ?? "";
        var key = (copy.Folder, branch);
        if (_needPerson.TryGetValue(key, out var known) && known == head) return;
        try
        {
            var result = await new Push(connection, copy, shell.Output).BranchAsync(branch, ct);
            _needPerson.Remove(key);
            switch (result)
            {
                case PushResult.Pushed pushed:
                    log.Information("Sent {Versions} versions of {Branch} in {Folder}; its head is {Head}", pushed.Versions, branch, copy.Folder, pushed.Head);
                    break;
                case PushResult.Stale stale:
                    _needPerson[key] = head;
                    log.Warning("{Branch} in {Folder} waits for a pull: the hub is at {HubHead}", branch, copy.Folder, stale.HubHead);
                    break;
            }
        }
        catch (HubProblemException refused) when (refused.Status < 500)
        {
            _needPerson[key] = head;
            log.Warning("The hub refused {Branch} of {Folder} ({Code}): {Reason}", branch, copy.Folder, refused.Code, refused.Message);
        }
    }

    sealed record Rest(DateTimeOffset Until, TimeSpan Wait);
}
