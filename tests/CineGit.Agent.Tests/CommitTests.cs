using System.Text.Json;

namespace CineGit.Agent.Tests;

public sealed class CommitTests
{
    [Fact]
    public async Task A_commit_needs_no_hub_and_checkout_gives_the_very_bytes_back()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 0, 48));
        var commit = await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "first assembly");
        Assert.Contains("2 clips", commit.Out, StringComparison.Ordinal);
        await bay.ExpectAsync(0, "checkout", "main", "-o", "back.otio");
        Assert.Equal(
            await File.ReadAllBytesAsync(bay.PathOf("cut.otio"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(bay.PathOf("back.otio"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_cut_twice_is_nothing_to_commit()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        var again = await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "two");
        Assert.StartsWith("Nothing to commit", again.Out, StringComparison.Ordinal);
        Assert.Single(await LogAsync(bay));
    }

    [Fact]
    public async Task A_second_commit_says_what_changed_and_keeps_the_ids()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 0, 48), ("c", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 0, 40), ("c", 0, 24));
        var result = await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "two", "--json");
        using var json = JsonDocument.Parse(result.Out);
        var edit = Assert.Single(json.RootElement.GetProperty("edits").EnumerateArray());
        Assert.Equal("trim-tail", edit.GetProperty("kind").GetString());
        Assert.Equal("b", edit.GetProperty("subject").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("shifted").GetInt32());
    }

    [Fact]
    public async Task Log_shows_the_newest_first_and_versions_answer_to_their_first_digits()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "two");
        var log = await LogAsync(bay);
        Assert.Equal(["two", "one"], log.Select(v => v.Message));
        Assert.Equal("Ada", log[0].Author);

        await bay.ExpectAsync(0, "checkout", log[1].Id[..6], "-o", "old.otio");
        Assert.Equal(Bay.Otio(("a", 0, 24)), await File.ReadAllBytesAsync(bay.PathOf("old.otio"), TestContext.Current.CancellationToken));
        var tooShort = await bay.ExpectAsync(64, "checkout", log[1].Id[..5], "-o", "x.otio");
        Assert.Contains("at least 6 digits", tooShort.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkout_does_not_overwrite_work_that_was_never_committed()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        await File.WriteAllTextAsync(bay.PathOf("mine.otio"), "precious", TestContext.Current.CancellationToken);
        var refused = await bay.ExpectAsync(3, "checkout", "main", "-o", "mine.otio");
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(bay.PathOf("mine.otio"), TestContext.Current.CancellationToken));
        await bay.ExpectAsync(0, "checkout", "main", "-o", "mine.otio", "--force");
        await bay.ExpectAsync(0, "checkout", "main", "-o", "cut.otio");
    }

    [Fact]
    public async Task Checkout_in_another_format_is_written_from_the_cut()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 0, 48));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        await bay.ExpectAsync(0, "checkout", "main", "-o", "cut.edl");
        var edl = await File.ReadAllTextAsync(bay.PathOf("cut.edl"), TestContext.Current.CancellationToken);
        Assert.Contains("01:00:01:00 01:00:03:00", edl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branches_are_made_listed_and_keep_their_own_heads()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        await bay.ExpectAsync(0, "branch", "colour");
        bay.WriteCut("cut.otio", ("a", 0, 12));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "shorter");
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "branch", "--json")).Out);
        var branches = json.RootElement.EnumerateArray().ToDictionary(b => b.GetProperty("name").GetString() ?? "");
        Assert.True(branches["colour"].GetProperty("current").GetBoolean());
        Assert.NotEqual(branches["main"].GetProperty("head").GetString(), branches["colour"].GetProperty("head").GetString());

        Assert.Contains("exists already", (await bay.ExpectAsync(64, "branch", "main", "--from", "colour")).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be a branch", (await bay.ExpectAsync(64, "branch", "a/b")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_pack_is_found_by_its_hash_and_named()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        var files = Directory.EnumerateFiles(Path.Combine(bay.State, "packs"), "*", SearchOption.AllDirectories).ToList();
        Assert.Equal(2, files.Count);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }

        var result = await bay.ExpectAsync(2, "checkout", "main", "-o", "back.otio");
        Assert.Contains("is damaged", result.Error, StringComparison.Ordinal);
        Assert.Contains("cinegit pull", result.Error, StringComparison.Ordinal);
        Assert.Contains(files, f => result.Error.Contains($"the pack {f} is damaged", StringComparison.Ordinal));
        Assert.False(File.Exists(bay.PathOf("back.otio")));
    }

    [Fact]
    public async Task An_altered_version_is_found_by_its_id()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "honest");
        var file = Directory.EnumerateFiles(Path.Combine(bay.State, "versions")).Single();
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace("honest", "forged", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var result = await bay.ExpectAsync(2, "log");
        Assert.Contains("does not have the id", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_at_the_same_time_all_arrive_one_after_the_other()
    {
        using var bay = await Bay.OfflineAsync();
        var files = Enumerable.Range(1, 5).Select(i => bay.WriteCut($"cut{i}.otio", ("a", 0, 10 * i))).ToList();
        var results = await Task.WhenAll(files.Select(f => bay.RunAsync("commit", f, "-m", f)));
        Assert.All(results, r => Assert.True(r.ExitCode == 0, r.ToString()));
        var log = await LogAsync(bay);
        Assert.Equal(files.Order(StringComparer.Ordinal), log.Select(v => v.Message).Order(StringComparer.Ordinal));
        Assert.Equal([5, 4, 3, 2, 1], log.Select(v => v.Generation));
    }

    [Fact]
    public async Task A_commit_that_is_killed_leaves_the_branch_whole()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        for (var i = 0; i < 10; i++)
        {
            bay.WriteCut("cut.otio", ("a", 0, 25 + i), ("b", 0, 400));
            await using var run = bay.Start("commit", "cut.otio", "-m", $"killed {i}");
            await Task.WhenAny(run.WaitForExitAsync(TimeSpan.FromSeconds(60L), TestContext.Current.CancellationToken), Task.Delay(40 + 25 * i, TestContext.Current.CancellationToken));
            run.Kill();
        }

        var log = await LogAsync(bay);
        Assert.Equal("one", log[^1].Message);
        foreach (var version in log) await bay.ExpectAsync(0, "checkout", version.Id, "-o", "any.otio", "--force");
        bay.WriteCut("cut.otio", ("a", 0, 99));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "after");
        Assert.Equal("after", (await LogAsync(bay))[0].Message);
    }

    [Fact]
    public async Task Status_counts_what_the_hub_does_not_have()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "status", "--json")).Out);
        Assert.Equal(1, json.RootElement.GetProperty("ahead").GetInt32());
        Assert.Equal("main", Assert.Single(json.RootElement.GetProperty("pending").EnumerateArray()).GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("signedInAs").ValueKind);
    }

    [Fact]
    public async Task A_torn_line_at_the_end_of_the_journal_hides_nothing()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await File.WriteAllTextAsync(Path.Combine(bay.State, "journal"), "{\"event\":\"commi", TestContext.Current.CancellationToken);
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "status", "--json")).Out);
        Assert.Equal("main", Assert.Single(json.RootElement.GetProperty("pending").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_working_copy_of_an_earlier_format_is_told_and_left_as_it_is()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        var config = Path.Combine(bay.State, "config.json");
        var text = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(config, text.Replace("\"format\":2", "\"format\":1", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        string[][] commands = [["status"], ["log"], ["commit", "cut.otio", "-m", "two"], ["checkout", "main", "-o", "x.otio"], ["push"], ["pull"], ["branch"]];
        foreach (var command in commands)
            Assert.Contains("made by an earlier cinegit (format 1, this one reads 2)", (await bay.ExpectAsync(2, command)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_message_is_refused()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        Assert.Contains("message", (await bay.ExpectAsync(64, "commit", "cut.otio", "-m", " ")).Error, StringComparison.Ordinal);
    }

    static async Task<IReadOnlyList<(string Id, string Message, string Author, int Generation)>> LogAsync(Bay bay)
    {
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "log", "--json")).Out);
        return
        [
            .. json.RootElement.EnumerateArray().Select(v => (
                v.GetProperty("id").GetString() ?? "",
                v.GetProperty("message").GetString() ?? "",
                v.GetProperty("authorName").GetString() ?? "",
                v.GetProperty("generation").GetInt32())),
        ];
    }
}
