using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Cuts that no editor would make and that files hold nevertheless. With an untouched side they merge to the other side.</summary>
public sealed class OddCutsTests
{
    static readonly Sequence Origin = Cuts.Sequence(24)
        .Video("V1", Cuts.Shot("s1", "m1", 0, 50), Cuts.Shot("s2", "m2", 0, 48), Cuts.Shot("s3", "m3", 0, 50))
        .Identified();

    [Fact]
    public void Transitions_that_touch_no_clip_are_merged_without_a_question() =>
        MergesToTheOtherSide(Origin, With(Origin, Point(1, null, null), Point(2, null, null)));

    [Fact]
    public void Two_transitions_at_one_cut_of_one_side_both_stay()
    {
        var (left, right) = (Origin.Element("s1"), Origin.Element("s2"));
        var doubled = With(Origin, Point(1, left, right), Point(2, left, right));
        MergesToTheOtherSide(Origin, doubled);
        MergesToTheOtherSide(doubled, doubled.Change("s3", e => e with { Name = "end" }));
    }

    [Fact]
    public void Clips_without_length_at_one_moment_keep_their_order()
    {
        var empty = Origin.ChangeTracks(t => t with { Elements = [.. t.Elements.Select(e => e with { Duration = Flicks.Zero })] });
        var added = empty.Element("s1") with { Id = new(88, 1), Name = "s0" };
        MergesToTheOtherSide(empty, empty.ChangeTracks(t => t with { Elements = t.Elements.Insert(0, added) }));
        MergesToTheOtherSide(empty, empty.ChangeTracks(t => t with { Elements = t.Elements.Insert(2, added) }));
    }

    static void MergesToTheOtherSide(Sequence origin, Sequence changed)
    {
        foreach (var merge in (MergeResult[])[ThreeWayMerge.Merge(new(origin, changed, origin)), ThreeWayMerge.Merge(new(origin, origin, changed))])
        {
            Assert.True(merge.IsClean, string.Join('\n', merge.Conflicts.Select(c => c.Sentence)));
            Assert.Equal(changed.Tracks[0].Elements.Select(e => (e.Id, e.Name)), merge.Merged.Tracks[0].Elements.Select(e => (e.Id, e.Name)));
            Assert.Equal(changed.Tracks[0].EditPoints.Select(p => p.Id).Order(), merge.Merged.Tracks[0].EditPoints.Select(p => p.Id).Order());
        }
    }

    static Sequence With(Sequence cut, params EditPoint[] points) =>
        cut.ChangeTracks(t => t with { EditPoints = [.. t.EditPoints, .. points] });

    static EditPoint Point(uint ordinal, Element? left, Element? right) => new()
    {
        Id = new(99, ordinal),
        Left = left?.Id,
        Right = right?.Id,
        Type = "SMPTE_Dissolve",
        InOffset = Flicks.Zero,
        OutOffset = Flicks.FromFrames(4, FrameRate.Fps24),
        Node = OtioBuild.Transition("", "SMPTE_Dissolve", new(0, FrameRate.Fps24), new(4, FrameRate.Fps24)),
    };
}
