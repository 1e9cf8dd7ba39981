using System.Net;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.CutRequests;

[Collection(HubFixture.Collection)]
public sealed class OutcomeTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<OutcomesResponse> OutcomesAsync(TestCutRequest test, string conflict) =>
        test.Project.GetAsync<OutcomesResponse>(HubRoutes.Outcomes, "1", conflict);

    [Fact]
    public async Task Each_answer_is_drawn_as_the_cut_it_makes_beside_the_one_both_came_from()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), Films.With("SC02", 95));
        var conflict = Assert.Single((await test.OpenAsync()).Conflicts);

        var outcomes = (await OutcomesAsync(test, conflict.Id)).Outcomes;

        Assert.Null(outcomes[0].Choice);
        var lengths = outcomes.ToDictionary(o => o.Choice ?? "", o => Disputed(o).DurationFrames);
        Assert.Equal((100, 95, 80), (lengths[""], lengths["ours"], lengths["theirs"]));
        Assert.Single(outcomes.Select(o => o.DurationFrames).Distinct());
        Assert.All(outcomes, outcome =>
        {
            var clip = Disputed(outcome);
            Assert.InRange(clip.StartFrame, outcome.FromFrame, outcome.FromFrame + outcome.DurationFrames);
            Assert.Equal(conflict.Tracks, outcome.Timeline.Tracks.Select(track => track.Name));
        });
    }

    [Fact]
    public async Task An_answered_conflict_can_still_be_looked_at_from_all_sides()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), Films.With("SC02", 95));
        var conflict = Assert.Single((await test.OpenAsync()).Conflicts);
        var before = (await OutcomesAsync(test, conflict.Id)).Outcomes.Select(o => (o.Choice, Disputed(o).DurationFrames));

        await test.ResolvedAsync(1, conflict.Id, "theirs");

        Assert.Equal(before, (await OutcomesAsync(test, conflict.Id)).Outcomes.Select(o => (o.Choice, Disputed(o).DurationFrames)));
    }

    [Fact]
    public async Task A_conflict_that_is_not_there_has_no_outcomes()
    {
        using var test = await TestCutRequest.CreateAsync(hub, Films.With("SC02", 80), Films.With("SC02", 95));
        await test.OpenAsync();

        using var answer = await test.Project.Client.GetAsync(test.Project.At(HubRoutes.Outcomes, "1", "0123456789abcdef"), Ct);

        await Answers.ProblemAsync(answer, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    static ElementView Disputed(OutcomeView outcome) =>
        outcome.Timeline.Tracks.SelectMany(track => track.Elements).Single(element => outcome.Elements.Contains(element.Id));
}
