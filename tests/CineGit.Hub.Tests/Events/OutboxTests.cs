using System.Net;
using System.Net.Sockets;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Tests.Database;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CineGit.Hub.Tests.Events;

[Collection(HubFixture.Collection)]
public sealed class OutboxTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    EventStore Store => hub.Services.GetRequiredService<EventStore>();

    [Fact]
    public async Task Numbers_become_visible_in_order_however_transactions_end()
    {
        const int writers = 12;
        const int each = 25;
        var film = await FilmAsync("Numbers");
        using var done = new CancellationTokenSource();
        var seen = WatchAsync(film, done.Token);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; i < each; i++)
            {
                await using var tx = await film.OpenAsync(Ct);
                await EventStore.AppendAsync(tx, film.Member.UserId, hub.Time.GetUtcNow(), Ct, [.. Enumerable.Repeat(Told(writer), 1 + (i % 3))]);
                if ((writer + i) % 4 != 0) await tx.CommitAsync(Ct);
            }
        }));
        await done.CancelAsync();

        var kept = (from writer in Enumerable.Range(0, writers) from i in Enumerable.Range(0, each) where (writer + i) % 4 != 0 select 1 + (i % 3)).Sum();
        Assert.Equal(kept, (await Store.RangeAsync(film.Organization, Ct)).Last);
        Assert.Equal(Enumerable.Range(1, kept).Select(number => (long)number), await ReadAllAsync(film.Organization));
        Assert.True(await seen > 1, "Nothing was watched while it was written.");
    }

    [Fact]
    public async Task Events_beyond_the_number_that_is_kept_are_removed_and_asking_for_them_says_so()
    {
        var film = await FilmAsync("Many");
        await InsertAsync(film, EventStore.MostKept + EventStore.Stride - 1, TimeSpan.Zero);
        await AppendAsync(film);
        var range = await Store.RangeAsync(film.Organization, Ct);
        Assert.Equal((EventStore.MostKept + EventStore.Stride, EventStore.Stride), (range.Last, range.RemovedThrough));

        var address = HubRoutes.Events.Replace("{organization}", film.Member.OrganizationSlug, StringComparison.Ordinal);
        using (var gone = await TestListener.RequestAsync(film.Client, address, $"{EventStore.Stride - 1}"))
        {
            await Answers.ProblemAsync(gone, HttpStatusCode.Gone, ProblemCodes.EventsTooOld);
        }

        await using var listener = await TestListener.OpenAsync(film.Client, address, $"{EventStore.Stride}");
        Assert.Equal(EventStore.Stride + 1, (await listener.NextAsync())?.Sequence);
    }

    [Fact]
    public async Task Events_of_more_than_a_month_ago_go_when_somebody_listens()
    {
        var film = await FilmAsync("Old");
        await InsertAsync(film, 40, TimeSpan.FromDays(31));
        await AppendAsync(film);
        Assert.Equal(0, (await Store.RangeAsync(film.Organization, Ct)).RemovedThrough);
        var address = HubRoutes.Events.Replace("{organization}", film.Member.OrganizationSlug, StringComparison.Ordinal);
        await using var listener = await TestListener.OpenAsync(film.Client, address);
        Assert.Equal(new EventRange(41, 40), await Store.RangeAsync(film.Organization, Ct));
        Assert.Equal("41", listener.LastId);
    }

    [Fact]
    public async Task A_listening_connection_that_breaks_is_made_again_and_nothing_is_missed()
    {
        const string kill = $"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{DatabaseSignals.Name}'";
        var film = await FilmAsync("Broken");
        var address = HubRoutes.Events.Replace("{organization}", film.Member.OrganizationSlug, StringComparison.Ordinal);
        await using var listener = await TestListener.OpenAsync(film.Client, address);
        await using var administrator = TestDatabase.OpenAsAdministrator(hub.Folder.Path);
        for (var round = 1; round <= 3; round++)
        {
            await Until.TrueAsync(async () => await ExecuteScalarAsync(administrator, kill) == 1, "there is a connection to break", Ct);
            await AppendAsync(film);
            Assert.Equal(round, (await listener.NextAsync())?.Sequence);
        }
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_dropped_and_can_go_on_where_it_was()
    {
        const int many = 60_000;
        var film = await FilmAsync("Slow");
        var address = HubRoutes.Events.Replace("{organization}", film.Member.OrganizationSlug, StringComparison.Ordinal);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(hub.Address.Host, hub.Address.Port, Ct);
        var cookie = film.Client.DefaultRequestHeaders.GetValues("Cookie").Single();
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\nHost: {hub.Address.Authority}\r\nCookie: {cookie}\r\n\r\n"), Ct);
        var first = new byte[64];
        Assert.NotEqual(0, await socket.ReceiveAsync(first, Ct));

        await InsertAsync(film, many, TimeSpan.Zero);
        await AppendAsync(film);
        await Until.TrueAsync(() => IsClosedAsync(socket), "the reader is dropped", Ct);

        await using var again = await TestListener.OpenAsync(film.Client, address, "7");
        for (var sequence = 8L; sequence <= 1_000; sequence++) Assert.Equal(sequence, (await again.NextAsync())?.Sequence);
    }

    static async Task<long> ExecuteScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct) ?? 0L);
    }

    /// <summary>A reset shows when something is sent.</summary>
    static async Task<bool> IsClosedAsync(Socket socket)
    {
        try
        {
            await socket.SendAsync("\r\n"u8.ToArray(), Ct);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    async Task<int> WatchAsync(Film film, CancellationToken done)
    {
        var (sequence, looks) = (0L, 0);
        while (!done.IsCancellationRequested)
        {
            foreach (var told in await Store.ReadAfterAsync(film.Organization, sequence, Ct) ?? throw new InvalidOperationException("A hole."))
            {
                Assert.Equal(++sequence, told.Sequence);
            }

            looks++;
        }

        return looks;
    }

    async Task<List<long>> ReadAllAsync(Guid organization)
    {
        var all = new List<long>();
        while (await Store.ReadAfterAsync(organization, all.LastOrDefault(), Ct) is { Count: > 0 } page) all.AddRange(page.Select(told => told.Sequence));
        return all;
    }

    async Task AppendAsync(Film film)
    {
        await using var tx = await film.OpenAsync(Ct);
        await EventStore.AppendAsync(tx, film.Member.UserId, hub.Time.GetUtcNow(), Ct, Told(0));
        await tx.CommitAsync(Ct);
    }

    /// <summary>Events in bulk, as if the hub had written them so long ago.</summary>
    async Task InsertAsync(Film film, int count, TimeSpan ago)
    {
        const string sql = """
            insert into event_sequences (organization_id, last) values (@Organization, @count);
            insert into events (organization_id, sequence, project_id, name, detail, caused_by, caused_at)
            select @Organization, n, @Project, 'branch_created', '{"branch":"a-branch-with-a-name","head":null}', @UserId, @at
            from generate_series(1, @count) n
            """;
        await using var tx = await film.OpenAsync(Ct);
        await tx.Connection.ExecuteAsync(tx.Command(
            sql, new { tx.Organization, tx.Project, count, film.Member.UserId, at = hub.Time.GetUtcNow() - ago }, Ct));
        await tx.CommitAsync(Ct);
    }

    async Task<Film> FilmAsync(string name)
    {
        var other = await hub.CreateOrganizationAsync($"{name} {Guid.NewGuid():n}"[..20], Ct);
        var member = new Membership(other.OrganizationId, other.Organization, other.UserId, "Somebody Else", Roles.Admin);
        var project = new Project(Guid.CreateVersion7(), "film", "Film", hub.Time.GetUtcNow());
        await using var transaction = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(other.OrganizationId, Ct);
        Assert.True(await ProjectStore.AddAsync(transaction, other.OrganizationId, project, other.UserId, Ct));
        await transaction.CommitAsync(Ct);
        return new Film(other.Client, member, hub.Services.GetRequiredService<ProjectAccess>());
    }

    static HubEvent Told(int writer) =>
        HubEvent.Of(EventNames.BranchCreated, new($"writer-{writer}", null), HubJson.Default.BranchCreatedEvent);

    sealed record Film(HttpClient Client, Membership Member, ProjectAccess Projects)
    {
        public Guid Organization => Member.OrganizationId;

        public async Task<ProjectTransaction> OpenAsync(CancellationToken ct) =>
            await Projects.OpenAsync(Member, "film", ct) ?? throw new InvalidOperationException("The project is not there.");
    }
}
