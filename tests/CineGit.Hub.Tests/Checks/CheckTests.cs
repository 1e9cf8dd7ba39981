using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Events;
using CineGit.Hub.Tests.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Checks;

/// <summary>Checks of versions: run by themselves, asked for again, reported by others, and asked of what is merged.</summary>
[Collection(HubFixture.Collection)]
public sealed class CheckTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_to_be_merged_is_checked_by_itself_each_version_anew()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 2), onMain: null);
        var shown = await request.OpenAsync();
        var flashes = await ResultsAsync(request.Project, shown.SourceHead);
        var failed = Assert.Single(flashes.Results, result => result.State == CheckStates.Failed);
        Assert.Equal((CheckNames.FlashFrames, "main", true), (failed.Name, failed.Branch, failed.IsOwn));
        Assert.Equal("SC01 is 2 frames long.", Assert.Single(failed.Findings).Message);
        Assert.Contains(await LinesAsync(request, shown.Number), line => line is { Name: CheckNames.FlashFrames, State: CheckStates.Failed, Required: false });

        var better = await request.Project.CommitAsync(TestCutRequest.Source, Films.With("SC01", 20), "Longer");
        Assert.All((await ResultsAsync(request.Project, better)).Results, result => Assert.Equal(CheckStates.Passed, result.State));
        Assert.Contains((await ResultsAsync(request.Project, shown.SourceHead)).Results, result => result.State == CheckStates.Failed);
    }

    [Fact]
    public async Task A_branch_that_asks_for_checks_takes_nothing_that_has_not_passed_them()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 2), onMain: null);
        var project = request.Project;
        await project.ProtectAsync(Reviewing.Asking(checks: [CheckNames.FlashFrames, "colour"]));
        var shown = await request.OpenAsync();
        await ResultsAsync(project, shown.SourceHead);
        Assert.Equal(
            ["The check flash-frames failed: 1 flash frame.", "The check colour has not passed yet: Nothing was reported yet."],
            await Reviewing.BlockedAsync(await request.MergeAsync(shown.Number, shown.SourceHead, shown.TargetHead)));

        var better = await project.CommitAsync(TestCutRequest.Source, Films.With("SC01", 20), "Longer");
        await ResultsAsync(project, better);
        await ReportedAsync(project.Client, project, shown.SourceHead, "colour", CheckStates.Passed);
        // Said of another version, it says nothing of this one.
        Assert.Single(await Reviewing.BlockedAsync(await request.MergeAsync(shown.Number, better, shown.TargetHead)));
        await ReportedAsync(project.Client, project, better, "colour", CheckStates.Passed);
        Assert.True((await request.ShowAsync(shown.Number)).Mergeable);
        await request.MergedAsync(await request.ShowAsync(shown.Number));
    }

    [Fact]
    public async Task Another_system_reports_with_a_token_that_may_do_just_that()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var shown = await request.OpenAsync();
        var access = hub.Services.GetRequiredService<AccessStore>();
        var scopes = PermissionSet.Of(Permission.CheckReport);
        using var reporter = hub.Bearer((await access.CreateTokenAsync(hub.Owner.User.Id, "colour", scopes, TimeSpan.FromDays(1), Ct)).Secret);
        using var reader = hub.Bearer((await access.CreateTokenAsync(hub.Owner.User.Id, "other", PermissionSet.Of(Permission.ProjectRead), TimeSpan.FromDays(1), Ct)).Secret);
        await using var listener = await TestListener.OpenAsync(request.Project.Client, request.Project.At(HubRoutes.ProjectEvents));

        using (var unable = await ReportAsync(reader, request.Project, shown.SourceHead, "colour", CheckStates.Passed))
        {
            await Answers.ProblemAsync(unable, HttpStatusCode.Forbidden, ProblemCodes.NotAllowed);
        }

        await ReportedAsync(reporter, request.Project, shown.SourceHead, "colour", CheckStates.Pending);
        await ReportedAsync(reporter, request.Project, shown.SourceHead, "colour", CheckStates.Failed);
        var results = await request.Project.GetAsync<ChecksResponse>(HubRoutes.Checks, shown.SourceHead ?? "");
        var colour = Assert.Single(results.Results, result => result.Name == "colour");
        Assert.Equal((CheckStates.Failed, null, false, "https://colour.example.com/1"), (colour.State, colour.Branch, colour.IsOwn, colour.Link));
        Assert.Equal(("SC01 is green.", 10L), (Assert.Single(colour.Findings).Message, colour.Findings[0].AtFrame));
        while ((await listener.NextAsync(EventNames.CheckCompleted)).Detail.GetProperty("failed").GetArrayLength() == 0)
        {
            // The hub's own, and the pending one.
        }
    }

    [Theory]
    [InlineData(CheckNames.Sync, CheckStates.Passed, "Fine.", null)]
    [InlineData("Colour", CheckStates.Passed, "Fine.", null)]
    [InlineData("colour", "maybe", "Fine.", null)]
    [InlineData("colour", CheckStates.Passed, "", null)]
    [InlineData("colour", CheckStates.Passed, "Fine.", "javascript:alert(1)")]
    public async Task What_is_no_report_is_refused(string check, string state, string summary, string? link)
    {
        using var project = await TestProject.CreateAsync(hub);
        var version = await project.CommitAsync("main", Films.First, "First");
        using var response = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.Check, version, check), new ReportCheckRequest(state, summary, null, link), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Another_length_asked_for_is_another_check()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        var shown = await request.OpenAsync();
        Assert.True((await ResultsAsync(project, shown.SourceHead)).Results.Single(result => result.Name == CheckNames.Duration).State == CheckStates.Passed);
        await SetAsync(project, new(null, null, 5));
        await UntilAsync(project, shown.SourceHead, CheckStates.Failed);
        // What is asked of one branch goes before what is asked of all.
        await SetAsync(project, new("main", null, 60));
        await UntilAsync(project, shown.SourceHead, CheckStates.Passed);
        var settings = await project.GetAsync<IReadOnlyList<CheckSettings>>(HubRoutes.CheckSettings);
        Assert.Equal([new(null, null, 5), new("main", null, 60)], settings);
        await SetAsync(project, new("main", null, null));
        await UntilAsync(project, shown.SourceHead, CheckStates.Failed);
    }

    [Fact]
    public async Task A_merge_that_would_not_pass_what_both_sides_pass_is_refused()
    {
        // Main and the branch each add two seconds to twelve and a half: either may, both may not.
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 148), Films.With("SC03", 148));
        var project = request.Project;
        await SetAsync(project, new("main", null, 15));
        await project.ProtectAsync(Reviewing.Asking(checks: [CheckNames.Duration]));
        var shown = await request.OpenAsync();
        Assert.All((await ResultsAsync(project, shown.SourceHead)).Results, result => Assert.Equal(CheckStates.Passed, result.State));
        Assert.Equal(
            ["The merge would not pass duration: The cut is 00:00:16:12 long, 36 frames more than it may be."],
            await Reviewing.BlockedAsync(await request.MergeAsync(shown.Number, shown.SourceHead, shown.TargetHead)));
        Assert.Equal(shown.TargetHead, await project.HeadAsync("main"));
    }

    [Fact]
    public async Task A_branch_that_moves_makes_its_requests_conflicted_before_anybody_looks()
    {
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), onMain: null);
        var project = request.Project;
        var shown = await request.OpenAsync();
        await using var listener = await TestListener.OpenAsync(project.Client, project.At(HubRoutes.ProjectEvents));
        await project.CommitAsync("main", Films.With("SC01", 80), "Otherwise");
        Assert.Equal(shown.Number, (await listener.NextAsync(EventNames.CutRequestConflicted)).Detail.GetProperty("number").GetInt32());
        var list = await project.GetAsync<IReadOnlyList<CutRequestSummary>>(HubRoutes.CutRequests);
        Assert.Equal(CutRequestStates.Conflicted, Assert.Single(list).State);
    }

    static async Task SetAsync(TestProject project, CheckSettings settings)
    {
        using var response = await project.Client.PutAsJsonAsync(project.At(HubRoutes.CheckSettings), settings, Ct);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>The results once nothing is to be run any more.</summary>
    static async Task<ChecksResponse> ResultsAsync(TestProject project, string? version)
    {
        ChecksResponse? results = null;
        await Until.TrueAsync(
            async () =>
            {
                results = await project.GetAsync<ChecksResponse>(HubRoutes.Checks, version ?? "");
                return results is { Running: false, Results.Count: > 0 };
            },
            "the checks are done",
            Ct);
        return results ?? throw new InvalidOperationException("There are no results.");
    }

    static Task UntilAsync(TestProject project, string? version, string state) => Until.TrueAsync(
        async () => (await ResultsAsync(project, version)).Results.Single(result => result.Name == CheckNames.Duration).State == state, $"duration {state}", Ct);

    static async Task<IReadOnlyList<CheckSummary>> LinesAsync(TestCutRequest request, int number) => (await request.ShowAsync(number)).Checks;

    static Task<HttpResponseMessage> ReportAsync(HttpClient client, TestProject project, string? version, string check, string state) => client.PostAsJsonAsync(
        project.At(HubRoutes.Check, version ?? "", check),
        new ReportCheckRequest(
            state, "Green.", [new CheckFinding("SC01 is green.", ["1-2"], 10, "01:00:00:10", "V1", null)], "https://colour.example.com/1"),
        Ct);

    static async Task ReportedAsync(HttpClient client, TestProject project, string? version, string check, string state)
    {
        using var response = await ReportAsync(client, project, version, check, state);
        Assert.True(response.StatusCode is HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync(Ct));
    }
}
