using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.CutRequests;

[Collection(HubFixture.Collection)]
public sealed class CutRequestTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_shows_what_both_branches_did_and_what_the_merge_would_be()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), Films.Renamed("SC03", "SC03 alt"));
        var request = await test.OpenAsync();

        Assert.Equal((1, "open", "Kim Berg", test.Start), (request.Number, request.State, request.AuthorName, request.BaseVersion));
        Assert.Equal(await test.Project.HeadAsync(TestCutRequest.Source), request.SourceHead);
        Assert.Equal(await test.Project.HeadAsync("main"), request.TargetHead);
        var trim = Assert.Single(request.Changes);
        Assert.Equal(("trim-tail", "SC02", -20), (trim.Kind, trim.Subject, trim.AmountFrames));
        Assert.Equal("rename", Assert.Single(request.TargetChanges).Kind);
        Assert.Equal((1, -20), (request.Shifted, request.DurationDeltaFrames));
        Assert.Empty(request.Conflicts);
        Assert.True(request.Mergeable, request.Blocked);

        var preview = request.Preview?.Tracks[0].Elements;
        Assert.Equal(
            ["SC01 0+100", "SC02 100+80", "SC03 alt 180+100"], preview?.Select(e => $"{e.Name} {e.StartFrame}+{e.DurationFrames}"));
    }

    [Fact]
    public async Task A_conflict_is_answered_taken_back_answered_again_and_merged()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.Renamed("SC02", "SC02 kim"), Films.Renamed("SC02", "SC02 main"));
        var request = await test.OpenAsync();
        var conflict = Assert.Single(request.Conflicts);
        Assert.Equal(("value", null), (conflict.Kind, conflict.Chosen));
        Assert.Contains("ours", conflict.Offered);
        Assert.Contains("theirs", conflict.Offered);
        Assert.False(request.Mergeable);
        Assert.Equal("One conflict is open; choose an answer for it.", request.Blocked);

        using (var early = await test.MergeAsync(1, request.SourceHead, request.TargetHead))
        {
            var problem = await Answers.ProblemAsync(early, HttpStatusCode.Conflict, ProblemCodes.ConflictsOpen);
            Assert.Equal(1, problem.GetProperty("openConflicts").GetInt32());
        }

        var answered = await test.ResolvedAsync(1, conflict.Id, "ours");
        Assert.Equal(("ours", "Kim Berg"), (Assert.Single(answered.Conflicts).Chosen, answered.Conflicts[0].ChosenByName));
        Assert.True(answered.Mergeable, answered.Blocked);

        using var undone = await test.Project.Client.DeleteAsync(test.Project.At(HubRoutes.Resolution, "1", conflict.Id), Ct);
        Assert.False((await TestCutRequest.ReadAsync<CutRequestResponse>(undone, HttpStatusCode.OK)).Mergeable);

        await test.ResolvedAsync(1, conflict.Id, "ours");
        var ready = await test.ResolvedAsync(1, conflict.Id, "theirs");
        Assert.Equal("SC02 kim", ready.Preview?.Tracks[0].Elements[1].Name);

        var merged = await test.MergedAsync(ready);
        Assert.Equal(merged, await test.Project.HeadAsync("main"));
        var version = await test.Project.GetAsync<VersionResponse>(HubRoutes.Version, merged);
        Assert.Equal((ready.TargetHead, ready.SourceHead), (version.Parents[0], version.Parents[1]));
        Assert.Equal(("Kim Berg", "Merge cut request #1: Kim's trims", null), (version.AuthorName, version.Message, version.Native));
        var timeline = await test.Project.GetAsync<TimelineResponse>(HubRoutes.VersionTimeline, merged);
        Assert.Equal(["SC01", "SC02 kim", "SC03"], timeline.Tracks[0].Elements.Select(element => element.Name));
    }

    [Fact]
    public async Task A_merged_request_keeps_showing_the_versions_it_merged()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.Renamed("SC02", "SC02 kim"), Films.Renamed("SC02", "SC02 main"));
        var request = await test.OpenAsync();
        var ready = await test.ResolvedAsync(1, request.Conflicts[0].Id, "theirs");
        var merged = await test.MergedAsync(ready);
        await test.Project.CommitAsync("main", Films.With("SC01", 10), "Moves on");
        await test.Project.CommitAsync(TestCutRequest.Source, Films.With("SC01", 20), "Moves on too");

        var shown = await test.ShowAsync(1);
        Assert.Equal(("merged", merged, "Kim Berg"), (shown.State, shown.MergedVersion, shown.MergedByName));
        Assert.NotNull(shown.MergedAt);
        Assert.Equal((ready.SourceHead, ready.TargetHead, ready.BaseVersion), (shown.SourceHead, shown.TargetHead, shown.BaseVersion));
        Assert.Equal(ready.Changes.Select(edit => edit.Sentence), shown.Changes.Select(edit => edit.Sentence));
        Assert.Equal("theirs", Assert.Single(shown.Conflicts).Chosen);
        Assert.Null(shown.Preview);
        Assert.Equal((false, "It was merged by Kim Berg."), (shown.Mergeable, shown.Blocked));

        using var again = await test.MergeAsync(1, ready.SourceHead, ready.TargetHead);
        await Answers.ProblemAsync(again, HttpStatusCode.Conflict, ProblemCodes.CutRequestEnded);
        using var answer = await test.ResolveAsync(1, request.Conflicts[0].Id, "ours");
        await Answers.ProblemAsync(answer, HttpStatusCode.Conflict, ProblemCodes.CutRequestEnded);
        using var close = await test.CloseAsync(1);
        await Answers.ProblemAsync(close, HttpStatusCode.Conflict, ProblemCodes.CutRequestEnded);
    }

    [Fact]
    public async Task A_target_that_did_not_move_still_gets_a_merge_version()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), null);
        var request = await test.OpenAsync();
        var merged = await test.Project.GetAsync<VersionResponse>(HubRoutes.Version, await test.MergedAsync(request));
        Assert.Equal((test.Start, request.SourceHead), (merged.Parents[0], merged.Parents[1]));
        var source = await test.Project.GetAsync<VersionResponse>(HubRoutes.Version, request.SourceHead ?? "");
        Assert.Equal(source.Cut, merged.Cut);
    }

    [Fact]
    public async Task A_source_that_the_target_has_is_said_to_be_there_already()
    {
        using var test = await TestCutRequest.CreateAsync(hub, null, Films.With("SC02", 80));
        var request = await test.OpenAsync();
        Assert.False(request.Mergeable);
        Assert.Equal($"Everything on {TestCutRequest.Source} is in main already; there is nothing to merge.", request.Blocked);
        Assert.Empty(request.Changes);
        using var response = await test.MergeAsync(1, request.SourceHead, request.TargetHead);
        await Answers.ProblemAsync(response, HttpStatusCode.Conflict, ProblemCodes.NothingToMerge);
    }

    [Fact]
    public async Task Branches_without_a_common_version_cannot_be_merged()
    {
        using var test = await TestCutRequest.CreateAsync(hub, null, null);
        await test.Project.BranchAsync("elsewhere", null);
        var empty = await test.OpenAsync(source: "elsewhere");
        Assert.Equal("The branch elsewhere has no versions yet; push one to it.", empty.Blocked);

        var other = await test.Project.CommitAsync("elsewhere", Films.With("SC03", 5), "Elsewhere");
        var apart = await test.ShowAsync(empty.Number);
        Assert.Contains("no version in common", apart.Blocked, StringComparison.Ordinal);
        using var response = await test.MergeAsync(empty.Number, other, test.Start);
        await Answers.ProblemAsync(response, HttpStatusCode.UnprocessableEntity, ProblemCodes.Unrelated);
    }

    [Fact]
    public async Task A_merge_of_heads_that_moved_is_refused_with_the_actual_one()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), null);
        var seen = await test.OpenAsync();
        var moved = await test.Project.CommitAsync("main", Films.Renamed("SC03", "SC03 alt"), "Meanwhile");
        using (var response = await test.MergeAsync(1, seen.SourceHead, seen.TargetHead))
        {
            var problem = await Answers.ProblemAsync(response, HttpStatusCode.Conflict, ProblemCodes.BranchStale);
            Assert.Equal(moved, problem.GetProperty("actualHead").GetString());
        }

        var again = await test.ShowAsync(1);
        Assert.Equal(moved, again.TargetHead);
        await test.MergedAsync(again);
    }

    [Fact]
    public async Task Of_requests_merged_at_once_one_wins_and_the_others_are_stale()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), null);
        var requests = new List<CutRequestResponse> { await test.OpenAsync() };
        for (var i = 0; i < 3; i++)
        {
            await test.Project.BranchAsync($"b{i}", test.Start);
            await test.Project.CommitAsync($"b{i}", Films.With("SC01", 40 + i), $"Editor {i}");
            requests.Add(await test.OpenAsync(source: $"b{i}"));
        }

        var answers = await Task.WhenAll(requests.Select(each => test.MergeAsync(each.Number, each.SourceHead, each.TargetHead)));
        using var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var version = (await TestCutRequest.ReadAsync<MergeCutRequestResponse>(winner, HttpStatusCode.OK)).Version;
        Assert.Equal(version, await test.Project.HeadAsync("main"));
        foreach (var refused in answers.Where(answer => answer != winner))
        {
            using (refused)
            {
                var problem = await Answers.ProblemAsync(refused, HttpStatusCode.Conflict, ProblemCodes.BranchStale);
                Assert.Equal(version, problem.GetProperty("actualHead").GetString());
            }
        }

        var history = await test.Project.GetAsync<HistoryResponse>(HubRoutes.History, "main");
        Assert.Single(history.Versions, each => each.Parents.Count == 2);
    }

    [Fact]
    public async Task One_request_merged_twice_at_once_is_merged_once()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), null);
        var request = await test.OpenAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => test.MergeAsync(1, request.SourceHead, request.TargetHead)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await Answers.ProblemAsync(refused, HttpStatusCode.Conflict, ProblemCodes.CutRequestEnded);
        }
    }

    [Fact]
    public async Task Requests_are_numbered_in_order_listed_newest_first_and_can_be_closed()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), null);
        var opened = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => test.OpenAsync($"Request {i}")));
        Assert.Equal([1, 2, 3, 4, 5], opened.Select(each => each.Number).Order());

        using var response = await test.CloseAsync(3);
        var closed = await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.OK);
        Assert.Equal(("closed", false, "It was closed by Kim Berg."), (closed.State, closed.Mergeable, closed.Blocked));
        Assert.Single(closed.Changes);
        using var merge = await test.MergeAsync(3, closed.SourceHead, closed.TargetHead);
        await Answers.ProblemAsync(merge, HttpStatusCode.Conflict, ProblemCodes.CutRequestEnded);

        var list = await test.Project.GetAsync<IReadOnlyList<CutRequestSummary>>(HubRoutes.CutRequests);
        Assert.Equal(["5 open", "4 open", "3 closed", "2 open", "1 open"], list.Select(each => $"{each.Number} {each.State}"));
    }

    [Fact]
    public async Task An_answer_must_be_offered_and_its_conflict_be_there()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.Renamed("SC02", "SC02 kim"), Films.Renamed("SC02", "SC02 main"));
        var conflict = Assert.Single((await test.OpenAsync()).Conflicts);

        using var word = await test.ResolveAsync(1, conflict.Id, "mine");
        await Answers.ProblemAsync(word, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.DoesNotContain("both", conflict.Offered);
        using var unoffered = await test.ResolveAsync(1, conflict.Id, "both");
        await Answers.ProblemAsync(unoffered, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        using var absent = await test.ResolveAsync(1, "no-such-conflict", "ours");
        await Answers.ProblemAsync(absent, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task Crosswise_merged_branches_say_what_they_were_compared_with()
    {
        using var test = await TestCutRequest.CreateAsync(hub, null, null);
        var left = await test.Project.VersionAsync(Films.With("SC01", 50), "left", test.Start);
        var right = await test.Project.VersionAsync(Films.With("SC02", 50), "right", test.Start);
        var (leftId, rightId) = (left.Id, right.Id);
        var cut = Films.With("SC02", 50, Films.With("SC01", 50));
        var onMain = await test.Project.VersionAsync(Films.Renamed("SC03", "SC03 main", cut), "main", leftId, rightId);
        var onSource = await test.Project.VersionAsync(Films.With("SC03", 70, cut), "source", rightId, leftId);
        await TestProject.AcceptedAsync(await test.Project.PushAsync("main", test.Start, left, right, onMain));
        await TestProject.AcceptedAsync(await test.Project.PushAsync(TestCutRequest.Source, test.Start, left, right, onSource));

        var request = await test.OpenAsync();
        Assert.Equal(rightId, request.BaseVersion);
        Assert.Contains(request.Notes, note => note.Sentence.Contains("merged crosswise", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "kims-trims", "main", HttpStatusCode.BadRequest)]
    [InlineData("Title", "main", "main", HttpStatusCode.BadRequest)]
    [InlineData("Title", "a/b", "main", HttpStatusCode.BadRequest)]
    [InlineData("Title", "nowhere", "main", HttpStatusCode.NotFound)]
    public async Task A_request_that_cannot_be_opened_is_refused(string title, string source, string target, HttpStatusCode status)
    {
        using var test = await TestCutRequest.CreateAsync(hub, null, null);
        using var response = await test.Project.Client.PostAsJsonAsync(
            test.Project.At(HubRoutes.CutRequests), new CreateCutRequestRequest(title, "", source, target), Ct);
        await Answers.ProblemAsync(
            response, status, status == HttpStatusCode.NotFound ? ProblemCodes.NotFound : ProblemCodes.InvalidRequest);
        Assert.Empty(await test.Project.GetAsync<IReadOnlyList<CutRequestSummary>>(HubRoutes.CutRequests));
    }
}
