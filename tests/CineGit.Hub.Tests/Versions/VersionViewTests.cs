using System.Net;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;
using CineGit.TestKit;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Tests.Versions;

[Collection(HubFixture.Collection)]
public sealed class VersionViewTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timeline_is_laid_out_in_whole_frames_from_its_start()
    {
        using var project = await TestProject.CreateAsync(hub);
        var cut = Cuts.Sequence(24, "Reel 2")
            .Video("V1", Cuts.Shot("SC01", "A001", 10, 100), Cuts.Dissolve(4, 6), Cuts.Shot("SC02", "A002", 20, 50).Marked("Look", 30), Cuts.Gap(12), Cuts.Shot("SC03", "A003", 0, 8))
            .Audio("A1", Cuts.Gap(5), Cuts.Shot("SC01", "A001", 15, 95))
            .Marker("Act 2", 100)
            .Identified();
        var version = await project.CommitAsync("main", cut, "Layout");

        var timeline = await project.GetAsync<TimelineResponse>(HubRoutes.VersionTimeline, version);
        Assert.Equal((version, "Reel 2", 24, 1, false), (timeline.Version, timeline.Name, timeline.RateNumerator, timeline.RateDenominator, timeline.DropFrame));
        Assert.Equal((86_400, 170), (timeline.StartFrame, timeline.DurationFrames));
        Assert.Equal(["V1 video", "A1 audio"], timeline.Tracks.Select(track => $"{track.Name} {track.Kind}"));
        Assert.Equal(
            ["SC01 0+100 from 10 A001.mov", "SC02 100+50 from 20 A002.mov", "SC03 162+8 from 0 A003.mov"],
            timeline.Tracks[0].Elements.Select(e => $"{e.Name} {e.StartFrame}+{e.DurationFrames} from {e.SourceStartFrame} {e.Media}"));
        Assert.Equal((5, 95), (timeline.Tracks[1].Elements[0].StartFrame, timeline.Tracks[1].Elements[0].DurationFrames));
        var dissolve = Assert.Single(timeline.Tracks[0].Transitions);
        Assert.Equal(("SMPTE_Dissolve", 96, 100, 10), (dissolve.Name, dissolve.StartFrame, dissolve.CutFrame, dissolve.DurationFrames));
        var look = Assert.Single(timeline.Tracks[0].Elements[1].Markers);
        Assert.Equal(("Look", 110), (look.Name, look.StartFrame));
        Assert.Equal(("Act 2", 100), (timeline.Markers[0].Name, timeline.Markers[0].StartFrame));
    }

    [Theory]
    [InlineData(107_892, null, true)]
    [InlineData(108_000, null, false)]
    [InlineData(0, null, false)]
    [InlineData(108_000, "DROP FRAME", true)]
    [InlineData(107_892, "NON-DROP FRAME", false)]
    public void Drop_frame_is_what_the_document_says_or_its_start_shows(long startFrame, string? stated, bool dropFrame)
    {
        var rate = FrameRate.Fps2997;
        var metadata = stated is null ? OtioObject.EmptyMap : OtioObject.Map(("cmx_3600", OtioObject.Map(("fcm", stated))));
        var sequence = new Sequence
        {
            Name = "Reel",
            Rate = rate,
            GlobalStart = Flicks.FromFrames(startFrame, rate),
            Document = new(OtioBuild.Timeline("Reel", new RationalTime(startFrame, rate), [], metadata)),
        };
        Assert.Equal(dropFrame, TimelineLayout.Of("", sequence).DropFrame);
    }

    [Fact]
    public async Task A_generator_is_told_from_a_clip_and_sound_shorter_than_a_frame_is_shown()
    {
        using var project = await TestProject.CreateAsync(hub);
        var bars = OtioBuild.Clip("Bars", OtioBuild.GeneratorReference("SMPTEBars", null), OtioBuild.Range(new(0, FrameRate.Fps24), new(24, FrameRate.Fps24)));
        var click = OtioBuild.Clip(
            "Click", OtioBuild.ExternalReference("file:///media/click.wav", null), OtioBuild.Range(new(0, new FrameRate(48_000, 1)), new(100, new FrameRate(48_000, 1))));
        var document = new OtioDocument(OtioBuild.Timeline(
            "Mixed", null, [OtioBuild.Track("V1", "Video", [bars]), OtioBuild.Track("A1", "Audio", [click])]));
        var read = CutReader.Read(document, new Timeline.Diagnostics.DiagnosticBag());
        var cut = Timeline.Identity.ElementMatcher.Identify(read, null, new Timeline.Identity.Birth(7)).Sequence;

        var version = await project.CommitAsync("main", cut, "Mixed");
        var timeline = await project.GetAsync<TimelineResponse>(HubRoutes.VersionTimeline, version);
        Assert.Equal(("generator", 24), (timeline.Tracks[0].Elements[0].Kind, timeline.Tracks[0].Elements[0].DurationFrames));
        Assert.Equal(("clip", 1), (timeline.Tracks[1].Elements[0].Kind, timeline.Tracks[1].Elements[0].DurationFrames));
    }

    [Fact]
    public async Task A_version_is_exported_as_otio_and_as_an_edit_list()
    {
        using var project = await TestProject.CreateAsync(hub);
        var version = await project.CommitAsync("main", Films.First, "First");

        using var otio = await project.Client.GetAsync(project.At(HubRoutes.VersionExport, version) + "?format=otio", Ct);
        Assert.Equal($"Reel 1 {version[..8]}.otio", otio.Content.Headers.ContentDisposition?.FileNameStar);
        var document = OtioReader.Read(await otio.Content.ReadAsByteArrayAsync(Ct), new Timeline.Diagnostics.DiagnosticBag());
        Assert.Equal(CanonicalForm.Hash(CutWriter.Write(Films.First)), CanonicalForm.Hash(document));

        using var edl = await project.Client.GetAsync(project.At(HubRoutes.VersionExport, version) + "?format=edl", Ct);
        var list = await edl.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, edl.StatusCode);
        Assert.Contains("TITLE: Reel 1", list, StringComparison.Ordinal);
        Assert.Contains("01:00:04:04 01:00:08:08", list, StringComparison.Ordinal);

        using var unknown = await project.Client.GetAsync(project.At(HubRoutes.VersionExport, version) + "?format=mov", Ct);
        await Answers.ProblemAsync(unknown, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Comparing_names_what_changed_since_the_first_parent_or_any_other_version()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        var trimmed = await project.CommitAsync("main", Films.With("SC02", 80), "Trimmed");
        var renamed = await project.CommitAsync("main", Films.Renamed("SC03", "SC03 alt", Films.With("SC02", 80)), "Renamed");

        var alone = await CompareAsync(project, $"head={renamed}");
        Assert.Equal((trimmed, "rename"), (alone.Base, Assert.Single(alone.Edits).Kind));

        var together = await CompareAsync(project, $"base={first}&head={renamed}");
        Assert.Equal(["rename", "trim-tail"], together.Edits.Select(edit => edit.Kind).Order());
        var trim = Assert.Single(together.Edits, edit => edit.Kind == "trim-tail");
        Assert.Equal(("SC02", -20, "01:00:04:04"), (trim.Subject, trim.AmountFrames, trim.Timecode));
        Assert.Equal(1, together.Shifted);

        Assert.Null((await CompareAsync(project, $"head={first}")).Base);
        using var nothing = await project.Client.GetAsync(project.At(HubRoutes.Compare) + "?head=main", Ct);
        await Answers.ProblemAsync(nothing, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task Media_in_another_folder_is_counted_and_no_change()
    {
        using var project = await TestProject.CreateAsync(hub);
        await project.CommitAsync("main", Films.First, "First");
        var elsewhere = await project.CommitAsync("main", Films.Elsewhere, "On the other machine");

        var compared = await CompareAsync(project, $"head={elsewhere}");

        Assert.Empty(compared.Edits);
        Assert.Equal((0, Films.First.Tracks.Sum(t => t.Elements.Length)), (compared.Shifted, compared.Relocated));
    }

    [Fact]
    public async Task A_merge_has_no_file_of_its_own()
    {
        using var project = await TestProject.CreateAsync(hub);
        var version = await project.CommitAsync("main", Films.First, "First");
        using var response = await project.Client.GetAsync(project.At(HubRoutes.VersionNative, version), Ct);
        await Answers.ProblemAsync(response, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    static async Task<CompareResponse> CompareAsync(TestProject project, string query)
    {
        using var response = await project.Client.GetAsync(project.At(HubRoutes.Compare) + "?" + query, Ct);
        var body = await response.Content.ReadAsByteArrayAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(body));
        return System.Text.Json.JsonSerializer.Deserialize(body, HubJson.Default.CompareResponse)
            ?? throw new InvalidOperationException("The hub answered null.");
    }
}
