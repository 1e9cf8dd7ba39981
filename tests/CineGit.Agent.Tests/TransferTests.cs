using System.Buffers;
using System.Text.Json;
using CineGit.Benchmarks.Storage;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Tests;

/// <summary>How much goes over the line, and what is left when it drops.</summary>
public sealed class TransferTests
{
    const string Pushes = "/pushes";
    const string Fetches = "/fetches";
    const string Negotiate = "/negotiate";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_edits_of_a_large_cut_go_up_in_one_small_request()
    {
        await using var shared = await TwoBays.SignedInAsync();
        var random = new Random(20261121);
        var film = Film.Generate(10_000, random);
        await WriteAsync(shared.Ada, "film.otio", film.ToDocument(withIds: false));
        await shared.Ada.ExpectAsync(0, "commit", "film.otio", "-m", "assembly");
        await shared.Ada.ExpectAsync(0, "push");
        for (var edit = 0; edit < 5; edit++) FilmEdits.Apply(film, random);
        await WriteAsync(shared.Ada, "film.otio", film.ToDocument(withIds: false));
        await shared.Ada.ExpectAsync(0, "commit", "film.otio", "-m", "five edits");
        shared.Requests.Clear();
        Assert.Contains("Sent 1 version;", (await shared.Ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
        var request = Assert.Single(shared.Requests);
        Assert.EndsWith(Pushes, request.Path, StringComparison.Ordinal);
        Assert.InRange(request.Body.Length, 100, 5 * 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"{request.Body.Length} bytes");
    }

    [Fact]
    public async Task What_was_committed_offline_goes_up_in_one_request_and_comes_down_in_one()
    {
        await using var shared = await TwoBays.SignedInAsync();
        await CommitAsync(shared.Ada, 1);
        await shared.Ada.ExpectAsync(0, "push");
        await shared.Bob.ExpectAsync(0, "init", "--hub", shared.Url, "--project", "acme/film");
        await shared.Bob.ExpectAsync(0, "pull");
        for (var take = 2; take <= 4; take++) await CommitAsync(shared.Ada, take);
        shared.Requests.Clear();
        await shared.Ada.ExpectAsync(0, "push");
        Assert.EndsWith(Pushes, Assert.Single(shared.Requests).Path, StringComparison.Ordinal);

        shared.Requests.Clear();
        Assert.Contains("Took in 3 versions", (await shared.Bob.ExpectAsync(0, "pull")).Out, StringComparison.Ordinal);
        Assert.EndsWith(Fetches, Assert.Single(shared.Requests).Path, StringComparison.Ordinal);
        Assert.Equal((await shared.Ada.ExpectAsync(0, "log", "--json")).Out, (await shared.Bob.ExpectAsync(0, "log", "--json")).Out);
        await shared.Bob.ExpectAsync(0, "checkout", "main", "-o", "back.otio");
        Assert.Equal(await File.ReadAllBytesAsync(shared.Ada.PathOf("cut.otio"), Ct), await File.ReadAllBytesAsync(shared.Bob.PathOf("back.otio"), Ct));
        await shared.Ada.ExpectAsync(0, "checkout", "main", "-o", "here.edl");
        await shared.Bob.ExpectAsync(0, "checkout", "main", "-o", "there.edl");
        Assert.Equal(await File.ReadAllBytesAsync(shared.Ada.PathOf("here.edl"), Ct), await File.ReadAllBytesAsync(shared.Bob.PathOf("there.edl"), Ct));
    }

    [Fact]
    public async Task A_pull_that_is_cut_off_keeps_what_was_whole_and_goes_on_from_there()
    {
        await using var shared = await TwoBays.SignedInAsync();
        for (var take = 1; take <= 4; take++) await CommitAsync(shared.Ada, take);
        await shared.Ada.ExpectAsync(0, "push");
        await shared.Bob.ExpectAsync(0, "init", "--hub", shared.Url, "--project", "acme/film");

        var answers = 0;
        shared.Line = (request, hub) =>
        {
            if (!request.Path.EndsWith(Fetches, StringComparison.Ordinal)) return hub(request);
            var answer = hub(request);
            return answer with { BreaksOffAfter = answers++ == 0 ? answer.Body.Length - 100 : 0 };
        };
        Assert.Contains("broke off", (await shared.Bob.ExpectAsync(5, "pull")).Error, StringComparison.Ordinal);
        var kept = Directory.EnumerateFiles(Path.Combine(shared.Bob.State, "versions")).Count();
        Assert.InRange(kept, 1, 3);
        Assert.Contains("no version yet", (await shared.Bob.ExpectAsync(0, "log")).Out, StringComparison.Ordinal);

        shared.Line = (request, hub) => hub(request);
        shared.Requests.Clear();
        await shared.Bob.ExpectAsync(0, "pull");
        var asked = Assert.Single(shared.Requests);
        Assert.Equal(4 - kept, Head(asked, shared.Hub).Count);
        Assert.Equal((await shared.Ada.ExpectAsync(0, "log", "--json")).Out, (await shared.Bob.ExpectAsync(0, "log", "--json")).Out);
    }

    [Fact]
    public async Task What_the_disk_lost_comes_again_and_what_leads_to_it_does_not()
    {
        await using var shared = await TwoBays.SignedInAsync();
        for (var take = 1; take <= 3; take++) await CommitAsync(shared.Ada, take);
        await shared.Ada.ExpectAsync(0, "push");
        using var log = JsonDocument.Parse((await shared.Ada.ExpectAsync(0, "log", "--json")).Out);
        var second = log.RootElement[1].GetProperty("id").GetString() ?? "";
        var packs = Directory.EnumerateFiles(Path.Combine(shared.Ada.State, "packs", second[..2]), second[..15] + "*").ToList();
        Assert.Equal(2, packs.Count);
        packs.ForEach(File.Delete);
        Assert.Contains("cinegit pull", (await shared.Ada.ExpectAsync(2, "checkout", "main", "-o", "back.edl")).Error, StringComparison.Ordinal);

        shared.Requests.Clear();
        await shared.Ada.ExpectAsync(0, "pull");
        Assert.Equal(2, Head(Assert.Single(shared.Requests), shared.Hub).Count);
        Assert.All(packs, pack => Assert.True(File.Exists(pack)));
        await shared.Ada.ExpectAsync(0, "checkout", "main", "-o", "back.edl");
    }

    [Fact]
    public async Task A_line_that_drops_once_does_not_end_a_clone()
    {
        await using var shared = await TwoBays.SignedInAsync();
        for (var take = 1; take <= 4; take++) await CommitAsync(shared.Ada, take);
        await shared.Ada.ExpectAsync(0, "push");
        var answers = 0;
        shared.Line = (request, hub) => request.Path.EndsWith(Fetches, StringComparison.Ordinal) && answers++ == 0 && hub(request) is var answer
            ? answer with { BreaksOffAfter = answer.Body.Length - 100 }
            : hub(request);
        await shared.Bob.ExpectAsync(0, "clone", shared.Url, "acme/film", "film");
        Assert.Equal(2, shared.Requests.Count(r => r.Path.EndsWith(Fetches, StringComparison.Ordinal)));
        var log = await shared.Bob.RunInAsync(shared.Bob.PathOf("film"), "log", "--json");
        Assert.Equal((await shared.Ada.ExpectAsync(0, "log", "--json")).Out, log.Out);
    }

    [Fact]
    public async Task A_long_backlog_goes_up_in_parts_and_resumes_at_the_part_that_was_lost()
    {
        await using var shared = await TwoBays.SignedInAsync();
        var random = new Random(5);
        for (var take = 1; take <= 3; take++)
        {
            await WriteAsync(shared.Ada, "cut.otio", Heavy(random));
            await shared.Ada.ExpectAsync(0, "commit", "cut.otio", "-m", $"take {take}");
        }

        var pushes = 0;
        shared.Line = (request, hub) => request.Path.EndsWith(Pushes, StringComparison.Ordinal) && ++pushes > 1
            ? new(503, [], "text/plain")
            : hub(request);
        await shared.Ada.ExpectAsync(4, "push");
        Assert.Equal(1, shared.Hub.Versions);
        Assert.Null(shared.Hub.Head("main"));

        shared.Line = (request, hub) => hub(request);
        shared.Requests.Clear();
        Assert.Contains("Sent 2 versions", (await shared.Ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
        Assert.Equal(
            [Negotiate, Pushes, Pushes],
            shared.Requests.Select(r => r.Path[r.Path.LastIndexOf('/')..]).SkipWhile(p => p != Negotiate));
        Assert.Equal(3, shared.Hub.Versions);
        using var log = JsonDocument.Parse((await shared.Ada.ExpectAsync(0, "log", "--json")).Out);
        Assert.Equal(log.RootElement[0].GetProperty("id").GetString(), shared.Hub.Head("main"));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_without_harm()
    {
        await using var shared = await TwoBays.SignedInAsync();
        await CommitAsync(shared.Ada, 1);
        await shared.Ada.ExpectAsync(0, "push");
        await CommitAsync(shared.Ada, 2);
        var pushes = 0;
        shared.Line = (request, hub) => request.Path.EndsWith(Pushes, StringComparison.Ordinal) && pushes++ == 0
            ? hub(request) with { BreaksOffAfter = 0 }
            : hub(request);
        Assert.Contains("Sent 1 version;", (await shared.Ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
        Assert.Equal(2, pushes);
        Assert.Contains("Nothing to send", (await shared.Ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_hub_has_lost_is_sent_again()
    {
        await using var shared = await TwoBays.SignedInAsync();
        for (var take = 1; take <= 2; take++)
        {
            await CommitAsync(shared.Ada, take);
            await shared.Ada.ExpectAsync(0, "push");
        }

        using var log = JsonDocument.Parse((await shared.Ada.ExpectAsync(0, "log", "--json")).Out);
        var (newest, first) = (log.RootElement[0].GetProperty("id").GetString(), log.RootElement[1].GetProperty("id").GetString());
        shared.Hub.Lose(newest ?? "", "main", first);
        await CommitAsync(shared.Ada, 3);
        Assert.Contains("Sent 2 versions", (await shared.Ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
        Assert.Equal(3, shared.Hub.Versions);
    }

    [Fact]
    public async Task A_branch_that_the_hub_has_no_more_is_made_again()
    {
        await using var shared = await TwoBays.SignedInAsync();
        await CommitAsync(shared.Ada, 1);
        await shared.Ada.ExpectAsync(0, "push");
        shared.Hub.Forget("main");
        await CommitAsync(shared.Ada, 2);
        Assert.Contains("Sent 2 versions", (await shared.Ada.ExpectAsync(0, "push")).Out, StringComparison.Ordinal);
        Assert.NotNull(shared.Hub.Head("main"));
    }

    [Fact]
    public async Task A_hub_that_sends_another_cut_than_it_says_is_refused()
    {
        await using var shared = await TwoBays.SignedInAsync();
        await CommitAsync(shared.Ada, 1);
        await CommitAsync(shared.Ada, 2);
        await shared.Ada.ExpectAsync(0, "push");
        await shared.Bob.ExpectAsync(0, "init", "--hub", shared.Url, "--project", "acme/film");
        shared.Line = (request, hub) => request.Path.EndsWith(Fetches, StringComparison.Ordinal) ? WithSwappedPacks(hub(request)) : hub(request);
        var refused = await shared.Bob.ExpectAsync(4, "pull");
        Assert.Contains("does not hold", refused.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(shared.Bob.State, "versions")));
    }

    [Fact]
    public async Task A_pull_that_is_killed_loses_nothing_that_was_there()
    {
        await using var shared = await TwoBays.SignedInAsync();
        for (var take = 1; take <= 5; take++) await CommitAsync(shared.Ada, take);
        await shared.Ada.ExpectAsync(0, "push");
        await shared.Bob.ExpectAsync(0, "init", "--hub", shared.Url, "--project", "acme/film");
        for (var i = 0; i < 6; i++)
        {
            await using var run = shared.Bob.Start("pull");
            await Task.WhenAny(run.WaitForExitAsync(TimeSpan.FromSeconds(60L), Ct), Task.Delay(60 + 30 * i, Ct));
            run.Kill();
            await shared.Bob.ExpectAsync(0, "log");
        }

        await shared.Bob.ExpectAsync(0, "pull");
        Assert.Equal((await shared.Ada.ExpectAsync(0, "log", "--json")).Out, (await shared.Bob.ExpectAsync(0, "log", "--json")).Out);
        await shared.Bob.ExpectAsync(0, "checkout", "main", "-o", "back.otio");
    }

    static async Task CommitAsync(Bay bay, int take)
    {
        bay.WriteCut("cut.otio", ("a", 0, 24 + take), ("b", take, 48));
        await bay.ExpectAsync(0, "commit", "cut.otio", "-m", $"take {take}");
    }

    static async Task WriteAsync(Bay bay, string file, OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        await File.WriteAllBytesAsync(bay.PathOf(file), buffer.WrittenMemory, Ct);
    }

    /// <summary>A cut with three million letters that nothing compresses well.</summary>
    static OtioDocument Heavy(Random random)
    {
        var letters = new byte[2_250_000];
        random.NextBytes(letters);
        var clip = OtioBuild.Clip(
            "a", OtioBuild.ExternalReference("file:///a.mov", OtioBuild.Range(new(0, FrameRate.Fps24), new(1000, FrameRate.Fps24))),
            OtioBuild.Range(new(0, FrameRate.Fps24), new(24, FrameRate.Fps24)));
        return new(OtioBuild.Timeline("Reel", new(86400, FrameRate.Fps24), [OtioBuild.Track("V1", "Video", [clip])])
            .With("metadata", OtioObject.Map(("grade", Convert.ToBase64String(letters)))));
    }

    /// <summary>The head of the answer that this request would be given.</summary>
    static FetchResponse Head(ServerRequest request, MemoryHub hub)
    {
        using var body = new MemoryStream(hub.Answer(request).Body);
        return VersionStream.ReadHeadAsync(body, HubJson.Default.FetchResponse, Ct).GetAwaiter().GetResult();
    }

    static ServerAnswer WithSwappedPacks(ServerAnswer answer)
    {
        using var body = new MemoryStream(answer.Body);
        var head = VersionStream.ReadHeadAsync(body, HubJson.Default.FetchResponse, Ct).GetAwaiter().GetResult();
        var versions = VersionStream.ReadVersionsAsync(body, Ct).ToBlockingEnumerable().ToList();
        using var swapped = new MemoryStream();
        VersionStream.WriteHeadAsync(swapped, head, HubJson.Default.FetchResponse, Ct).GetAwaiter().GetResult();
        foreach (var (version, other) in versions.Zip(Enumerable.Reverse(versions)))
            VersionStream.WriteVersionAsync(swapped, version with { CutPack = other.CutPack }, Ct).GetAwaiter().GetResult();
        VersionStream.WriteEndAsync(swapped, Ct).GetAwaiter().GetResult();
        return answer with { Body = swapped.ToArray() };
    }
}
