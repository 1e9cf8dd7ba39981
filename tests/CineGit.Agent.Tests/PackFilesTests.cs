using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Tests;

public sealed class PackFilesTests
{
    const int HeadLength = 40;

    public static TheoryData<string> Specs => [.. PackStoreSpecs.Names];

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task Packs_in_files_keep_to_the_specs(string spec)
    {
        await using var tested = new Tested();
        await PackStoreSpecs.RunAsync(spec, tested, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_version_spread_over_many_packs_opens_in_a_few_turns()
    {
        await using var tested = new Tested();
        var history = TestHistory.Of(80, seed: 7);
        await tested.AddAsync([.. history.Select(v => (v.Id, v.Packed))], TestContext.Current.CancellationToken);
        var counted = new Counted(tested.Store);
        var last = history[^1];
        Assert.True(ContentHash.TryParse(last.Record.Cut, out var root));
        await TreeReader.OpenAsync(counted, last.CutPack, root, [], TestContext.Current.CancellationToken);
        Assert.InRange(counted.Turns, 1, 5);
    }

    [Fact]
    public async Task A_spoilt_pack_that_is_added_again_is_whole_again()
    {
        await using var tested = new Tested();
        var ct = TestContext.Current.CancellationToken;
        var version = TestHistory.Of(1, seed: 7)[0];
        await tested.AddAsync([(version.Id, version.Packed)], ct);
        await tested.OverwriteAsync(version.CutPack, new byte[3], ct);
        await Assert.ThrowsAsync<CorruptObjectException>(() => tested.Store.FetchAsync([version.CutPack], ct));
        await tested.AddAsync([(version.Id, version.Packed)], ct);
        Assert.Equal(version.CutPack, Assert.Single(await tested.Store.FetchAsync([version.CutPack], ct)).Id);
    }

    sealed class Counted(IPackStore inner) : IPackStore
    {
        public int Turns { get; private set; }

        public Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct)
        {
            Turns++;
            return inner.FetchAsync(wanted, ct);
        }
    }

    sealed class Tested : ITestedPackStore
    {
        readonly string _folder = Directory.CreateTempSubdirectory("cinegit-packs-").FullName;

        public IPackStore Store => new PackFiles(_folder);

        public async Task AddAsync(IReadOnlyList<(string Id, PackedVersion Version)> versions, CancellationToken ct)
        {
            var files = new PackFiles(_folder);
            foreach (var (id, version) in versions)
            {
                PackId? before = version.Version.Parents is [var parent, ..] ? PackId.OfCut(Hash(parent)) : null;
                await files.AddAsync(PackId.OfCut(Hash(id)), version.CutPack, before, ct);
                if (version.Version.Native is null) continue;
                before = version.Version.Parents is [var first, ..] ? PackId.OfNative(Hash(first)) : null;
                await files.AddAsync(PackId.OfNative(Hash(id)), version.NativePack, before, ct);
            }
        }

        /// <summary>The file's head stays, as it does when a disk spoils what comes after it.</summary>
        public async Task OverwriteAsync(PackId id, ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            var path = Path.Combine(_folder, id.ToString()[..2], id.ToString());
            var head = (await File.ReadAllBytesAsync(path, ct))[..HeadLength];
            await File.WriteAllBytesAsync(path, [.. head, .. bytes.Span], ct);
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }

        static ContentHash Hash(string hex) => ContentHash.TryParse(hex, out var hash) ? hash : throw new InvalidOperationException($"{hex} is no hash.");
    }
}
