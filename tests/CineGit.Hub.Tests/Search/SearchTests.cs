using System.Diagnostics;
using System.Net;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Search;

/// <summary>Where media and clips are used in a history, and who did what to a clip: judged by looking into every version.</summary>
[Collection(HubFixture.Collection)]
public sealed class SearchTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Media_is_found_in_just_the_versions_that_use_it_through_merges_too()
    {
        using var project = await TestProject.CreateAsync(hub);
        var random = new Random(5);
        var cuts = new Dictionary<string, Sequence>(StringComparer.Ordinal);
        var start = await project.CommitAsync("main", Films.First, "First");
        cuts[start] = Films.First;
        for (var round = 0; round < 6; round++)
        {
            var main = cuts[await project.HeadAsync("main") ?? ""];
            await project.BranchAsync($"side-{round}", await project.HeadAsync("main"));
            var side = Edited(random, main);
            cuts[await project.CommitAsync($"side-{round}", side, $"Side {round}")] = side;
            if (random.Next(2) == 0)
            {
                var renamed = main with { Name = $"Reel {round}" };
                cuts[await project.CommitAsync("main", renamed, $"Main {round}")] = renamed;
            }

            var merged = await MergedAsync(project, $"side-{round}");
            cuts[merged] = side with { Name = cuts[await ParentAsync(project, merged)].Name };
        }

        foreach (var media in Medias(cuts.Values))
        {
            var found = await project.GetAsync<UsesResponse>(HubRoutes.Uses + "?media=" + Uri.EscapeDataString(media), "main");
            var expected = cuts.Where(cut => Medias([cut.Value]).Contains(media)).Select(cut => cut.Key);
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Versions.Select(use => use.Version.Id).Order(StringComparer.Ordinal));
            Assert.Equal((found.Versions.Count, 0), (found.Count, found.Unknown));
        }
    }

    [Fact]
    public async Task A_clips_history_names_the_version_that_did_it_and_no_merge_that_only_brought_it()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), Films.Renamed("SC03", "SC03B"));
        var project = request.Project;
        var merged = await request.MergedAsync(await request.OpenAsync());
        var trimmed = (await project.GetAsync<CutRequestResponse>(HubRoutes.CutRequest, "1")).SourceHead;
        var clip = Films.First.Element("SC01", "V1").Id.ToString();
        var history = await project.GetAsync<ClipHistoryResponse>(HubRoutes.ClipHistory, "main", clip);
        Assert.Equal([(trimmed, "changed"), (request.Start, "added")], history.Changes.Select(change => ((string?)change.Version.Id, change.Kind)));

        var removed = await project.CommitAsync("main", Without("SC01", Films.Renamed("SC03", "SC03B")), "Out");
        var after = await project.GetAsync<ClipHistoryResponse>(HubRoutes.ClipHistory, "main", clip);
        Assert.Equal((removed, "removed", "SC01"), (after.Changes[0].Version.Id, after.Changes[0].Kind, after.Changes[0].Name));
        var uses = await project.GetAsync<UsesResponse>(HubRoutes.Uses + "?clip=" + clip, "main");
        Assert.DoesNotContain(uses.Versions, use => use.Version.Id == removed);
        Assert.Contains(uses.Versions, use => use.Version.Id == merged);
    }

    [Fact]
    public async Task What_came_before_there_was_an_index_is_counted_and_what_comes_after_is_found()
    {
        using var project = await TestProject.CreateAsync(hub);
        var old = await project.CommitAsync("main", Films.First, "First");
        await using (var owner = Database.TestDatabase.OpenAsOwner(hub.Folder.Path))
        await using (var connection = await owner.OpenConnectionAsync(Ct))
        {
            const string sql = """
                select set_config('cinegit.organization_id', @organization, false);
                delete from element_changes where version = @old;
                delete from indexed_versions where version = @old;
                """;
            await connection.ExecuteAsync(new CommandDefinition(sql, new { organization = hub.OrganizationId.ToString(), old }, cancellationToken: Ct));
        }

        var next = await project.CommitAsync("main", Films.With("SC01", 90), "Second");
        var media = Medias([Films.First]).First();
        var found = await project.GetAsync<UsesResponse>(HubRoutes.Uses + "?media=" + Uri.EscapeDataString(media), "main");
        Assert.Equal((next, 1), (Assert.Single(found.Versions).Version.Id, found.Unknown));
    }

    [Theory]
    [InlineData("?media=a&clip=0000000000000001-1")]
    [InlineData("")]
    [InlineData("?clip=first")]
    [InlineData("?media=")]
    public async Task What_cannot_be_looked_for_is_refused(string query)
    {
        using var project = await TestProject.CreateAsync(hub);
        using var response = await project.Client.GetAsync(project.At(HubRoutes.Uses, "main") + query, Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Of_a_push_only_what_changed_is_indexed()
    {
        const int clips = 10_000;
        using var project = await TestProject.CreateAsync(hub);
        var film = Cuts.Sequence(24, "Reel 1").Video("V1", [.. Enumerable.Range(0, clips).Select(i => Cuts.Shot($"S{i}", $"A{i}", 10, 40))]).Identified();
        var clock = Stopwatch.StartNew();
        var first = await project.CommitAsync("main", film, "All of it");
        var whole = clock.Elapsed;
        clock.Restart();
        var second = await project.CommitAsync("main", film.Change("S77", element => element with { Duration = Flicks.FromFrames(30, FrameRate.Fps24) }), "One trim");
        TestContext.Current.TestOutputHelper?.WriteLine($"{clips} clips: first push {whole.TotalMilliseconds:0} ms, one trim {clock.ElapsedMilliseconds} ms");
        Assert.Equal((clips, 1), (await CountAsync(first), await CountAsync(second)));
    }

    async Task<int> CountAsync(string version)
    {
        await using var tenant = await hub.Services.GetRequiredService<TenantDatabase>().BeginAsync(hub.OrganizationId, Ct);
        return await tenant.Connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::int from element_changes where version = @version", new { version }, tenant.Transaction, cancellationToken: Ct));
    }

    static Sequence Edited(Random random, Sequence cut)
    {
        var shot = $"SC0{random.Next(1, 4)}";
        return random.Next(3) switch
        {
            0 when cut.Track("V1").Elements.Length > 1 => Without(shot, cut),
            1 => cut.ChangeTracks(track => track.Name != "V1" ? track : track with
            {
                Elements = [.. track.Elements.Select(element => element.Name == shot && element is Clip clip ? Relinked(clip, random.Next(3)) : element)],
            }),
            _ => Films.With(shot, random.Next(20, 150), cut),
        };
    }

    /// <summary>Another clip's media, as a replaced shot has it.</summary>
    static Clip Relinked(Clip clip, int which) =>
        Films.First.Track("V1").Elements[which] is Clip other ? clip with { Media = other.Media } : clip;

    static Sequence Without(string shot, Sequence cut) => cut.ChangeTracks(track => track.Name != "V1" ? track : track with
    {
        Elements = [.. track.Elements.Where(element => element.Name != shot)],
    });

    static HashSet<string> Medias(IEnumerable<Sequence> cuts) =>
        [.. cuts.SelectMany(cut => Placement.Of(cut).All).Select(placed => placed.Element).OfType<Clip>().Select(clip => clip.Media.Name)];

    static async Task<string> MergedAsync(TestProject project, string source)
    {
        using var opened = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            project.Client, project.At(HubRoutes.CutRequests), new CreateCutRequestRequest(source, "", source, "main"), Ct);
        var request = await TestCutRequest.ReadAsync<CutRequestResponse>(opened, HttpStatusCode.Created);
        using var merged = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            project.Client,
            project.At(HubRoutes.Merge, TestCutRequest.Text(request.Number)),
            new MergeCutRequestRequest(request.SourceHead ?? "", request.TargetHead ?? ""),
            Ct);
        return (await TestCutRequest.ReadAsync<MergeCutRequestResponse>(merged, HttpStatusCode.OK)).Version;
    }

    static async Task<string> ParentAsync(TestProject project, string version) =>
        (await project.GetAsync<VersionResponse>(HubRoutes.Version, version)).Parents[0];
}
