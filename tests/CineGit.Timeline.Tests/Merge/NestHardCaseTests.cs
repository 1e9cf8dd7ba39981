using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Tests.Otio;
using static CineGit.Timeline.Tests.Identity.NestCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>The case of <see cref="HardCasesTests"/> about nests: a noisy export, and a sequence used twice.</summary>
public sealed class NestHardCaseTests
{
    const int Slugs = 40;

    static OtioObject Compound(long start, long frames) => Nest(
        "COMP",
        (start, frames),
        Track("V1", Clip("n1", 0, 100), Clip("n2", 40, 100), Clip("n3", 80, 100)),
        Track("A1", Clip("n1", 0, 100), Clip("n2", 40, 100), Clip("n3", 80, 100)));

    /// <summary>Forty slugs between shots, a visual effect, and a compound used twice and written twice.</summary>
    static List<OtioObject> Row(string effect)
    {
        var row = new List<OtioObject>();
        for (var i = 0; i < Slugs; i++)
        {
            row.Add(Clip("slug", 0, 24));
            if (i % 2 == 0) row.Add(Clip($"SC{i:D2}", 10 + i, 50));
            if (i == 10) row.Add(Compound(0, 200));
            if (i == 20) row.Add(Clip(effect, 8, 60));
            if (i == 30) row.Add(Compound(20, 100));
        }

        return row;
    }

    static Sequence Base() => First(Cut(
        Track("V1", [.. Row("VFX_021_v011")]),
        Track("V2", Gap(60), Clip("title", 0, 40)),
        Track("A1", [.. Enumerable.Range(0, Slugs).Select(i => i % 2 == 0 ? Clip($"SC{i:D2}", 10 + i, 50) : Gap(30))])));

    /// <summary>
    /// The same cut from another program on another machine: no id of ours, other paths, a new state of one shot, one more track
    /// above the first.
    /// </summary>
    static Sequence Export(Sequence cut)
    {
        var text = Encoding.UTF8.GetString(TimelineAssert.Utf8(CutWriter.Write(Exported(cut))))
            .Replace("file:///media/", "file:///Volumes/raid7/media/", StringComparison.Ordinal)
            .Replace("VFX_021_v011", "VFX_021_v012", StringComparison.Ordinal);
        var root = OtioTexts.Read(text).Root;
        var stack = root.Child("tracks") ?? throw new InvalidOperationException("no tracks");
        var tracks = stack.List("children").Insert(1, Track("GFX", Gap(100), Clip("logo", 0, 30)));
        return Next(Saved(new OtioDocument(root.With("tracks", stack.With("children", OtioArray.Of(tracks))))), cut);
    }

    static Sequence TrimInside(Sequence cut, string name, long by) => Edit(cut, "COMP", c => Tail(c, name, by));

    static Sequence TrimUse(Sequence cut, int use, long by)
    {
        var id = Uses(cut, "COMP")[use].Id;
        return cut.ChangeTracks(t => t with { Elements = [.. t.Elements.Select(e => e.Id == id ? e with { Duration = e.Duration + F(by) } : e)] });
    }

    static MergeResult Merge(Sequence origin, Sequence ours, Sequence theirs, params Resolution[] resolutions) =>
        ThreeWayMerge.Merge(new(origin, ours, theirs) { Resolutions = [.. resolutions], OursName = "main", TheirsName = "rough-cut" });

    [Fact]
    public void Case_12_a_noisy_export_is_a_track_and_a_version_up_and_nothing_else()
    {
        var o = Base();
        var list = SequenceDiff.Compare(o, Export(o));

        Assert.Equal(
            ["Added track GFX with logo (GFX)", "Updated VFX_021_v012 from v011 to v012 at 00:00:52:06 (V1)"],
            list.Edits.Select(e => e.Sentence));
        Assert.Equal([EditKind.TrackAdd, EditKind.VersionUp], list.Edits.Select(e => e.Kind));
        Assert.Equal(0, list.Shifted);
    }

    [Fact]
    public void Case_12_a_trim_inside_counts_once_for_both_uses_and_the_trim_of_one_use_for_that_use()
    {
        var o = Base();
        var (a, b) = (Export(TrimInside(o, "n3", -12)), TrimUse(o, 0, -10));

        var merged = Merge(o, a, b);

        Assert.Empty(merged.Conflicts);
        Assert.Equal([F(190), F(100)], Uses(merged.Merged, "COMP").Select(u => u.Duration));
        Assert.All(Uses(merged.Merged, "COMP"), u => Assert.Equal("n1[0,100) n2[100,200) n3[200,288)", NestInside.Of(u, Rate)?.Layout("V1")));
        Assert.Equal(["V1", "GFX", "V2", "A1"], merged.Merged.Tracks.Select(t => t.Name));
        Assert.Contains("VFX_021_v012", merged.Merged.Layout("V1"), StringComparison.Ordinal);
        Assert.Equal(
            ["Trimmed the tail of COMP by 10 frames at 00:00:23:12 (V1), everything after moves up"],
            SequenceDiff.Compare(a, merged.Merged).Edits.Select(e => e.Sentence));
        Assert.Equal(
            ["Inside COMP: trimmed the tail of n3 by 12 frames at 00:00:08:08 (V1 A1), in 2 places"],
            SequenceDiff.Compare(Export(o), a).Edits.Where(e => e.Kind == EditKind.NestChange).Select(e => e.Sentence));
    }

    [Fact]
    public void Case_12_a_use_that_shows_the_removed_frames_is_a_question_for_that_use_only()
    {
        var o = Base();
        var (a, b) = (Export(TrimInside(o, "n1", -12)), TrimUse(o, 0, -10));

        var conflict = Assert.Single(Merge(o, a, b).Conflicts);
        Assert.Equal(ConflictKind.Nest, conflict.Kind);
        Assert.Equal([Uses(o, "COMP")[0].Id], conflict.Elements);
        Assert.Equal("main removed 12 frames inside COMP that it shows; rough-cut trimmed the tail of COMP by 10 frames.", conflict.Sentence);
        var kept = Merge(o, a, b, new Resolution(conflict.Id, Choice.Theirs));
        Assert.True(kept.IsClean);
        Assert.Equal([F(190), F(100)], Uses(kept.Merged, "COMP").Select(u => u.Duration));
        var whole = Merge(o, a, b, new Resolution(conflict.Id, Choice.Ours));
        Assert.Equal([F(200), F(100)], Uses(whole.Merged, "COMP").Select(u => u.Duration));
        Assert.All(Uses(whole.Merged, "COMP"), u => Assert.Equal("n1[0,88) n2[88,188) n3[188,288)", NestInside.Of(u, Rate)?.Layout("V1")));
    }
}
