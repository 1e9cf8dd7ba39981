using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Tests;

public sealed class VersionGraphTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Best_common_versions_are_those_that_lead_to_no_other_and_both_where_histories_crossed()
    {
        var versions = new VersionStore(_folder);
        var o = await Put("o");
        var (x, y) = (await Put("x", o), await Put("y", o));
        var (m1, m2) = (await Put("m1", x, y), await Put("m2", y, x));
        var (a, b) = (await Put("a", m1), await Put("b", m2));
        var alone = await Put("alone");

        Assert.Equal(new[] { x, y }.Order(), (await Best(a, b)).Order());
        Assert.Equal(await Best(a, b), await Best(b, a));
        Assert.Equal([o], await Best(x, y));
        Assert.Equal([x], await Best(x, b));
        Assert.Equal([m1], await Best(a, m1));
        Assert.Empty(await Best(a, alone));

        async Task<string> Put(string name, params string[] parents) =>
            (await versions.PutAsync(new VersionRecord(parents, new string('a', 64), null, null, "Ada", name, DateTimeOffset.UnixEpoch), default)).Id;

        async Task<IEnumerable<string>> Best(string first, string second) =>
            (await new VersionGraph(versions).BestCommonAsync(first, second, default)).Select(v => v.Id);
    }
}
