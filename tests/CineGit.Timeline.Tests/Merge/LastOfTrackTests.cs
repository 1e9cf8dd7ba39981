using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Behind the last clip of a track nothing shows whether what else would stand there was shifted with it.</summary>
public sealed class LastOfTrackTests
{
    static Sequence Reel(params ReadOnlySpan<Piece> effects) =>
        Cuts.Sequence(24).Video("V1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4")).Audio("A3", effects).Identified();

    static Sequence Base() => Reel(Cuts.Gap(20), Cuts.Shot("door", "door", 0, 30), Cuts.Gap(70), Cuts.Shot("steps", "steps", 0, 40));

    static Sequence Pushed(Sequence cut, string name, long by) => cut.Change(name, e => e with { Lead = Space.Of(e.Lead.Duration + F(by)) });

    [Fact]
    public void It_is_told_as_moved_when_it_alone_stands_elsewhere() =>
        Assert.StartsWith("Moved steps by 11 frames to earlier", Assert.Single(SequenceDiff.Compare(Base(), Pushed(Base(), "steps", -11)).Edits).Sentence, StringComparison.Ordinal);

    [Theory]
    [InlineData(-11)]
    [InlineData(11)]
    public void What_the_other_side_put_behind_it_stays_where_it_was_put(long by)
    {
        var o = Base();
        var theirs = o.ChangeTracks(t => t.Name == "A3"
            ? t with { Elements = [.. t.Elements, t.Elements[^1] with { Id = new(7, 1), Name = "bell", Lead = Space.Of(F(60)) }] }
            : t);

        var merged = Merged((o, Pushed(o, "steps", by), theirs));

        Assert.Empty(merged.Conflicts);
        Assert.Equal($"door[20,50) steps[{120 + by},{160 + by}) bell[220,260)", merged.Merged.Layout("A3"));
    }

    [Fact]
    public void What_all_tracks_made_room_for_takes_along_what_the_other_side_put_behind_it()
    {
        var o = Base();
        var ours = Pushed(Pushed(o, "steps", 24), "s2", 24);
        var theirs = o.ChangeTracks(t => t.Name == "A3"
            ? t with { Elements = [.. t.Elements, t.Elements[^1] with { Id = new(7, 1), Name = "bell", Lead = Space.Of(F(60)) }] }
            : t);

        Assert.Equal("door[20,50) steps[144,184) bell[244,284)", Merged((o, ours, theirs)).Merged.Layout("A3"));
    }
}
