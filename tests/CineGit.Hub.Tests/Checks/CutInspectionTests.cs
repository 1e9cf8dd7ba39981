using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Checks;
using CineGit.Hub.Tests.Versions;
using CineGit.TestKit;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Tests.Checks;

/// <summary>The hub's own checks, on cuts made by hand.</summary>
public sealed class CutInspectionTests
{
    static readonly CheckSettings NoLimits = new(null, null, null);

    static CheckVerdict Of(Sequence cut, string name, CheckSettings? settings = null) => new CutInspection(cut, settings ?? NoLimits).Of(name);

    [Fact]
    public void A_sound_cut_passes_everything()
    {
        var verdicts = new CutInspection(Films.First, NoLimits).All().ToList();
        Assert.Equal(CutInspection.Names, verdicts.Select(verdict => verdict.Name));
        Assert.All(verdicts, verdict => Assert.True(verdict.Passed, $"{verdict.Name}: {verdict.Summary}"));
    }

    [Fact]
    public void A_gap_is_told_with_its_place_and_what_comes_after_it()
    {
        var cut = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("SC01", "A001", 10, 50), Cuts.Gap(24), Cuts.Shot("SC02", "A002", 10, 50), Cuts.Gap(10))
            .Audio("A1", Cuts.Shot("SC01", "A001", 10, 300))
            .Identified();
        var verdict = Of(cut, CheckNames.Gaps);
        Assert.Equal((false, "1 gap without a picture, 24 frames in all."), (verdict.Passed, verdict.Summary));
        var finding = Assert.Single(verdict.Findings);
        Assert.Equal((50L, "V1", "gap"), (finding.AtFrame, finding.Track, finding.Code));
        Assert.Equal("There is no picture for 24 frames before SC02.", finding.Message);
        Assert.Equal([cut.Element("SC02").Id.ToString()], finding.Elements);
    }

    [Fact]
    public void A_gap_that_another_track_fills_is_none()
    {
        var cut = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("SC01", "A001", 10, 50), Cuts.Gap(24), Cuts.Shot("SC02", "A002", 10, 50))
            .Video("V2", Cuts.Gap(40), Cuts.Shot("SC03", "A003", 10, 34))
            .Identified();
        Assert.True(Of(cut, CheckNames.Gaps).Passed);
        Assert.False(Of(cut.ChangeTracks(track => track.Name == "V2" ? track with { Enabled = false } : track), CheckNames.Gaps).Passed);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Less_than_three_frames_is_a_flash(long frames, bool passes)
    {
        var shot = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("SC01", "A001", 10, 50), Cuts.Shot("SC02", "A002", 10, frames), Cuts.Shot("SC03", "A003", 10, 50))
            .Audio("A1", Cuts.Shot("SC02", "A002", 10, 1))
            .Identified();
        var verdict = Of(shot, CheckNames.FlashFrames);
        Assert.Equal(passes, verdict.Passed);
        if (!passes) Assert.Equal((50L, "flash-frame"), (Assert.Single(verdict.Findings).AtFrame, verdict.Findings[0].Code));

        var black = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("SC01", "A001", 10, 50), Cuts.Gap(frames), Cuts.Shot("SC03", "A003", 10, 50))
            .Identified();
        Assert.Equal(passes, Of(black, CheckNames.FlashFrames).Passed);
    }

    [Fact]
    public void Sound_that_has_slipped_against_its_picture_fails_sync_and_nothing_else()
    {
        var linked = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("SC01", "A001", 10, 50).Linked("a"))
            .Audio("A1", Cuts.Gap(5), Cuts.Shot("SC01", "A001", 10, 50).Linked("a"))
            .Identified();
        var failed = new CutInspection(linked, NoLimits).All().Where(verdict => !verdict.Passed).ToList();
        Assert.Equal(CheckNames.Sync, Assert.Single(failed).Name);
        Assert.Equal(2, Assert.Single(failed[0].Findings).Elements?.Count);
    }

    [Fact]
    public void A_clip_beyond_its_media_is_offline()
    {
        var cut = Cuts.Sequence(24).Video("V1", Cuts.Shot("SC01", "A001", 10, 50, mediaFrames: 30)).Identified();
        var failed = new CutInspection(cut, NoLimits).All().Where(verdict => !verdict.Passed);
        Assert.Equal(CheckNames.OfflineMedia, Assert.Single(failed).Name);
    }

    [Theory]
    [InlineData(null, 12, false, "too-long")]
    [InlineData(13, null, false, "too-short")]
    [InlineData(12, 13, true, null)]
    public void A_cut_may_be_asked_to_have_a_length(int? shortest, int? longest, bool passes, string? code)
    {
        // 300 frames at 24: twelve and a half seconds.
        var verdict = Of(Films.First, CheckNames.Duration, new(null, shortest, longest));
        Assert.Equal((passes, code), (verdict.Passed, verdict.Findings.Count == 0 ? null : verdict.Findings[0].Code));
        if (longest == 12) Assert.Equal("The cut is 00:00:12:12 long, 12 frames more than it may be.", verdict.Summary);
    }

    [Fact]
    public void Of_very_many_findings_the_first_are_told_and_all_are_counted()
    {
        var cut = Cuts.Sequence(new FrameRate(24, 1))
            .Video("V1", [.. Enumerable.Range(0, 500).Select(i => Cuts.Shot($"S{i}", $"A{i}", 10, 1))])
            .Identified();
        var verdict = Of(cut, CheckNames.FlashFrames);
        Assert.Equal((CheckVerdict.MostFindings, "500 flash frames."), (verdict.Findings.Count, verdict.Summary));
    }
}
