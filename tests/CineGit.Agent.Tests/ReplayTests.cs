using System.Buffers;
using System.Text.Json;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Tests;

public sealed class ReplayTests
{
    static readonly string[] ReportFields = ["against", "branch", "conflicts", "edits", "head", "notes", "of", "relocated", "result", "shifted"];

    [Fact]
    public async Task A_reverted_insert_is_gone_and_what_came_later_stays()
    {
        using var bay = await Bay.OfflineAsync();
        await CommitAsync(bay, "start", ("a", 0, 24), ("b", 0, 48));
        var title = await CommitAsync(bay, "title", ("a", 0, 24), ("x", 0, 12), ("b", 0, 48));
        await CommitAsync(bay, "slip", ("a", 0, 24), ("x", 0, 12), ("b", 10, 48));
        var revert = await bay.ExpectAsync(0, "revert", title);
        Assert.Contains($"Revert “title” (reverts {title[..12]})", revert.Out, StringComparison.Ordinal);
        Assert.Contains("Deleted x (12 frames) at 01:00:01:00 (V1), everything after moves up", revert.Out, StringComparison.Ordinal);
        await AssertHeadIsAsync(bay, Bay.Otio(("a", 0, 24), ("b", 10, 48)));
        Assert.StartsWith("Nothing to revert: main", (await bay.ExpectAsync(0, "revert", title)).Out, StringComparison.Ordinal);
        Assert.Equal(4, (await LogAsync(bay)).Count);
    }

    [Fact]
    public async Task A_reverted_delete_brings_the_same_element_back()
    {
        using var bay = await Bay.OfflineAsync();
        await CommitAsync(bay, "start", ("a", 0, 24), ("b", 0, 48), ("c", 0, 24));
        var cut = await CommitAsync(bay, "without b", ("a", 0, 24), ("c", 0, 24));
        await CommitAsync(bay, "trim a", ("a", 0, 20), ("c", 0, 24));
        await bay.ExpectAsync(0, "revert", cut);
        await AssertHeadIsAsync(bay, Bay.Otio(("a", 0, 20), ("b", 0, 48), ("c", 0, 24)));

        using var twice = JsonDocument.Parse((await bay.ExpectAsync(0, "revert", "main", "--json")).Out);
        Assert.Equal("committed", twice.RootElement.GetProperty("result").GetString());
        await AssertHeadIsAsync(bay, Bay.Otio(("a", 0, 20), ("c", 0, 24)));
        await bay.ExpectAsync(0, "cherry-pick", (await LogAsync(bay))[1].Id, "-m", "b again");
        await AssertHeadIsAsync(bay, Bay.Otio(("a", 0, 20), ("b", 0, 48), ("c", 0, 24)));
        Assert.Equal($"b again (picked from {(await LogAsync(bay))[2].Id[..12]})", (await LogAsync(bay))[0].Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task One_rippling_trim_of_many_is_reverted_and_picked_without_a_frame_of_drift(int seed)
    {
        var random = new Random(seed);
        const int shots = 6;
        using var bay = await Bay.OfflineAsync();
        var start = Enumerable.Range(0, shots).Select(_ => (long)random.Next(40, 90)).ToArray();
        await CommitAsync(bay, "start", Film(start));
        await bay.ExpectAsync(0, "branch", "other");
        await bay.ExpectAsync(0, "branch", "main");

        var trims = Enumerable.Range(0, shots).OrderBy(_ => random.Next()).Take(4).Select(shot => (Shot: shot, By: (long)random.Next(1, 30))).ToArray();
        var versions = new List<string>();
        var lengths = start.ToArray();
        foreach (var (shot, by) in trims)
        {
            lengths[shot] -= by;
            versions.Add(await CommitAsync(bay, $"trim shot {shot}", Film(lengths)));
        }

        var one = random.Next(trims.Length - 1);
        await bay.ExpectAsync(0, "revert", versions[one]);
        lengths[trims[one].Shot] += trims[one].By;
        await AssertHeadIsAsync(bay, Film(lengths));

        await bay.ExpectAsync(0, "branch", "other");
        await bay.ExpectAsync(0, "cherry-pick", versions[one]);
        var only = start.ToArray();
        only[trims[one].Shot] -= trims[one].By;
        await AssertHeadIsAsync(bay, Film(only), "other");
    }

    [Fact]
    public async Task A_pick_is_one_version_on_the_branch_with_the_branchs_head_as_its_parent()
    {
        using var bay = await Bay.OfflineAsync();
        var start = await CommitAsync(bay, "start", ("a", 0, 24), ("b", 0, 48), ("c", 0, 24));
        await bay.ExpectAsync(0, "branch", "titles", "--from", start);
        await CommitAsync(bay, "trim c", ("a", 0, 24), ("b", 0, 48), ("c", 0, 20));
        var title = await CommitAsync(bay, "title", ("a", 0, 24), ("x", 0, 12), ("b", 0, 48), ("c", 0, 20));
        await bay.ExpectAsync(0, "branch", "main");
        var head = await CommitAsync(bay, "slip b", ("a", 0, 24), ("b", 5, 48), ("c", 0, 24));

        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "cherry-pick", "titles", "--json")).Out);
        var report = json.RootElement;
        Assert.Equal(ReportFields, DocumentedJson.Fields(report));
        await DocumentedJson.AssertNamedAsync("cherry-pick", ReportFields);
        Assert.Equal(("main", "committed", title), (Text(report, "branch"), Text(report, "result"), Text(report, "of")));
        Assert.Equal("insert", Text(Assert.Single(report.GetProperty("edits").EnumerateArray()), "kind"));
        await AssertHeadIsAsync(bay, Bay.Otio(("a", 0, 24), ("x", 0, 12), ("b", 5, 48), ("c", 0, 24)));

