using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Tests.CutRequests;

/// <summary>Answers beyond taking a side, and answers whose branches move on.</summary>
[Collection(HubFixture.Collection)]
public sealed class ConflictAnswerTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<HttpResponseMessage> SendAsync(TestCutRequest test, string conflict, string choice, string? value) =>
        test.Project.Client.PutAsJsonAsync(test.Project.At(HubRoutes.Resolution, "1", conflict), new ResolveRequest(choice, value), Ct);

    static Sequence Inserted(string name, ulong birth) => Films.First.ChangeTracks(t => t.Name != "V1" ? t : t with
    {
        Elements = t.Elements.Insert(1, t.Elements[0] with { Id = new ElementId(birth, 1), Name = name, Duration = Flicks.FromFrames(16 + (long)birth, FrameRate.Fps24), Link = null }),
    });

    static IEnumerable<string?> Names(CutRequestResponse request) => request.Preview?.Tracks[0].Elements.Select(e => e.Name) ?? [];

    [Fact]
    public async Task A_typed_value_is_checked_kept_shown_and_merged()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.Renamed("SC02", "SC02 kim"), Films.Renamed("SC02", "SC02 main"));
        var conflict = Assert.Single((await test.OpenAsync()).Conflicts);
        var offer = Assert.Single(conflict.Offers, each => each.Choice == "manual");
        Assert.Equal(("text", "Type something else"), (offer.Entry, offer.Words));
        Assert.Equal(["ours", "theirs", "base"], conflict.Offered);

        using (var nothing = await SendAsync(test, conflict.Id, "manual", " "))
        {
            var problem = await Answers.ProblemAsync(nothing, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
            Assert.Equal("value: Nothing was typed in; type at least one letter.", problem.GetProperty("detail").GetString());
        }

        using (var needless = await SendAsync(test, conflict.Id, "ours", "SC02"))
            await Answers.ProblemAsync(needless, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        using var response = await SendAsync(test, conflict.Id, "manual", "SC02 both");
        var answered = await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.OK);

        Assert.Equal(("manual", "SC02 both", "Kim Berg"), (answered.Conflicts[0].Chosen, answered.Conflicts[0].ChosenValue, answered.Conflicts[0].ChosenByName));
        Assert.Equal(["SC01", "SC02 both", "SC03"], Names(answered));
        var timeline = await test.Project.GetAsync<TimelineResponse>(HubRoutes.VersionTimeline, await test.MergedAsync(answered));
        Assert.Equal("SC02 both", timeline.Tracks[0].Elements[1].Name);
    }

    [Fact]
    public async Task Frames_to_type_in_come_with_their_limits()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), Films.With("SC02", 90));
        var conflict = Assert.Single((await test.OpenAsync()).Conflicts);
        var offer = Assert.Single(conflict.Offers, each => each.Choice == "manual");
        Assert.Equal(("frames", -99, null), (offer.Entry, offer.Least, offer.Most));

        using var response = await SendAsync(test, conflict.Id, "manual", "-15");
        var answered = await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.OK);

        Assert.True(answered.Mergeable, answered.Blocked);
        Assert.Equal(85, answered.Preview?.Tracks[0].Elements[1].DurationFrames);
    }

    [Fact]
    public async Task A_marker_on_a_shot_that_main_took_out_can_stay_at_its_time()
    {
        var marked = Films.First.Change("SC02", e => e with { Markers = [Cuts.Sequence(24).Video("V1").Marker("look", 50).Build().Markers[0] with { Id = new ElementId(77, 1) }] }, "V1");
        var without = Films.First.ChangeTracks(t => t.Name != "V1" ? t : t with { Elements = t.Elements.RemoveAt(1) });
        using var test = await TestCutRequest.CreateAsync(hub, marked, without);
        var conflict = Assert.Single((await test.OpenAsync()).Conflicts);
        Assert.Equal("orphan", conflict.Kind);
        Assert.Equal(["ours", "same-time", "next-shot", "theirs", "base"], conflict.Offered);

        var answered = await test.ResolvedAsync(1, conflict.Id, "same-time");

        Assert.True(answered.Mergeable, answered.Blocked);
        Assert.Equal("same-time", answered.Conflicts[0].Chosen);
        Assert.Equal(["SC01", "SC03"], Names(answered));
        var timeline = await test.Project.GetAsync<TimelineResponse>(HubRoutes.VersionTimeline, await test.MergedAsync(answered));
        Assert.Equal(("look", 130), (Assert.Single(timeline.Markers).Name, timeline.Markers[0].StartFrame));
    }

    [Fact]
    public async Task Both_orders_of_two_inserts_are_offered_in_words_and_either_is_merged()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Inserted("q", 8), Inserted("p", 9));
        var conflict = Assert.Single((await test.OpenAsync()).Conflicts);
        Assert.Equal(
            ["both: main's p, then kims-trims's q", "theirs-first: kims-trims's q, then main's p", "ours: Only main's p", "theirs: Only kims-trims's q"],
            conflict.Offers.Select(each => $"{each.Choice}: {each.Words}"));

        Assert.Equal(["SC01", "p", "q", "SC02", "SC03"], Names(await test.ResolvedAsync(1, conflict.Id, "both")));
        Assert.Equal(["SC01", "q", "p", "SC02", "SC03"], Names(await test.ResolvedAsync(1, conflict.Id, "theirs-first")));
    }

    [Fact]
    public async Task A_scene_is_one_change_with_its_parts_in_it()
    {
        var scene = Films.First.ChangeTracks(t => t.Name != "V1" ? t : t with
        {
            Elements = t.Elements.InsertRange(1, Enumerable.Range(1, 3).Select(i => t.Elements[0] with { Id = new ElementId(9, (uint)i), Name = $"N{i}", Link = null })),
        });
        using var test = await TestCutRequest.CreateAsync(hub, scene, null);
        var change = Assert.Single((await test.OpenAsync()).Changes);

        Assert.Equal(["N1 100+100", "N2 200+100", "N3 300+100"], change.Children.Select(part => $"{part.Subject} {part.AtFrame}+{part.DurationFrames}"));
        Assert.All(change.Children, part => Assert.Equal(("insert", 0), (part.Kind, part.Children.Count)));
    }

    [Fact]
    public async Task Answers_stay_when_a_head_moves_and_only_what_is_open_or_comes_up_is_asked()
    {
        var kims = Films.Renamed("SC01", "SC01 kim", Films.Renamed("SC02", "SC02 kim", Films.Renamed("SC03", "SC03 kim")));
        var mains = Films.Renamed("SC02", "SC02 main", Films.Renamed("SC03", "SC03 main"));
        using var test = await TestCutRequest.CreateAsync(hub, kims, mains);
        var opened = await test.OpenAsync();
        Assert.Equal(["SC02", "SC03"], opened.Conflicts.Select(each => each.Subject));
        var (first, second) = (opened.Conflicts[0].Id, opened.Conflicts[1].Id);
        await test.ResolvedAsync(1, first, "theirs");

        await test.Project.CommitAsync("main", Films.Renamed("SC01", "SC01 main", mains), "Meanwhile");
        var moved = await test.ShowAsync(1);

        Assert.Equal(
            ["SC01 open", "SC02 theirs", "SC03 open"], moved.Conflicts.Select(each => $"{each.Subject} {each.Chosen ?? "open"}"));
        Assert.Equal([first, second], moved.Conflicts.Skip(1).Select(each => each.Id));
        Assert.Equal("2 conflicts are open; choose an answer for each.", moved.Blocked);
        await test.ResolvedAsync(1, second, "ours");
        var ready = await test.ResolvedAsync(1, moved.Conflicts[0].Id, "base");
        Assert.Equal(["SC01", "SC02 kim", "SC03 main"], Names(ready));
        await test.MergedAsync(ready);
    }

    [Fact]
    public async Task Branches_that_were_merged_crosswise_merge_with_both_common_versions_in_mind()
    {
        using var test = await TestCutRequest.CreateAsync(hub, null, null);
        var left = await test.Project.VersionAsync(Films.Renamed("SC01", "SC01 x"), "left", test.Start);
        var right = await test.Project.VersionAsync(Films.Renamed("SC02", "SC02 y"), "right", test.Start);
        var both = Films.Renamed("SC02", "SC02 y", Films.Renamed("SC01", "SC01 x"));
        var onMain = await test.Project.VersionAsync(both, "left and right", left.Id, right.Id);
        var onSource = await test.Project.VersionAsync(both, "right and left", right.Id, left.Id);
        var main = await test.Project.VersionAsync(Films.Renamed("SC01 x", "SC01 final", both), "main", onMain.Id);
        var source = await test.Project.VersionAsync(Films.Renamed("SC02 y", "SC02 last", both), "source", onSource.Id);
        await TestProject.AcceptedAsync(await test.Project.PushAsync("main", test.Start, left, right, onMain, main));
        await TestProject.AcceptedAsync(await test.Project.PushAsync(TestCutRequest.Source, test.Start, left, right, onSource, source));

        var request = await test.OpenAsync();

        Assert.Empty(request.Conflicts);
        Assert.True(request.Mergeable, request.Blocked);
        Assert.Equal(["SC01 final", "SC02 last", "SC03"], Names(request));
        var timeline = await test.Project.GetAsync<TimelineResponse>(HubRoutes.VersionTimeline, await test.MergedAsync(request));
        Assert.Equal(["SC01 final", "SC02 last", "SC03"], timeline.Tracks[0].Elements.Select(e => e.Name));
    }
}
