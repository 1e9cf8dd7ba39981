using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.CutRequests;

/// <summary>Drafts, who is asked to look, and what they say.</summary>
[Collection(HubFixture.Collection)]
public sealed class ReviewTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_not_merged_until_it_is_marked_as_ready()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        using var opened = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.CutRequests), new CreateCutRequestRequest("Rough", "", TestCutRequest.Source, "main") { Draft = true }, Ct);
        var draft = await TestCutRequest.ReadAsync<CutRequestResponse>(opened, HttpStatusCode.Created);
        Assert.Equal((CutRequestStates.Draft, false), (draft.State, draft.Mergeable));
        Assert.Equal(CutRequestStates.Draft, Assert.Single(await ListAsync(project)).State);
        using (var early = await request.MergeAsync(draft.Number, draft.SourceHead, draft.TargetHead))
        {
            await Answers.ProblemAsync(early, HttpStatusCode.Conflict, ProblemCodes.CutRequestDraft);
        }

        var ready = await UpdatedAsync(request, draft.Number, new("Tighter", "Now for good.", Draft: false));
        Assert.Equal((CutRequestStates.Open, "Tighter", "Now for good.", true), (ready.State, ready.Title, ready.Description, ready.Mergeable));
        await request.MergedAsync(ready);
    }

    [Fact]
    public async Task A_request_with_open_conflicts_is_conflicted_in_the_list_too()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), Films.With("SC01", 80));
        var shown = await request.OpenAsync();
        Assert.Equal(CutRequestStates.Conflicted, shown.State);
        Assert.Equal(CutRequestStates.Conflicted, Assert.Single(await ListAsync(request.Project)).State);
        foreach (var conflict in shown.Conflicts) await request.ResolvedAsync(shown.Number, conflict.Id, "theirs");
        Assert.Equal(CutRequestStates.Open, (await request.ShowAsync(shown.Number)).State);
        Assert.Equal(CutRequestStates.Open, Assert.Single(await ListAsync(request.Project)).State);
    }

    [Fact]
    public async Task People_are_asked_to_review_and_stay_asked_until_that_is_taken_back()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        var shown = await request.OpenAsync();
        var kai = await hub.CreateMemberAsync(Roles.Reviewer, Ct);
        using var client = kai.Client;
        var guest = await hub.CreateMemberAsync(Roles.Guest, Ct);
        guest.Client.Dispose();
        using (var unable = await AskAsync(request, shown.Number, guest.UserId))
        {
            await Answers.ProblemAsync(unable, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        }

        await using var listener = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));
        using var asked = await AskAsync(request, shown.Number, kai.UserId);
        var waiting = Assert.Single((await TestCutRequest.ReadAsync<CutRequestResponse>(asked, HttpStatusCode.OK)).Reviews);
        Assert.Equal((kai.UserId, true, null), (waiting.Reviewer, waiting.Requested, waiting.Verdict));
        Assert.Equal(shown.Number, (await listener.NextAsync(EventNames.CutRequestReviewed)).Detail.GetProperty("number").GetInt32());

        await project.ReviewedAsync(client, shown.Number, Verdicts.Changes, shown.SourceHead);
        using var back = await client.DeleteAsync(project.At(HubRoutes.Reviews, TestCutRequest.Text(shown.Number)), Ct);
        var silent = Assert.Single((await TestCutRequest.ReadAsync<CutRequestResponse>(back, HttpStatusCode.OK)).Reviews);
        Assert.Equal((true, null, ""), (silent.Requested, silent.Verdict, silent.Comment));
        using var unasked = await project.Client.DeleteAsync(
            project.At(HubRoutes.Reviewer, TestCutRequest.Text(shown.Number), kai.UserId.ToString()), Ct);
        Assert.Empty((await TestCutRequest.ReadAsync<CutRequestResponse>(unasked, HttpStatusCode.OK)).Reviews);
    }

    [Fact]
    public async Task Whoever_writes_over_what_they_have_not_seen_is_told_so()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var shown = await request.OpenAsync();
        var address = request.Project.At(HubRoutes.CutRequest, TestCutRequest.Text(shown.Number));
        using var seen = await request.Project.Client.GetAsync(address, Ct);
        await UpdatedAsync(request, shown.Number, new("Another title", null, Draft: false));
        using var late = new HttpRequestMessage(HttpMethod.Put, address) { Content = JsonContent.Create(new UpdateCutRequestRequest("Mine", null, false)) };
        late.Headers.IfMatch.Add(seen.Headers.ETag ?? throw new InvalidOperationException("There is no ETag."));
        using var refused = await request.Project.Client.SendAsync(late, Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.PreconditionFailed, ProblemCodes.Changed);
        Assert.Equal("Another title", (await request.ShowAsync(shown.Number)).Title);
    }

    [Theory]
    [InlineData("maybe", true)]
    [InlineData(Verdicts.Approved, false)]
    public async Task A_review_says_yes_or_no_to_a_version(string verdict, bool ofVersion)
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var shown = await request.OpenAsync();
        using var kai = (await hub.CreateMemberAsync(Roles.Reviewer, Ct)).Client;
        using var refused = await request.Project.ReviewAsync(kai, shown.Number, verdict, ofVersion ? shown.SourceHead : "main");
        await Answers.ProblemAsync(refused, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task What_has_ended_is_not_reviewed_or_changed_any_more()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var shown = await request.OpenAsync();
        (await request.CloseAsync(shown.Number)).Dispose();
        using var kai = (await hub.CreateMemberAsync(Roles.Reviewer, Ct)).Client;
        using var review = await request.Project.ReviewAsync(kai, shown.Number, Verdicts.Approved, shown.SourceHead);
        await Answers.ProblemAsync(review, HttpStatusCode.Conflict, ProblemCodes.CutRequestEnded);
        using var update = await UpdateAsync(request, shown.Number, new("Late", null, true));
        await Answers.ProblemAsync(update, HttpStatusCode.Conflict, ProblemCodes.CutRequestEnded);
    }

    static Task<HttpResponseMessage> AskAsync(TestCutRequest request, int number, Guid person) => request.Project.Client.PutAsync(
        request.Project.At(HubRoutes.Reviewer, TestCutRequest.Text(number), person.ToString()), null, Ct);

    static Task<HttpResponseMessage> UpdateAsync(TestCutRequest request, int number, UpdateCutRequestRequest update) =>
        request.Project.Client.PutAsJsonAsync(request.Project.At(HubRoutes.CutRequest, TestCutRequest.Text(number)), update, Ct);

    static async Task<CutRequestResponse> UpdatedAsync(TestCutRequest request, int number, UpdateCutRequestRequest update)
    {
        using var response = await UpdateAsync(request, number, update);
        return await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.OK);
    }

    static Task<IReadOnlyList<CutRequestSummary>> ListAsync(TestProject project) => project.GetAsync<IReadOnlyList<CutRequestSummary>>(HubRoutes.CutRequests);
}
