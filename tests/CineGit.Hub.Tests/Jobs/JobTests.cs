using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Jobs;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Platform;
using CineGit.Hub.Tests.Versions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Jobs;

/// <summary>What is to be done is done, once, whoever dies. The jobs here are of kinds that no node does by itself.</summary>
[Collection(HubFixture.Collection)]
public sealed class JobTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    JobStore Jobs => hub.Services.GetRequiredService<JobStore>();

    [Fact]
    public async Task A_job_is_taken_by_one_and_seen_by_nobody_else_until_its_lease_ends()
    {
        using var work = await WorkAsync("taken");
        var first = await work.TakeAsync();
        Assert.Null(await Jobs.TakeAsync([work.Kind], Guid.Empty, Ct));
        Assert.True(await Jobs.RenewAsync(first, Ct));

        await work.EndLeaseAsync();
        var second = await work.TakeAsync();
        Assert.Equal((first.Key, 2), (second.Key, second.Attempts));
        Assert.False(await Jobs.RenewAsync(first, Ct));
        await using (var late = await work.OpenAsync()) Assert.False(await JobStore.DoneAsync(late, first, Ct));
        await work.DoneAsync(second);
        Assert.Null(await Jobs.TakeAsync([work.Kind], Guid.Empty, Ct));
    }

    [Fact]
    public async Task What_is_asked_for_again_while_it_runs_is_done_again()
    {
        using var work = await WorkAsync("again");
        var first = await work.TakeAsync();
        await work.EnqueueAsync();
        Assert.Null(await Jobs.TakeAsync([work.Kind], Guid.Empty, Ct));
        await work.DoneAsync(first);
        var second = await work.TakeAsync();
        Assert.Equal((first.Revision + 1, 1), (second.Revision, second.Attempts));
        await work.DoneAsync(second);
        Assert.Null(await Jobs.TakeAsync([work.Kind], Guid.Empty, Ct));
    }

    [Fact]
    public async Task What_fails_is_put_off_longer_each_time_and_given_up_in_the_end()
    {
        using var work = await WorkAsync("fails");
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= JobStore.MostAttempts; attempt++)
        {
            var job = await work.TakeAsync();
            Assert.Equal(attempt, job.Attempts);
            await using (var tx = await work.OpenAsync())
            {
                await JobStore.PutOffAsync(tx, job, new string('x', 2000), Ct);
                pauses.Add(await tx.Connection.ExecuteScalarAsync<double>(tx.Command(
                    "select extract(epoch from due_at - now())::float8 from jobs where organization_id = @Organization and kind = @Kind", new { tx.Organization, work.Kind }, Ct)));
                await tx.CommitAsync(Ct);
            }

            Assert.Null(await Jobs.TakeAsync([work.Kind], Guid.Empty, Ct));
            await work.EndLeaseAsync();
        }

        Assert.Equal([2, 4, 8, 16, 32], pauses);
        Assert.Null(await Jobs.TakeAsync([work.Kind], Guid.Empty, Ct));
        // Asked for by somebody, it has another chance.
        await work.EnqueueAsync();
        Assert.Equal(1, (await work.TakeAsync()).Attempts);
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_asked_for()
    {
        using var work = await WorkAsync("rolled-back");
        await work.DoneAsync(await work.TakeAsync());
        await using (var tx = await work.OpenAsync()) await JobStore.EnqueueAsync(tx, work.Kind, ["never"], hub.Owner.User.Id, Ct);
        Assert.Null(await Jobs.TakeAsync([work.Kind], Guid.Empty, Ct));
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_do_everything_once()
    {
        await using var second = await TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct);
        using var project = await TestProject.CreateAsync(hub);
        var versions = new List<string>();
        for (var i = 0; i < 12; i++) versions.Add(await project.CommitAsync("main", Films.With("SC01", 90 - i), $"Trim {i}"));
        await using var listener = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));
        foreach (var version in versions)
        {
            using var asked = await project.Client.PostAsJsonAsync(project.At(HubRoutes.Checks, version), new RunChecksRequest(null), Ct);
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        }

        var done = new List<string>();
        while (done.Count < versions.Count)
        {
            done.Add((await listener.NextAsync(EventNames.CheckCompleted)).Detail.GetProperty("version").GetString() ?? "");
        }

        Assert.Equal(versions.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
    }

    async Task<Work> WorkAsync(string name)
    {
        using var project = await TestProject.CreateAsync(hub);
        var work = new Work(hub, (await project.GetAsync<ProjectResponse>(HubRoutes.Project)).Id, $"test-{name}");
        await work.EnqueueAsync();
        return work;
    }

    sealed class Work(HubFixture hub, Guid project, string kind) : IDisposable
    {
        public string Kind => kind;

        JobStore Jobs => hub.Services.GetRequiredService<JobStore>();

        public async Task<ProjectTransaction> OpenAsync() => new(
            await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct), hub.OrganizationId, project);

        public async Task EnqueueAsync()
        {
            await using var tx = await OpenAsync();
            await JobStore.EnqueueAsync(tx, kind, ["only", "only"], hub.Owner.User.Id, Ct);
            await tx.CommitAsync(Ct);
        }

        public async Task<Job> TakeAsync() =>
            await Jobs.TakeAsync([kind], Guid.Empty, Ct) ?? throw new InvalidOperationException("No job is due.");

        public async Task DoneAsync(Job job)
        {
            await using var tx = await OpenAsync();
            Assert.True(await JobStore.DoneAsync(tx, job, Ct));
            await tx.CommitAsync(Ct);
        }

        /// <summary>As time does.</summary>
        public async Task EndLeaseAsync()
        {
            await using var tx = await OpenAsync();
            await tx.Connection.ExecuteAsync(tx.Command(
                "update jobs set due_at = now() where organization_id = @Organization and kind = @kind", new { tx.Organization, kind }, Ct));
            await tx.CommitAsync(Ct);
        }

        public void Dispose()
        {
            using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
            using var connection = owner.OpenConnection();
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"set cinegit.worker = 'on'; delete from jobs where kind = '{kind}'"));
        }
    }
}
