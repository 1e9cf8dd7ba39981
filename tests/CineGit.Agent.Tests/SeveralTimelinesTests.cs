using System.Buffers;
using System.Text.Json;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Tests;

/// <summary>Files that hold several timelines, of which one is the cut.</summary>
public sealed class SeveralTimelinesTests
{
    [Fact]
    public async Task The_first_is_the_cut_and_the_others_are_named()
    {
        using var bay = await Bay.OfflineAsync();
        Write(bay, "reels.otio", ("Reel 1", 24), ("Reel 2", 48));

        var read = await InfoAsync(bay, "reels.otio");

        Assert.Equal(24, read.GetProperty("durationFrames").GetInt64());
        Assert.Contains("\"Reel 1\", \"Reel 2\"", read.GetProperty("diagnostics")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_one_is_taken_by_its_name()
    {
        using var bay = await Bay.OfflineAsync();
        Write(bay, "reels.otio", ("Reel 1", 24), ("Reel 2", 48));

        Assert.Equal(48, (await InfoAsync(bay, "reels.otio", "--timeline", "Reel 2")).GetProperty("durationFrames").GetInt64());
        var none = await bay.ExpectAsync(2, "info", "reels.otio", "--timeline", "Reel 9");
        Assert.Contains("no timeline “Reel 9”; choose one of: “Reel 1”, “Reel 2”.", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_stays_with_the_timeline_that_it_began_with()
    {
        using var bay = await Bay.OfflineAsync();
        Write(bay, "reels.otio", ("Reel 1", 24), ("Reel 2", 48));
        await bay.ExpectAsync(0, "commit", "reels.otio", "-m", "one", "--timeline", "Reel 2");
        Write(bay, "reels.otio", ("Reel 3", 12), ("Reel 1", 24), ("Reel 2", 40));

        var commit = await bay.ExpectAsync(0, "commit", "reels.otio", "-m", "two", "--json");

        using var json = JsonDocument.Parse(commit.Out);
        var kinds = json.RootElement.GetProperty("edits").EnumerateArray().Select(e => e.GetProperty("kind").GetString());
        Assert.Equal(["metadata-change", "trim-tail"], kinds);
    }

    [Fact]
    public async Task A_merge_takes_the_timeline_of_the_same_name_from_each_file_and_keeps_the_others_of_ours()
    {
        using var bay = await Bay.OfflineAsync();
        Write(bay, "base.otio", ("Reel 1", 24), ("Reel 2", 48));
        Write(bay, "ours.otio", ("Reel 0", 12), ("Reel 2", 40), ("Reel 1", 24));
        Write(bay, "theirs.otio", ("Reel 2", 48), ("Reel 1", 24));

        await bay.ExpectAsync(0, "merge", "base.otio", "ours.otio", "theirs.otio", "-o", "out.otio", "--timeline", "Reel 2");

        Assert.Equal(40, (await InfoAsync(bay, "out.otio")).GetProperty("durationFrames").GetInt64());
        Assert.Equal(12, (await InfoAsync(bay, "out.otio", "--timeline", "Reel 0")).GetProperty("durationFrames").GetInt64());
    }

    static async Task<JsonElement> InfoAsync(Bay bay, params string[] arguments) =>
        JsonDocument.Parse((await bay.ExpectAsync(0, ["info", .. arguments, "--json"])).Out).RootElement.Clone();

    static void Write(Bay bay, string file, params (string Name, long Frames)[] timelines)
    {
        var build = OtioBuilders.At24;
        var children = timelines.Select(t => OtioBuild.Timeline(t.Name, null, [OtioBuilders.Video("V1", build.Clip(t.Name + " shot", 0, t.Frames))]));
        var collection = OtioObject.Of("SerializableCollection.1", ("metadata", OtioObject.EmptyMap), ("name", "film"), ("children", OtioArray.Of(children)));
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(new(collection), buffer);
        File.WriteAllBytes(bay.PathOf(file), buffer.WrittenSpan.ToArray());
    }
}
