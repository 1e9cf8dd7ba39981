using CineGit.TestKit;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Merge.Reel;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Ten ways in which two editors work close together and both get what they want, to the frame.</summary>
public sealed class MergingScenarioTests
{
    [Fact]
    public void Equal_ripple_trims_over_one_gap_add_up() => Assert.Equal(
        "V1: s1[0,88) s2[88,176) s3[176,276) s4[276,376) / V2: title[306,326) / A1: s1[0,88) s2[88,176) s3[176,276) s4[276,376)",
        Told(Clean(Start.TrimTail("s1", 12), Start.TrimTail("s2", 12))));

    [Fact]
    public void Unequal_ripple_trims_over_one_gap_add_up() => Assert.Equal(
        "V1: s1[0,88) s2[88,183) s3[183,283) s4[283,383) / V2: title[313,333) / A1: s1[0,88) s2[88,183) s3[183,283) s4[283,383)",
        Told(Clean(Start.TrimTail("s1", 12), Start.TrimTail("s2", 5))));

    [Fact]
    public void B_roll_behind_a_ripple_trim_goes_along_with_its_shot() => Assert.Equal(
        "V1: s1[0,88) s2[88,188) s3[188,288) s4[288,388) / V2: br[208,238) title[318,338) / A1: s1[0,88) s2[88,188) s3[188,288) s4[288,388)",
        Told(Clean(Start.TrimTail("s1", 12), Start.Cover(220, "br", 71))));

    [Fact]
    public void A_moved_shot_has_the_new_name() => Assert.Equal(
        "V1: s2[0,100) s3[100,200) hero[200,300) s4[300,400) / V2: title[330,350) / A1: s2[0,100) s3[100,200) hero[200,300) s4[300,400)",
        Told(Clean(Start.Move("s1", 2), Start.Rename("s1", "hero"))));

    [Fact]
    public void Head_and_tail_of_one_shot_are_two_things()
    {
        var merged = Clean(Start.TrimHead("s2", 6), Start.TrimTail("s2", 9));

        Assert.Equal("s1[0,100) s2[100,185) s3[185,285) s4[285,385)", merged.Layout("V1"));
        Assert.Equal("title[315,335)", merged.Layout("V2"));
        Assert.Equal(F(56), merged.Element("s2", "V1").SourceStart);
    }

    [Fact]
    public void Two_effects_of_one_shot_are_two_things()
    {
        var effects = Clean(Start.Set(0, Effect("Blur", "amount", 3, 91)), Start.Set(1, Effect("Mask", "size", 7, 92))).Element("s2", "V1").Effects;

        Assert.Equal([Effect("Blur", "amount", 3, 91).Node, Effect("Mask", "size", 7, 92).Node], effects.Select(e => e.Node));
    }

    [Fact]
    public void Two_markers_on_one_shot_are_both_there()
    {
        static Sequence Marked(string name, long at, ulong birth)
        {
            var marker = Cuts.Sequence(24).Video("V1", Cuts.Shot("x", "x", 0, 200).Marked(name, at)).Identified().Element("x", "V1").Markers[0];
            return Start.Change("s2", e => e with { Markers = e.Markers.Add(marker with { Id = new(birth, 1) }) }, "V1");
        }

        Assert.Equal(["look", "sound"], Clean(Marked("look", 60, 91), Marked("sound", 80, 92)).Element("s2", "V1").Markers.Select(m => m.Name).Order());
    }

    [Fact]
    public void Inserts_before_and_behind_one_shot_both_go_in() => Assert.Equal(
        "V1: s1[0,100) p[100,124) s2[124,224) q[224,272) s3[272,372) s4[372,472) / V2: title[402,422) / A1: s1[0,100) p[100,124) s2[124,224) q[224,272) s3[272,372) s4[372,472)",
        Told(Clean(Start.Insert(1, "p", 24, 71), Start.Insert(2, "q", 48, 72))));

    [Fact]
    public void A_disabled_shot_has_the_new_name() =>
        Assert.False(Clean(Start.Change("s2", e => e with { Enabled = false }), Start.Rename("s2", "hero")).Element("hero", "V1").Enabled);

    [Fact]
    public void A_muted_track_has_the_new_name()
    {
        var merged = Clean(
            Start.ChangeTracks(t => t.Name == "A1" ? t with { Enabled = false } : t),
            Start.ChangeTracks(t => t.Name == "A1" ? t with { Name = "Dialogue" } : t));

        Assert.False(merged.Track("Dialogue").Enabled);
    }

    static Sequence Elsewhere() => Start.ChangeTracks(t => t with
    {
        Elements = [.. t.Elements.Select(e => e is Clip c ? c with { Media = c.Media with { Key = c.Media.Key.Replace("/media/", "/raid/", StringComparison.Ordinal) } } : e)],
    });

    [Fact]
    public void A_shot_that_is_deleted_is_not_kept_because_its_file_is_in_another_folder() => Assert.Equal(
        "V1: s1[0,100) s3[100,200) s4[200,300) / V2: title[230,250) / A1: s1[0,100) s3[100,200) s4[200,300)",
        Told(Clean(Start.Delete("s2"), Elsewhere())));

    [Fact]
    public void Replaced_media_stay_when_all_that_was_there_is_in_another_folder()
    {
        var merged = Clean(Start.Replace("s2", "B007"), Elsewhere());

        Assert.Equal("B007", ((Clip)merged.Element("s2", "V1")).Media.Key);
        Assert.Contains("/raid/", ((Clip)merged.Element("s1", "V1")).Media.Key, StringComparison.Ordinal);
    }

    [Fact]
    public void A_marker_that_is_deleted_is_gone_though_the_other_program_dropped_its_id()
    {
        var marker = Cuts.Sequence(24).Video("V1", Cuts.Shot("x", "x", 0, 200).Marked("look", 60)).Identified().Element("x", "V1").Markers[0];
        var own = OtioObject.EmptyMap.With("cinegit", OtioObject.EmptyMap.With("id", new OtioString("91-1")));
        Sequence With(Marker mark) => Start.Change("s2", e => e with { Markers = e.Markers.Add(mark) }, "V1");
        var kept = With(marker with { Id = new(91, 1), Node = marker.Node.With("metadata", own) });

        var result = CineGit.Timeline.Merge.ThreeWayMerge.Merge(new(kept, Start, With(marker with { Id = new(91, 1) })));

        Assert.Empty(result.Conflicts);
        Assert.Empty(result.Merged.Element("s2", "V1").Markers);
    }
}
