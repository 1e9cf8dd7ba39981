using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Identity;

/// <summary>Pairs made on thin evidence: which are on record, and what becomes of them when a person knows better.</summary>
public sealed class CorrectionsTests
{
    static readonly Birth Second = new(2);

    [Fact]
    public void Where_two_clips_could_be_the_one_before_it_is_on_record_which_was_taken()
    {
        var parent = Cuts.Sequence(24).Video("V1", Cuts.Shot("a", "A", 0, 40), Cuts.Shot("b", "B", 0, 40), Cuts.Shot("z", "Z", 0, 9)).Identified();
        var export = Cuts.Sequence(24).Video("V1", Cuts.Shot("c", "C", 0, 40), Cuts.Shot("z", "Z", 0, 9)).Build();
        var identified = ElementMatcher.Identify(export, parent, Second);

        Assert.Equal("c on V1 was taken to be a of the version before.", Assert.Single(identified.Assumptions));
        Assert.Empty(ElementMatcher.Identify(parent.WithoutIds(), parent, Second).Assumptions);
    }

    [Fact]
    public void A_pair_that_was_taken_on_thin_evidence_can_be_parted_and_another_one_stated()
    {
        var parent = Cuts.Sequence(24).Video("V1", Cuts.Shot("a", "A", 0, 40), Cuts.Shot("b", "B", 0, 40), Cuts.Shot("z", "Z", 0, 9)).Identified();
        var export = Cuts.Sequence(24).Video("V1", Cuts.Shot("c", "C", 0, 40), Cuts.Shot("z", "Z", 0, 9)).Build();
        var (a, b, z) = (parent.Element("a").Id, parent.Element("b").Id, parent.Element("z").Id);
        ElementId[] Ids(Corrections corrections) => [.. ElementMatcher.Identify(export, parent, Second, corrections).Sequence.Tracks[0].Elements.Select(e => e.Id)];

        var assumed = Assert.Single(ElementMatcher.Identify(export, parent, Second).Assumed);
        Assert.Equal((a, new ElementAt(0, 0), "V1", Flicks.Zero, "V1", Flicks.Zero), (assumed.Element, assumed.Imported, assumed.BeforeTrack, assumed.Before, assumed.AfterTrack, assumed.After));
        Assert.Equal([a, z], Ids(Corrections.None));
        Assert.Equal([b, z], Ids(new([new(b, new(0, 0))], [])));
        Assert.Equal([b, z], Ids(new([], [new(a, new(0, 0))])));
        var parted = Ids(new([], [new(a, new(0, 0)), new(b, new(0, 0))]));
        Assert.Equal((Second.Value, z), (parted[0].Birth, parted[1]));
        Assert.Empty(ElementMatcher.Identify(export, parent, Second, new([new(b, new(0, 0))], [])).Assumptions);
        Assert.Equal(Ids(new([new(b, new(0, 0))], [])), Ids(new([new(b, new(0, 0)), new(a, new(0, 0))], [])));
    }

    [Fact]
    public void What_is_stated_holds_against_ids_in_the_file_across_tracks_and_for_what_is_there_twice()
    {
        var parent = Cuts.Sequence(24)
            .Video("V1", Cuts.Shot("SC01", "A001", 0, 100), Cuts.Shot("SLUG", "black", 0, 24), Cuts.Shot("SC02", "A002", 50, 80), Cuts.Shot("SLUG", "black", 0, 24))
            .Audio("A1", Cuts.Shot("SC01", "A001", 0, 100), Cuts.Gap(24), Cuts.Shot("SC02", "A002", 50, 80))
            .Identified();
        var (first, second) = (parent.Tracks[0].Elements[0], parent.Tracks[0].Elements[1]);
        var carried = ElementMatcher.Identify(parent, parent, Second, new([], [new(first.Id, new(0, 0))])).Sequence;
        var stated = ElementMatcher.Identify(parent.WithoutIds(), parent, Second, new([new(second.Id, new(0, 0))], [])).Sequence;
        var again = ElementMatcher.Identify(parent.WithoutIds(), parent, Second, new([new(second.Id, new(0, 0))], [])).Sequence;

        Assert.DoesNotContain(first.Id, carried.Tracks[0].Elements.Select(e => e.Id));
        Assert.Equal(second.Id, carried.Tracks[0].Elements[1].Id);
        Assert.Equal(second.Id, stated.Tracks[0].Elements[0].Id);
        Assert.Equal(1, stated.Tracks.Sum(t => t.Elements.Count(e => e.Id == second.Id)));
        Assert.Equal(stated.Tracks.SelectMany(t => t.Elements).Select(e => e.Id), again.Tracks.SelectMany(t => t.Elements).Select(e => e.Id));
    }

    [Fact]
    public void A_moved_clip_of_which_there_are_two_alike_is_on_record_and_a_plain_move_is_not()
    {
        Shot S(string name) => Cuts.Shot(name, name, 0, 40);
        var shots = "abcdefgh".Select(c => (Piece)S(c.ToString())).ToArray();
        var parent = Cuts.Sequence(24).Video("V1", [S("x"), .. shots, S("x")]).Identified();
        var moved = ElementMatcher.Identify(Cuts.Sequence(24).Video("V1", [.. shots[..4], S("x"), .. shots[4..]]).Build(), parent, Second);
        var plain = ElementMatcher.Identify(Cuts.Sequence(24).Video("V1", [S("x"), .. shots[1..4], shots[0], .. shots[4..], S("x")]).Build(), parent, Second);

        Assert.Equal("x on V1 was taken to be x of the version before; another would have done as well.", Assert.Single(moved.Assumptions));
        Assert.Empty(plain.Assumptions);
    }
}
