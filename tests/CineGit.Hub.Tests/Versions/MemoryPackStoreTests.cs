using CineGit.Contracts.Hub;
using CineGit.TestKit.Objects;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Hub.Tests.Versions;

/// <summary>The store that the tests themselves use keeps to the specs, so the specs can be kept to.</summary>
public sealed class MemoryPackStoreTests
{
    public static TheoryData<string> Specs => [.. PackStoreSpecs.Names];

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task A_store_in_memory_keeps_to_the_specs(string spec)
    {
        await using var tested = new Tested();
        await PackStoreSpecs.RunAsync(spec, tested, TestContext.Current.CancellationToken);
    }

    sealed class Tested : ITestedPackStore
    {
        readonly MemoryPackStore _store = new();

        public IPackStore Store => _store;

        public Task AddAsync(IReadOnlyList<(string Id, PackedVersion Version)> versions, CancellationToken ct)
        {
            foreach (var (id, version) in versions)
            {
                if (!ContentHash.TryParse(id, out var hash)) throw new InvalidOperationException($"{id} is no version id.");
                _store.Add(PackId.OfCut(hash), id, version.CutPack);
                if (version.Version.Native is not null) _store.Add(PackId.OfNative(hash), id, version.NativePack);
            }

            return Task.CompletedTask;
        }

        public Task OverwriteAsync(PackId id, ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            _store.Overwrite(id, bytes);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
