using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

public sealed class MediaAndSpeedTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Cut(string file, string name = "shot") => Cuts.Sequence(24)
        .Video("V1", Cuts.Shot(name, file, 50, 100), Cuts.Shot("next", "N", 0, 50))
        .Identified();

    static Edit Only(Sequence before, Sequence after) => Assert.Single(SequenceDiff.Compare(before, after).Edits);

    static Sequence Shows(Sequence cut, string key, string file, string? name = null) =>
        cut.Change("shot", e => (Clip)e with { Name = name ?? e.Name, Media = ((Clip)e).Media with { Key = key, Name = file } });

    [Theory]
    [InlineData("/b/VFX_021_v012.mov", "VFX_021_v012.mov", EditKind.VersionUp, "Updated shot from v011 to v012 at 01:00:00:00 (V1)")]
    [InlineData("/b/VFX_021_v009.mov", "VFX_021_v009.mov", EditKind.VersionUp, "Took shot back from v011 to v009 at 01:00:00:00 (V1)")]
    [InlineData("/b/VFX_021_v011.mov", "VFX_021_v011.mov", EditKind.Relink, "Relinked shot to /b/VFX_021_v011.mov at 01:00:00:00 (V1)")]
    [InlineData("/b/VFX_021_v011.mxf", "VFX_021_v011.mxf", EditKind.Relink, "Relinked shot to VFX_021_v011.mxf at 01:00:00:00 (V1)")]
    [InlineData("/b/VFX_044_v011.mov", "VFX_044_v011.mov", EditKind.ReplaceMedia, "Replaced the media of shot: VFX_021_v011.mov → VFX_044_v011.mov at 01:00:00:00 (V1)")]
    public void Another_path_another_version_and_another_shot_are_told_apart(string key, string file, EditKind kind, string sentence)
    {
        var before = Cut("VFX_021_v011");

        var edit = Only(before, Shows(before, key, file));

        Assert.Equal((kind, sentence), (edit.Kind, edit.Sentence));
    }

    [Fact]
    public void A_clip_named_after_its_file_is_not_renamed_beside_the_other_version()
    {
        var before = Shows(Cut("x"), "/a/VFX_021_v011.mov", "VFX_021_v011.mov", "VFX_021_v011");
        var after = before.ChangeTracks(t => t with
        {
            Elements = [(Clip)t.Elements[0] with { Name = "VFX_021_v012", Media = ((Clip)t.Elements[0]).Media with { Key = "/a/VFX_021_v012.mov", Name = "VFX_021_v012.mov" } }, t.Elements[1]],
        });

        Assert.Equal(EditKind.VersionUp, Only(before, after).Kind);
    }

    [Fact]
    public void Other_media_from_another_place_in_the_file_is_one_replacement()
    {
        var before = Cut("A001");
        var after = Shows(before, "/b/B002.mov", "B002.mov").Change("shot", e => e with { SourceStart = F(700) });

        Assert.Equal(EditKind.ReplaceMedia, Only(before, after).Kind);
    }

    [Theory]
    [InlineData(1.0, 2.0, "Changed the speed of a from 100% to 200% at 01:00:00:00 (V1)")]
    [InlineData(1.0, 0.125, "Changed the speed of a from 100% to 12.5% at 01:00:00:00 (V1)")]
    [InlineData(1.0, -1.0, "Reversed a at 01:00:00:00 (V1)")]
    [InlineData(0.5, -0.5, "Reversed a at -50% at 01:00:00:00 (V1)")]
    [InlineData(-1.0, 1.0, "Turned forward a at 01:00:00:00 (V1)")]
    [InlineData(1.0, -2.0, "Changed the speed of a from 100% to -200% at 01:00:00:00 (V1)")]
    [InlineData(1.0, 0.0, "Froze a at 01:00:00:00 (V1)")]
    [InlineData(0.0, 0.5, "Changed a from a freeze frame to 50% at 01:00:00:00 (V1)")]
    public void Speed_is_told_in_percent_backwards_and_frozen(double was, double becomes, string sentence)
    {
        var before = Cuts.Sequence(24).Video("V1", Cuts.Shot("a", "A", 50, 100).At(was)).Identified();
        var after = before.Change("a", e => e with { Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromDouble(becomes) }] });

        Assert.Equal((EditKind.Retime, sentence), (Only(before, after).Kind, Only(before, after).Sentence));
    }

    [Fact]
    public void A_reversed_shot_that_begins_elsewhere_in_its_source_is_one_edit()
    {
        var before = Cuts.Sequence(24).Video("V1", Cuts.Shot("a", "A", 50, 100).At(1)).Identified();
        var after = before.Change("a", e => e with { SourceStart = F(149), Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromDouble(-1) }] });

        Assert.Equal(EditKind.Retime, Only(before, after).Kind);
    }
}
