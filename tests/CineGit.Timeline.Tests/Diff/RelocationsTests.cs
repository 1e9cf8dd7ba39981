using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Tests.Diff;

public sealed class RelocationsTests
{
    static Sequence Cut() => Cuts.Sequence(24)
        .Video("V1", Cuts.Shot("a", "r1/a", 0, 50), Cuts.Shot("b", "r1/b", 0, 50), Cuts.Shot("c", "r2/c", 0, 50), Cuts.Shot("d", "r2/d", 0, 50))
        .Identified();

    static Sequence Move(Sequence cut, string from, string to, params string[] clips) => cut.ChangeTracks(t => t with
    {
        Elements = [.. t.Elements.Select(e => e is Clip c && clips.Contains(c.Name)
            ? c with { Media = c.Media with { Key = c.Media.Key.Replace(from, to, StringComparison.Ordinal) } }
            : e)],
    });

    [Fact]
    public void A_folder_that_went_elsewhere_whole_is_counted_and_is_no_edit()
    {
        var o = Cut();
        var list = SequenceDiff.Compare(o, Move(o, "/media/r1", "/mnt/x/r1", "a", "b"));

        Assert.Empty(list.Edits);
        Assert.Equal(2, list.Relocated);
        Assert.False(list.IsEmpty);
        Assert.Equal(4, SequenceDiff.Compare(o, Move(o, "/media", "/mnt/x", "a", "b", "c", "d")).Relocated);
    }

    [Fact]
    public void One_file_elsewhere_or_a_folder_of_which_something_stayed_was_relinked()
    {
        var o = Cut();

        Assert.Equal(["Relinked c to file:///mnt/r2/c.mov at 01:00:04:04 (V1)"], Sentences(Move(o, "/media", "/mnt", "c")));
        Assert.Equal(2, Sentences(Move(o, "/media", "/mnt", "b", "c")).Count());

        IEnumerable<string> Sentences(Sequence after) => SequenceDiff.Compare(o, after).Edits.Select(e => e.Sentence);
    }
}
