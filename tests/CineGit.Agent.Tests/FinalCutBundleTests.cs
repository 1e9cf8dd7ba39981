using CineGit.TestKit;

namespace CineGit.Agent.Tests;

/// <summary>A <c>.fcpxmld</c> is a folder with the timeline in it as <c>Info.fcpxml</c>.</summary>
public sealed class FinalCutBundleTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bundle_is_read_written_and_compared_as_the_timeline_in_it()
    {
        using var bay = new Bay();
        Directory.CreateDirectory(bay.PathOf("scene.fcpxmld"));
        var original = GeneratedFcpxml.Of(12);
        await File.WriteAllBytesAsync(bay.PathOf("scene.fcpxmld/Info.fcpxml"), original, Ct);

        await bay.ExpectAsync(0, "info", "scene.fcpxmld");
        await bay.ExpectAsync(0, "convert", "scene.fcpxmld", "scene.otio");
        await bay.ExpectAsync(0, "convert", "scene.otio", "again.fcpxmld");

        Assert.True(File.Exists(bay.PathOf("again.fcpxmld/Info.fcpxml")));
        await bay.ExpectAsync(0, "diff", "scene.fcpxmld", "again.fcpxmld");
    }

    [Fact]
    public async Task A_bundle_without_a_timeline_is_told_by_name()
    {
        using var bay = new Bay();
        Directory.CreateDirectory(bay.PathOf("empty.fcpxmld"));

        var result = await bay.RunAsync("info", "empty.fcpxmld");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Info.fcpxml", result.Error, StringComparison.Ordinal);
    }
}
