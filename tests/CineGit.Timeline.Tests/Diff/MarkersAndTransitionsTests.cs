using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

/// <summary>Markers are told at their own moment, transitions of a shot that came, went or moved with the shot.</summary>
public sealed class MarkersAndTransitionsTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Base() => Cuts.Sequence(24)
        .Video("V1", Cuts.Shot("a", "A", 50, 100), Cuts.Dissolve(8, 8), Cuts.Shot("b", "B", 50, 100).Marked("look", 74), Cuts.Shot("c", "C", 50, 100), Cuts.Shot("d", "D", 50, 100))
        .Identified();

    static string Only(Sequence before, Sequence after) => Assert.Single(SequenceDiff.Compare(before, after).Edits).Sentence;

    static Sequence Row(Sequence cut, Func<List<Element>, IEnumerable<Element>> change, Func<Track, IEnumerable<EditPoint>>? points = null) =>
        cut.ChangeTracks(t => t with { Elements = [.. change([.. t.Elements])], EditPoints = points is null ? [] : [.. points(t)] });

    [Fact]
    public void A_marker_is_told_at_the_moment_it_stands_at()
    {
        var o = Base();
        var marker = o.Element("b").Markers[0];
        Sequence Marked(params Marker[] markers) => o.Change("b", e => e with { Markers = [.. markers] });
        var added = marker with { Id = new ElementId(9, 1), Name = "wipe", Range = new(F(98), F(12)) };

        Assert.Equal("Added marker \"wipe\" to b at 01:00:06:04 (V1)", Only(o, Marked(marker, added)));
        Assert.Equal("Removed marker \"look\" from b at 01:00:05:04 (V1)", Only(o, Marked()));
        Assert.Equal("Moved marker \"look\" by 12 frames to later on b at 01:00:05:16 (V1)", Only(o, Marked(marker with { Range = new(F(86), F(0)) })));
        Assert.Equal(
            "Added marker \"wipe\" to the sequence at 01:00:04:02",
            Only(o, o with { Markers = [added] }));
        var edit = Assert.Single(SequenceDiff.Compare(o, Marked(marker, added)).Edits);
        Assert.Equal((F(148), F(12)), (edit.At, edit.Duration));
    }

    [Fact]
    public void A_marker_outside_what_a_clip_shows_is_told_at_the_clip()
    {
        var o = Base();
        var before = o.Element("b").Markers[0] with { Range = new(F(10), F(0)) };

        Assert.Equal("Moved marker \"look\" by 64 frames to earlier on b at 01:00:04:04 (V1)", Only(o, o.Change("b", e => e with { Markers = [before] })));
    }

    [Fact]
    public void A_shot_that_comes_goes_or_moves_with_its_dissolve_is_one_edit()
    {
        var o = Base();
        var dissolve = o.Tracks[0].EditPoints[0];
        var n = o.Element("c") with { Id = new ElementId(9, 1), Name = "n", Duration = F(30) };
        EditPoint Between(ElementId left, ElementId right, uint id) => dissolve with { Id = new ElementId(9, id), Left = left, Right = right };

        Assert.StartsWith("Deleted b ", Only(o, Row(o, r => [r[0], r[2], r[3]])), StringComparison.Ordinal);
        Assert.StartsWith("Inserted n ", Only(o, Row(o, r => [r[0], r[1], n, r[2], r[3]], t => [dissolve, Between(t.Elements[1].Id, n.Id, 2)])), StringComparison.Ordinal);
        Assert.StartsWith("Moved a ", Only(o, Row(o, r => [r[1], r[2], r[0], r[3]], t => [dissolve with { Left = t.Elements[0].Id, Right = t.Elements[3].Id }])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dissolve_of_shots_that_stay_is_told_and_so_is_another_length_of_one_that_moved()
    {
        var o = Base();
        var dissolve = o.Tracks[0].EditPoints[0];
        var n = o.Element("c") with { Id = new ElementId(9, 1), Name = "n", Duration = F(30) };

        Assert.Contains(SequenceDiff.Compare(o, Row(o, r => [r[0], n, r[1], r[2], r[3]])).Edits, e => e.Kind == EditKind.TransitionRemove);
        Assert.StartsWith("Added a dissolve between c and d ", Only(o, Row(o, r => r, t => [dissolve, dissolve with { Id = new ElementId(9, 2), Left = t.Elements[2].Id, Right = t.Elements[3].Id }])), StringComparison.Ordinal);
        var moved = Row(o, r => [r[1], r[2], r[0], r[3]], t => [dissolve with { Left = t.Elements[0].Id, Right = t.Elements[3].Id, InOffset = F(4) }]);
        Assert.Equal([EditKind.Move, EditKind.TransitionChange], SequenceDiff.Compare(o, moved).Edits.Select(e => e.Kind).Order());
    }
}
