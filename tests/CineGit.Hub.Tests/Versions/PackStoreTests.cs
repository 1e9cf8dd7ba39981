using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.Database;
using CineGit.TestKit.Objects;
using CineGit.Timeline.Objects;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Versions;

[Collection(HubFixture.Collection)]
public sealed class PackStoreTests(HubFixture hub)
{
    public static TheoryData<string> Specs => [.. PackStoreSpecs.Names];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task The_store_in_PostgreSQL_keeps_to_the_specs(string spec)
    {
        await using var tested = await Tested.CreateAsync(hub);
        await PackStoreSpecs.RunAsync(spec, tested, Ct);
    }

    [Fact]
    public async Task A_version_whose_objects_are_in_hundreds_of_packs_is_opened_in_a_few_queries()
    {
        await using var tested = await Tested.CreateAsync(hub);
        var history = TestHistory.Of(600, seed: 7, shots: 60);
        await tested.AddAsync([.. history.Select(version => (version.Id, version.Packed))], Ct);
        await using var tx = await tested.OpenAsync();
        var counting = new Counting(new PackStore(tx));
        var tree = await TreeReader.OpenAsync(counting, history[^1].CutPack, VersionHash.Of(history[^1].Record.Cut), [], Ct);
        Assert.Equal(history[^1].Record.Cut, tree.Root.Hash.Hex);
        Assert.InRange(counting.Queries, 1, 6);
    }

    [Fact]
    public async Task What_comes_besides_what_is_wanted_is_bounded_in_bytes()
    {
        await using var tested = await Tested.CreateAsync(hub);
        var noise = new byte[3_000_000];
        new Random(5).NextBytes(noise);
        var versions = Enumerable.Range(0, 10).Select(i =>
        {
            noise[i]++;
            return TestVersion.Of(CineGit.Timeline.Otio.CutWriter.Write(Films.First), ($"f{i}", noise.ToArray()), $"v{i}", i);
        }).ToList();
        await tested.AddAsync([.. versions.Select(version => (version.Id, version.Packed))], Ct);
        await using var tx = await tested.OpenAsync();
        var packs = await new PackStore(tx).FetchAsync([versions[^1].NativePack], Ct);
        Assert.Equal(3, packs.Count);
        Assert.All(packs, pack => Assert.Contains(pack.Id, versions.Select(version => version.NativePack)));
    }

    [Fact]
    public async Task Another_organizations_packs_are_not_there()
    {
        await using var tested = await Tested.CreateAsync(hub);
        var history = TestHistory.Of(6, seed: 11);
        await tested.AddAsync([.. history.Select(version => (version.Id, version.Packed))], Ct);
        PackId[] wanted = [.. history.Select(version => version.CutPack)];

        await using var mine = await tested.OpenAsync();
        Assert.Equal(history.Count, (await new PackStore(mine).FetchAsync(wanted, Ct)).Count);
        var stranger = await hub.CreateOrganizationAsync("Packs " + Guid.NewGuid().ToString("n"), Ct);
        stranger.Client.Dispose();
        var database = hub.Services.GetRequiredService<TenantDatabase>();

        // Even with the other organization's ids in hand, row-level security shows nothing.
        await using var theirs = new ProjectTransaction(await database.BeginAsync(stranger.OrganizationId, Ct), mine.Organization, mine.Project);
        Assert.Empty(await new PackStore(theirs).FetchAsync(wanted, Ct));
        await using var other = await Tested.CreateAsync(hub);
        await using var otherProject = await other.OpenAsync();
        Assert.Empty(await new PackStore(otherProject).FetchAsync(wanted, Ct));
    }

    sealed class Counting(IPackStore inner) : IPackStore
    {
        public int Queries { get; private set; }

        public Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct)
        {
            Queries++;
            return inner.FetchAsync(wanted, ct);
        }
    }

    /// <summary>The packs of a project of their own; each call is a transaction.</summary>
    sealed class Tested(HubFixture hub, TestProject project) : ITestedPackStore, IPackStore
    {
        public IPackStore Store => this;

        public static async Task<Tested> CreateAsync(HubFixture hub) => new(hub, await TestProject.CreateAsync(hub));

        public async Task<ProjectTransaction> OpenAsync()
        {
            var member = new Membership(hub.OrganizationId, hub.Organization, hub.Owner.User.Id, "Kim Berg", Roles.Admin);
            return await hub.Services.GetRequiredService<ProjectAccess>().OpenAsync(member, project.Slug, Ct)
                ?? throw new InvalidOperationException("The project is not there.");
        }

        public async Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct)
        {
            await using var tx = await OpenAsync();
            return await new PackStore(tx).FetchAsync(wanted, ct);
        }

        public async Task AddAsync(IReadOnlyList<(string Id, PackedVersion Version)> versions, CancellationToken ct)
        {
            await using var tx = await OpenAsync();
            var packs = versions.SelectMany(each => PacksOf(each.Id, each.Version)).ToAsyncEnumerable();
            if (await new PackStore(tx).AddAsync(packs, DateTimeOffset.UnixEpoch, ct) is { } clash) throw new InvalidOperationException(clash);
            await tx.CommitAsync(ct);
        }

        public async Task OverwriteAsync(PackId id, ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            const string sql = """
                alter table packs disable trigger written_once;
                alter table packs no force row level security;
                update packs set bytes = @bytes where id = @id;
                alter table packs force row level security;
                alter table packs enable trigger written_once;
                """;
            await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
            await using var connection = await owner.OpenConnectionAsync(ct);
            await connection.ExecuteAsync(
                new CommandDefinition(sql, new { id = unchecked((long)id.Value), bytes = bytes.ToArray() }, cancellationToken: ct));
        }

        public ValueTask DisposeAsync()
        {
            project.Dispose();
            return ValueTask.CompletedTask;
        }

        static IEnumerable<StoredPack> PacksOf(string id, PackedVersion version)
        {
            var hash = VersionHash.Of(id);
            yield return new(PackId.OfCut(hash), id, version.CutPack);
            if (version.Version.Native is not null) yield return new(PackId.OfNative(hash), id, version.NativePack);
        }
    }
}
