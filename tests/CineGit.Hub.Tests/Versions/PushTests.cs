using System.Net;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.TestKit;
using CineGit.TestKit.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Hub.Tests.Versions;

[Collection(HubFixture.Collection)]
public sealed class PushTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pushed_version_is_the_head_and_gives_back_cut_and_native_file_byte_for_byte()
    {
        using var project = await TestProject.CreateAsync(hub);
        var native = Encoding.UTF8.GetBytes("<xmeml version=\"5\">as the editor saved it</xmeml>\r\n");
        var pushed = await project.VersionAsync(
            CutWriter.Write(Films.First), ("Rolle \"1\" – Übersicht; v2.xml", native), "First assembly");
        var record = pushed.Record;

        var head = await TestProject.AcceptedAsync(await project.PushAsync("main", null, pushed));
        Assert.Equal(pushed.Id, head);

        var branch = await project.GetAsync<BranchResponse>(HubRoutes.Branch, "main");
        Assert.Equal((head, 1, "First assembly"), (branch.Head, branch.Versions, branch.HeadVersion?.Message));

        var version = await project.GetAsync<VersionResponse>(HubRoutes.Version, head);
        Assert.Equal((record.Cut, record.Native, record.NativeName, 1), (version.Cut, version.Native, version.NativeName, version.Generation));
        Assert.Equal(record.CreatedAt, version.CreatedAt);

        using var cut = await project.Client.GetAsync(project.At(HubRoutes.VersionCut, head), Ct);
        Assert.Equal("application/vnd.otio+json", cut.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TestProject.Canonical(Films.First), await cut.Content.ReadAsByteArrayAsync(Ct));

        using var file = await project.Client.GetAsync(project.At(HubRoutes.VersionNative, head), Ct);
        Assert.Equal(native, await file.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(record.NativeName, file.Content.Headers.ContentDisposition?.FileNameStar);
    }

    [Fact]
    public async Task A_push_on_an_old_head_is_refused_with_the_actual_one()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        var second = await project.CommitAsync("main", Films.With("SC01", 90), "Second");

        using var stale = await project.PushAsync("main", first, await project.VersionAsync(Films.With("SC02", 80), "Late", first));
        var problem = await Answers.ProblemAsync(stale, HttpStatusCode.Conflict, ProblemCodes.BranchStale);
        Assert.Equal(second, problem.GetProperty("actualHead").GetString());
        Assert.Equal(second, await project.HeadAsync("main"));
    }

    [Fact]
    public async Task A_push_whose_answer_was_lost_can_be_repeated_even_after_the_branch_moved_on()
    {
        using var project = await TestProject.CreateAsync(hub);
        var record = await project.VersionAsync(Films.First, "First");
        var head = await TestProject.AcceptedAsync(await project.PushAsync("main", null, record));

        Assert.Equal(head, await TestProject.AcceptedAsync(await project.PushAsync("main", null, record)));

        var next = await project.CommitAsync("main", Films.With("SC01", 90), "Second");
        Assert.Equal(head, await TestProject.AcceptedAsync(await project.PushAsync("main", null, record)));
        Assert.Equal(next, await project.HeadAsync("main"));
    }

    [Fact]
    public async Task Several_versions_are_taken_at_once_or_not_at_all()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.VersionAsync(Films.First, "First");
        var second = await project.VersionAsync(Films.With("SC01", 90), "Second", first.Id);
        var broken = second.Packed with { Version = second.Record with { Cut = new string('0', 64) } };
        var request = new PushRequest("main", null, VersionIdentity.IdOf(broken.Version));

        using var refused = await project.PushAsync(request, first.Packed, broken);
        await Answers.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity, ProblemCodes.InvalidCut);
        Assert.Null(await project.HeadAsync("main"));
        using var absent = await project.Client.GetAsync(project.At(HubRoutes.Version, first.Id), Ct);
        await Answers.ProblemAsync(absent, HttpStatusCode.NotFound, ProblemCodes.NotFound);

        var head = await TestProject.AcceptedAsync(await project.PushAsync("main", null, first, second));
        Assert.Equal(2, (await project.GetAsync<BranchResponse>(HubRoutes.Branch, "main")).Versions);
        Assert.Equal([first.Id], (await project.GetAsync<VersionResponse>(HubRoutes.Version, head)).Parents);
    }

    [Fact]
    public async Task A_parent_that_the_hub_does_not_have_is_named()
    {
        using var project = await TestProject.CreateAsync(hub);
        var unknown = new string('a', 64);
        var version = await project.VersionAsync(Films.First, "Orphan");
        var orphan = version.Packed with { Version = version.Record with { Parents = [unknown] } };
        using var response = await project.PushAsync(new PushRequest("main", null, VersionIdentity.IdOf(orphan.Version)), orphan);
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.UnprocessableEntity, ProblemCodes.MissingObject);
        Assert.Equal(unknown, problem.GetProperty("missing")[0].GetString());
        Assert.Contains(unknown, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_that_does_not_build_on_the_head_is_refused()
    {
        using var project = await TestProject.CreateAsync(hub);
        var head = await project.CommitAsync("main", Films.First, "First");
        using var response = await project.PushAsync("main", head, await project.VersionAsync(Films.With("SC01", 50), "Unrelated"));
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.Equal(head, await project.HeadAsync("main"));
    }

    [Fact]
    public async Task A_version_that_leads_nowhere_is_refused()
    {
        using var project = await TestProject.CreateAsync(hub);
        var stray = await project.VersionAsync(Films.With("SC01", 50), "Stray");
        using var response = await project.PushAsync("main", null, stray, await project.VersionAsync(Films.First, "First"));
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.Contains(stray.Id, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_that_is_no_timeline_is_refused_with_the_reason()
    {
        using var project = await TestProject.CreateAsync(hub);
        var marker = new OtioDocument(OtioBuilders.At24.Marker("No cut", 0));
        using var response = await project.PushAsync("main", null, await project.VersionAsync(marker, null, "Garbage"));
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.UnprocessableEntity, ProblemCodes.InvalidCut);
        Assert.Contains("timeline", problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_cut_whose_clips_have_no_ids_is_refused()
    {
        using var project = await TestProject.CreateAsync(hub);
        var bare = Cuts.Sequence(24).Video("V1", Cuts.Shot("SC01", "A001", 0, 10)).Build().WithoutIds();
        using var response = await project.PushAsync("main", null, await project.VersionAsync(bare, "No ids"));
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.UnprocessableEntity, ProblemCodes.InvalidCut);
        Assert.Contains("has no id", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<VersionRecord, VersionRecord>> Malformed => new()
    {
        { "parents", v => v with { Parents = ["not a hash"] } },
        { "parents", v => v with { Parents = [new string('a', 64), new string('b', 64), new string('c', 64)] } },
        { "cut", v => v with { Cut = "short" } },
        { "nativeName", v => v with { Native = v.Cut } },
        { "nativeName", v => v with { NativeName = "film.xml" } },
        { "nativeName", v => v with { Native = v.Cut, NativeName = "../film.xml" } },
        { "authorName", v => v with { AuthorName = " " } },
        { "message", v => v with { Message = new string('m', 10_001) } },
        { "message", v => v with { Message = "bell\a" } },
        { "createdAt", v => v with { CreatedAt = default } },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task A_malformed_version_is_refused_and_the_field_named(string field, Func<VersionRecord, VersionRecord> spoil)
    {
        using var project = await TestProject.CreateAsync(hub);
        var version = await project.VersionAsync(Films.First, "First");
        var spoilt = version.Packed with { Version = spoil(version.Record) };
        using var response = await project.PushAsync(new PushRequest("main", null, version.Id), spoilt);
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.StartsWith("versions[0]: " + field, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_twenty_pushes_at_once_each_round_takes_one_and_the_history_is_a_line()
    {
        using var project = await TestProject.CreateAsync(hub);
        var start = await project.CommitAsync("main", Films.First, "Start");
        var records = new List<TestVersion>();
        for (var i = 0; i < 20; i++) records.Add(await project.VersionAsync(Films.With("SC01", 50 + i), $"Editor {i}", start));

        var answers = await Task.WhenAll(records.Select(record => project.PushAsync("main", start, record)));
        var head = await project.HeadAsync("main");
        var taken = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(head, await TestProject.AcceptedAsync(taken));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            var problem = await Answers.ProblemAsync(refused, HttpStatusCode.Conflict, ProblemCodes.BranchStale);
            Assert.Equal(head, problem.GetProperty("actualHead").GetString());
        }

        var history = await project.GetAsync<HistoryResponse>(HubRoutes.History, "main");
        Assert.Equal([head, start], history.Versions.Select(version => version.Id));
    }
}
