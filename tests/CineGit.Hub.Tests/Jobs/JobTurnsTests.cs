using System.Collections.Concurrent;
using System.Globalization;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Jobs;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Versions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineGit.Hub.Tests.Jobs;

/// <summary>Organizations wait for each other's next job, never for all of them.</summary>
[Collection(HubFixture.Collection)]
public sealed class JobTurnsTests(HubFixture hub)
{
    const string Kind = "test-turns";
    const int Flood = 10_000;
    const int Few = 20;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_organization_with_ten_thousand_jobs_keeps_no_other_waiting()
    {
        using var flooding = await TestProject.CreateAsync(hub);
        var other = await hub.CreateOrganizationAsync($"Calm {Guid.NewGuid():n}"[..20], Ct);
        using var calm = await TestProject.CreateAsync(other.Client, other.Organization);
        try
        {
            await EnqueueAsync(hub.OrganizationId, flooding, hub.Owner.User.Id, Flood);
            await EnqueueAsync(other.OrganizationId, calm, other.UserId, Few);
            var done = await RunUntilAsync(each => each.Count(organization => organization == other.OrganizationId) == Few);

            // One of theirs for each of ours, and whichever was begun first.
            Assert.InRange(done.TakeWhile((_, place) => done.Take(place).Count(each => each == other.OrganizationId) < Few).Count(), 2 * Few - 1, 2 * Few);
        }
        finally
        {
            await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
            await using var connection = await owner.OpenConnectionAsync(Ct);
            await connection.ExecuteAsync($"set cinegit.worker = 'on'; delete from jobs where kind = '{Kind}'");
        }
    }

    async Task EnqueueAsync(Guid organization, TestProject project, Guid by, int count)
    {
        var id = (await project.GetAsync<ProjectResponse>(HubRoutes.Project)).Id;
        await using var tx = new ProjectTransaction(
            await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(organization, Ct), organization, id);
        await JobStore.EnqueueAsync(tx, Kind, [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))], by, Ct);
        await tx.CommitAsync(Ct);
    }

    /// <summary>Whose jobs a node did, in order.</summary>
    async Task<IReadOnlyList<Guid>> RunUntilAsync(Predicate<IReadOnlyCollection<Guid>> isEnough)
    {
        var services = hub.Services;
        var handler = new Noting(isEnough);
        using var runner = new JobRunner(
            services.GetRequiredService<JobStore>(), services.GetRequiredService<TenantDatabase>(), services.GetRequiredService<DatabaseSignals>(),
            [handler], NullLogger<JobRunner>.Instance);
        await runner.StartAsync(Ct);
        await handler.Enough.WaitAsync(Patience, Ct);
        await runner.StopAsync(Ct);
        return [.. handler.Done];
    }

    sealed class Noting(Predicate<IReadOnlyCollection<Guid>> isEnough) : IJobHandler
    {
        readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => JobTurnsTests.Kind;

        public ConcurrentQueue<Guid> Done { get; } = [];

        public Task Enough => _enough.Task;

        public async Task RunAsync(ProjectTransaction tx, Job job, CancellationToken ct)
        {
            Assert.True(await JobStore.DoneAsync(tx, job, ct));
            await tx.CommitAsync(ct);
            Done.Enqueue(job.OrganizationId);
            if (isEnough(Done)) _enough.TrySetResult();
        }

        public Task GiveUpAsync(ProjectTransaction tx, Job job, CancellationToken ct) => Task.CompletedTask;
    }
}
