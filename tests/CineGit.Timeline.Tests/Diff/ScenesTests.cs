using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

public sealed class ScenesTests
{
    static readonly Flicks Second = Flicks.FromFrames(24, FrameRate.Fps24);

    static Sequence Film(int shots = 10) => Cuts.Sequence(24)
        .Video("V1", [.. Shots(shots)])
        .Video("V2", Cuts.Gap(24 * shots - 24), Cuts.Shot("TITLE", "title", 0, 12))
        .Audio("A1", [.. Shots(shots)])
        .Identified();

    static IEnumerable<Piece> Shots(int count) => Enumerable.Range(1, count).Select(i => Cuts.Shot($"SC{i:D2}", $"A{i:D3}", 50, 24));

    static Sequence Rows(Sequence cut, Func<ImmutableArray<Element>, IEnumerable<Element>> change) =>
        cut.ChangeTracks(t => t.Name == "V2" ? t : t with { Elements = [.. change(t.Elements)] });

    static Sequence TitleBy(Sequence cut, Flicks amount) => cut.Change("TITLE", e => e with { Lead = Space.Of(e.Lead.Duration + amount) });

    [Fact]
    public void Neighbours_that_were_inserted_are_one_scene_with_the_clips_as_children()
    {
        var after = Film();
        var before = TitleBy(Rows(after, e => e.RemoveRange(2, 4)), new(-4 * Second.Value));

        var edit = Assert.Single(SequenceDiff.Compare(before, after).Edits);

        Assert.Equal(
            "Inserted a scene of 4 clips (SC03 to SC06), 96 frames, at 01:00:02:00 (V1 A1), everything after moves down", edit.Sentence);
        Assert.Equal((EditKind.Insert, 8, "SC03"), (edit.Kind, edit.Elements.Length, edit.Subject));
        Assert.Equal(["SC03", "SC04", "SC05", "SC06"], edit.Children.Select(c => c.Subject));
        Assert.All(edit.Children, c => Assert.Equal(["V1", "A1"], c.Tracks));
    }

    [Fact]
    public void Neighbours_that_were_deleted_are_one_scene_and_two_are_not()
    {
        var before = Film();
        var four = TitleBy(Rows(before, e => e.RemoveRange(2, 4)), new(-4 * Second.Value));
        var two = TitleBy(Rows(before, e => e.RemoveRange(2, 2)), new(-2 * Second.Value));

        var scene = Assert.Single(SequenceDiff.Compare(before, four).Edits);

        Assert.Equal("Deleted a scene of 4 clips (SC03 to SC06), 96 frames, at 01:00:02:00 (V1 A1), everything after moves up", scene.Sentence);
        Assert.Equal(["Deleted", "Deleted"], SequenceDiff.Compare(before, two).Edits.Select(e => e.Sentence.Split(' ')[0]));
    }

    [Fact]
    public void A_scene_moved_behind_the_next_shots_is_one_move()
    {
        var before = Film();
        var after = Rows(before, e => e.RemoveRange(1, 3).InsertRange(6, e[1..4]));

        var edit = Assert.Single(SequenceDiff.Compare(before, after).Edits);

        Assert.Equal("Moved a scene of 3 clips (SC02 to SC04) from 01:00:01:00 to 01:00:06:00 (V1 A1)", edit.Sentence);
        Assert.Equal((EditKind.Move, 3, new Flicks(5 * Second.Value)), (edit.Kind, edit.Children.Length, edit.Amount));
    }

    [Fact]
    public void Inserts_in_different_places_stay_edits_of_their_own()
    {
        var after = Film();
        var before = Rows(after, e => e.Where((_, i) => i is not (1 or 4 or 7)));

        var edits = SequenceDiff.Compare(before, after).Edits;

        Assert.Equal(3, edits.Count(e => e.Kind == EditKind.Insert));
        Assert.All(edits, e => Assert.Empty(e.Children));
    }
}
