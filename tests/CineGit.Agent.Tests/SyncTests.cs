using System.Text.Json;

namespace CineGit.Agent.Tests;

public sealed class SyncTests
{
    [Fact]
    public async Task Signing_in_waits_for_the_browser_and_keeps_the_tokens_private()
    {
        var hub = new MemoryHub { Pending = 1 };
        await using var server = new LoopbackServer(hub.Answer);
        using var bay = new Bay();
        var login = await bay.ExpectAsync(0, "login", server.Url);
        Assert.Contains("WDJB-MJHT", login.Out, StringComparison.Ordinal);
        Assert.Contains("as Grace", login.Out, StringComparison.Ordinal);
        var file = Directory.EnumerateFiles(Path.Combine(bay.Home, "tokens"), "*.json").Single();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await bay.ExpectAsync(0, "logout", server.Url);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_code_that_ended_is_told_and_nothing_is_kept()
    {
        var hub = new MemoryHub { Denied = Contracts.Hub.ProblemCodes.Expired };
        await using var server = new LoopbackServer(hub.Answer);
        using var bay = new Bay();
        var login = await bay.ExpectAsync(4, "login", server.Url);
        Assert.Contains($"Run: cinegit login {server.Url}", login.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(bay.Home, "tokens")));
    }

    [Fact]
    public async Task Without_a_sign_in_a_push_says_how_to_get_one()
    {
        using var bay = await Bay.OfflineAsync();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        Assert.Contains($"Run: cinegit login {Bay.NoHub}", (await bay.ExpectAsync(4, "push")).Error, StringComparison.Ordinal);
        Assert.Contains("does not answer", (await bay.ExpectAsync(5, "login", Bay.NoHub)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_bay_pushes_another_clones_to_the_byte()
    {
        await using var shared = await TwoBays.SignedInAsync();
        var (ada, bob) = (shared.Ada, shared.Bob);
        Assert.Contains("Made the project acme/film", shared.Init.Out, StringComparison.Ordinal);
        for (var i = 1; i <= 3; i++)
        {
            ada.WriteCut("cut.otio", ("a", 0, 24 * i), ("b", 0, 48));
            await ada.ExpectAsync(0, "commit", "cut.otio", "-m", $"take {i}");
        }

        Assert.Contains("Sent 3 versions", (await ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
        Assert.Contains("Nothing to send", (await ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
        Assert.Equal(3, shared.Hub.Versions);

        await bob.ExpectAsync(0, "clone", shared.Url, "acme/film", "film");
        var film = bob.PathOf("film");
        var checkout = await bob.RunInAsync(film, "checkout", "main", "-o", "back.otio");
        Assert.Equal(0, checkout.ExitCode);
        Assert.Equal(
            await File.ReadAllBytesAsync(ada.PathOf("cut.otio"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(Path.Combine(film, "back.otio"), TestContext.Current.CancellationToken));
        using var status = JsonDocument.Parse((await bob.RunInAsync(film, "status", "--json")).Out);
        Assert.Equal(0, status.RootElement.GetProperty("ahead").GetInt32());
    }

    [Fact]
    public async Task A_pull_fetches_again_what_the_disk_lost()
    {
        await using var shared = await TwoBays.SignedInAsync();
        var ada = shared.Ada;
        ada.WriteCut("cut.otio", ("a", 0, 24));
        await ada.ExpectAsync(0, "commit", "cut.otio", "-m", "one");
        await ada.ExpectAsync(0, "push");
        Directory.Delete(Path.Combine(ada.State, "packs"), recursive: true);
        Directory.CreateDirectory(Path.Combine(ada.State, "packs"));
        Assert.Contains("is not in the store", (await ada.ExpectAsync(2, "checkout", "main", "-o", "x.otio")).Error, StringComparison.Ordinal);
        await ada.ExpectAsync(0, "pull");
        await ada.ExpectAsync(0, "checkout", "main", "-o", "x.otio");
    }

    [Fact]
    public async Task Edits_of_two_bays_in_different_places_merge_on_pull()
    {
        await using var shared = await TwoBays.DivergedAsync(
            [("a", 0, 24), ("b", 0, 48), ("c", 0, 48), ("d", 0, 24)],
            [("a", 0, 20), ("b", 0, 48), ("c", 0, 48), ("d", 0, 24)],
            [("a", 0, 24), ("b", 0, 48), ("c", 0, 48), ("d", 0, 30)]);
        var stale = await shared.Bob.ExpectAsync(1, "push");
        Assert.Contains("cinegit pull main", stale.Error, StringComparison.Ordinal);
        Assert.Contains("Merged the hub's main", (await shared.Bob.ExpectAsync(0, "pull")).Out, StringComparison.Ordinal);
        await shared.Bob.ExpectAsync(0, "checkout", "main", "-o", "merged.otio");
        using var info = JsonDocument.Parse((await shared.Bob.ExpectAsync(0, "info", "merged.otio", "--json")).Out);
        Assert.Equal(20 + 48 + 48 + 30, info.RootElement.GetProperty("durationFrames").GetInt64());
        await shared.Bob.ExpectAsync(0, "push");

        await shared.Ada.ExpectAsync(0, "pull");
        using var log = JsonDocument.Parse((await shared.Ada.ExpectAsync(0, "log", "--json")).Out);
        Assert.Equal(2, log.RootElement[0].GetProperty("parents").GetArrayLength());
        Assert.Equal(shared.Hub.Head("main"), log.RootElement[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Edits_that_clash_leave_the_branch_as_it_was_and_say_what_to_do()
    {
        await using var shared = await TwoBays.DivergedAsync(
            [("a", 0, 24), ("b", 0, 48), ("c", 0, 24)],
            [("a", 0, 24), ("b", 0, 40), ("c", 0, 24)],
            [("a", 0, 24), ("b", 0, 30), ("c", 0, 24)]);
        var before = (await shared.Bob.ExpectAsync(0, "log", "--json")).Out;
        var pull = await shared.Bob.ExpectAsync(1, "pull");
        Assert.Contains("Conflict:", pull.Out, StringComparison.Ordinal);
        Assert.Contains("cinegit cut-request create", pull.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await shared.Bob.ExpectAsync(0, "log", "--json")).Out);

        await shared.Bob.ExpectAsync(0, "branch", "bobs", "--from", "main");
        await shared.Bob.ExpectAsync(0, "push", "bobs");
        Assert.NotNull(shared.Hub.Head("bobs"));
        using var report = JsonDocument.Parse((await shared.Bob.ExpectAsync(1, "pull", "main", "--json")).Out);
        Assert.Equal("conflicts", report.RootElement.GetProperty("result").GetString());
        Assert.NotEqual(0, report.RootElement.GetProperty("conflicts").GetArrayLength());
    }

    [Fact]
    public async Task A_clone_of_nothing_leaves_no_folder()
    {
        await using var shared = await TwoBays.SignedInAsync();
        var result = await shared.Bob.ExpectAsync(4, "clone", shared.Url, "acme/nothing");
        Assert.NotEmpty(result.Error);
        Assert.False(Directory.Exists(shared.Bob.PathOf("nothing")));
    }
}