        var made = (await LogAsync(bay))[0];
        Assert.Equal(Text(report, "head"), made.Id);
        Assert.Equal([head], made.Parents);
        Assert.Equal($"title (picked from {title[..12]})", made.Message);
        using var again = JsonDocument.Parse((await bay.ExpectAsync(0, "cherry-pick", title, "--json")).Out);
        Assert.Equal(("unchanged", made.Id), (Text(again.RootElement, "result"), Text(again.RootElement, "head")));
        Assert.StartsWith("Nothing to pick: main", (await bay.ExpectAsync(0, "cherry-pick", title)).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("revert", "ours", 20)]
    [InlineData("revert", "theirs", 48)]
    [InlineData("cherry-pick", "ours", 20)]
    [InlineData("cherry-pick", "theirs", 40)]
    public async Task A_clash_commits_nothing_until_a_side_is_favoured(string command, string favor, long expected)
    {
        using var bay = await Bay.OfflineAsync();
        await CommitAsync(bay, "start", ("a", 0, 24), ("b", 0, 48), ("c", 0, 24));
        var trim = await CommitAsync(bay, "trim", ("a", 0, 24), ("b", 0, 40), ("c", 0, 24));
        var head = await CommitAsync(bay, "trim more", ("a", 0, 24), ("b", 0, 20), ("c", 0, 24));

        var clash = await bay.ExpectAsync(1, command, trim);
        Assert.StartsWith("Conflict: ", clash.Out, StringComparison.Ordinal);
        Assert.Contains("clash in 1 place, and main is as it was", clash.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, command, trim, "--json")).Out);
        Assert.Equal(("conflicts", head), (Text(json.RootElement, "result"), Text(json.RootElement, "head")));
        Assert.Equal("b", Text(Assert.Single(json.RootElement.GetProperty("conflicts").EnumerateArray()), "subject"));
        Assert.Equal(head, (await LogAsync(bay))[0].Id);

        await bay.ExpectAsync(0, command, trim, "--favor", favor);
        await AssertHeadIsAsync(bay, Bay.Otio(("a", 0, 24), ("b", 0, expected), ("c", 0, 24)));
    }

    [Fact]
    public async Task A_merge_is_reverted_against_the_parent_that_is_said()
    {
        await using var shared = await TwoBays.DivergedAsync(
            [("a", 0, 24), ("b", 0, 48), ("c", 0, 24)],
            [("a", 0, 20), ("b", 0, 48), ("c", 0, 24)],
            [("a", 0, 24), ("b", 0, 48), ("c", 0, 30)]);
        var bob = shared.Bob;
        await bob.ExpectAsync(0, "pull");
        var merge = (await LogAsync(bob))[0].Id;
        Assert.Contains("--mainline 1 or --mainline 2", (await bob.ExpectAsync(64, "revert", merge)).Error, StringComparison.Ordinal);
        Assert.Contains("from 1 to 2", (await bob.ExpectAsync(64, "revert", merge, "--mainline", "3")).Error, StringComparison.Ordinal);
        await bob.ExpectAsync(0, "revert", merge, "--mainline", "1");
        await AssertHeadIsAsync(bob, Bay.Otio(("a", 0, 20), ("b", 0, 48), ("c", 0, 24)));
        await bob.ExpectAsync(0, "cherry-pick", merge, "--mainline", "2");
        await bob.ExpectAsync(0, "revert", merge, "--mainline", "2");
        await AssertHeadIsAsync(bob, Bay.Otio(("a", 0, 24), ("b", 0, 48), ("c", 0, 24)));
        await bob.ExpectAsync(0, "push");
        await shared.Ada.ExpectAsync(0, "pull");
        Assert.Equal((await LogAsync(bob))[0].Id, (await LogAsync(shared.Ada))[0].Id);
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_said_in_one_sentence()
    {
        using var bay = await Bay.OfflineAsync();
        Assert.Contains("no version here", (await bay.ExpectAsync(64, "revert", "main")).Error, StringComparison.Ordinal);
        var first = await CommitAsync(bay, "start", ("a", 0, 24));
        var second = await CommitAsync(bay, "trim", ("a", 0, 20));
        (string[] Arguments, string Sentence)[] wrong =
        [
            (["revert", first], "is a first version: nothing is before it, so it cannot be reverted."),
            (["cherry-pick", first], "is a first version: nothing is before it, so it cannot be picked."),
            (["revert", "abcdef"], "abcdef is no branch with a version and no version here"),
            (["cherry-pick", second, "--mainline", "1"], "is no merge, so --mainline says nothing about it"),
            (["cherry-pick", second, "-m", " "], "The message is empty"),
            (["revert"], "cinegit revert VERSION"),
        ];
        foreach (var (arguments, sentence) in wrong)
        {
            var result = await bay.ExpectAsync(64, arguments);
            Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
            Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        }

        Assert.Equal([second, first], (await LogAsync(bay)).Select(v => v.Id));
        using var nowhere = new Bay();
        foreach (var command in (string[])["revert", "cherry-pick"])
            Assert.Contains("cinegit init --hub URL", (await nowhere.ExpectAsync(64, command, first)).Error, StringComparison.Ordinal);
    }

    /// <summary>Picture and sound alike, and a title above the fourth shot: it only stays there if every track moves together.</summary>
    static byte[] Film(long[] lengths)
    {
        var at = OtioBuilders.At24;
        var document = OtioBuilders.Cut(
            OtioBuilders.Video("V1", [.. lengths.Select((l, i) => at.Clip($"shot {i}", 100, l))]),
            OtioBuilders.Video("V2", at.Gap(lengths.Take(3).Sum()), at.Clip("title", 0, 10)),
            OtioBuilders.Audio("A1", [.. lengths.Select((l, i) => at.Clip($"sound {i}", 100, l))]));
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static Task<string> CommitAsync(Bay bay, string message, params (string, long, long)[] clips) => CommitAsync(bay, message, Bay.Otio(clips));

    static async Task<string> CommitAsync(Bay bay, string message, byte[] cut)
    {
        await File.WriteAllBytesAsync(bay.PathOf("cut.otio"), cut, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "commit", "cut.otio", "-m", message, "--json")).Out);
        return Text(json.RootElement, "version");
    }

    static async Task AssertHeadIsAsync(Bay bay, byte[] expected, string branch = "main")
    {
        await File.WriteAllBytesAsync(bay.PathOf("expected.otio"), expected, TestContext.Current.CancellationToken);
        await bay.ExpectAsync(0, "checkout", branch, "-o", "head.otio", "--force");
        Assert.Equal("No differences.\n", (await bay.RunAsync("diff", "expected.otio", "head.otio")).Out);
    }

    static async Task<IReadOnlyList<(string Id, IReadOnlyList<string> Parents, string Message)>> LogAsync(Bay bay)
    {
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "log", "--json")).Out);
        return
        [
            .. json.RootElement.EnumerateArray().Select(v =>
                (Text(v, "id"), (IReadOnlyList<string>)[.. v.GetProperty("parents").EnumerateArray().Select(p => p.GetString() ?? "")], Text(v, "message"))),
        ];
    }

    static string Text(JsonElement element, string field) => element.GetProperty(field).GetString() ?? "";
}
