using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>One side replaced a picture, the other trimmed it together with its sound: one question, about both.</summary>
public sealed class RecastPictureTests
{
    static readonly Sequence Reel = Base();

    static readonly Sequence Replaced = Reel.Change("s2", e => e is Clip clip ? clip with { Media = clip.Media with { Key = "vfx", Name = "vfx" } } : e, "V1");

    static string Layouts(MergeResult merged) => $"{merged.Merged.Layout("V1")} | {merged.Merged.Layout("A1")}";

    [Fact]
    public void A_tail_that_was_trimmed_is_asked_once_and_goes_with_the_answer()
    {
        const string left = "s1[0,100) s2[100,200) s3[200,300) | s1[0,100) s2[100,200) s3[200,300)";
        const string trimmed = "s1[0,100) s2[100,190) s3[190,290) | s1[0,100) s2[100,190) s3[190,290)";
        AssertAsked(Tail(Reel, "s2", -10), left, trimmed);
    }

    [Fact]
    public void A_head_that_was_trimmed_is_asked_once_and_goes_with_the_answer()
    {
        const string left = "s1[0,100) s2[100,200) s3[200,300) | s1[0,100) s2[100,200) s3[200,300)";
        const string trimmed = "s1[0,100) s2[100,190) s3[190,290) | s1[0,100) s2[100,190) s3[190,290)";
        AssertAsked(Head(Reel, "s2", -10), left, trimmed);
    }

    [Fact]
    public void A_slip_is_asked_once_and_the_sound_is_slipped_with_the_picture_or_not_at_all()
    {
        var cuts = (Reel, Replaced, Slip(Reel, "s2", 5));
        var open = Assert.Single(Merged(cuts).Conflicts);
        Assert.Equal(ConflictKind.Meaning, open.Kind);
        foreach (var (choice, slip) in new[] { (Choice.Ours, 0), (Choice.Theirs, 5), (Choice.Both, 5), (Choice.Base, 0) })
        {
            var answered = Merged(cuts, new Resolution(open.Id, choice));
            Assert.True(answered.IsClean, choice.ToString());
            Assert.Equal((choice, F(50 + slip)), (choice, answered.Merged.Track("A1").Elements[1].SourceStart));
            Assert.Equal((choice, F(50 + slip)), (choice, answered.Merged.Track("V1").Elements[1].SourceStart));
        }
    }

    [Fact]
    public void Sound_that_was_trimmed_by_itself_is_trimmed_under_the_other_picture()
    {
        var alone = Reel.Change("s2", e => e with { Duration = e.Duration - F(10) }, "A1").Change("s3", e => e with { Lead = Space.Of(F(10)) }, "A1");
        var merged = Merged((Reel, Replaced, alone));

        Assert.Empty(merged.Conflicts);
        Assert.Equal("s1[0,100) s2[100,200) s3[200,300) | s1[0,100) s2[100,190) s3[200,300)", Layouts(merged));
    }

    static void AssertAsked(Sequence theirs, string left, string trimmed)
    {
        foreach (var turned in (bool[])[false, true])
        {
            var cuts = turned ? (Reel, theirs, Replaced) : (Reel, Replaced, theirs);
            var open = Assert.Single(Merged(cuts).Conflicts);
            Assert.Equal(ConflictKind.Meaning, open.Kind);
            Assert.Equal(left, Layouts(Merged(cuts)));
            foreach (var (choice, layout) in new[] { (Choice.Ours, turned ? trimmed : left), (Choice.Theirs, turned ? left : trimmed), (Choice.Both, trimmed), (Choice.Base, left) })
            {
                var answered = Merged(cuts, new Resolution(open.Id, choice));
                Assert.True(answered.IsClean, $"{choice}: {string.Join(' ', answered.Conflicts.Where(c => c.Chosen is null).Select(c => c.Sentence))}");
                Assert.Equal($"{choice}: {layout}", $"{choice}: {Layouts(answered)}");
            }
        }
    }
}
