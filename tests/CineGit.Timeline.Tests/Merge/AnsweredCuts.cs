using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Small cuts, edits of them, and what is offered and answered where two of them clash.</summary>
static class AnsweredCuts
{
    public static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    /// <summary>s1 s2 s3 of 100 frames with sound, a title over s3.</summary>
    public static Sequence Base() => Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2"), Shot("s3"))
        .Video("V2", Cuts.Gap(280), Cuts.Shot("title", "title", 0, 20))
        .Audio("A1", Shot("s1"), Shot("s2"), Shot("s3"))
        .Identified();

    public static Shot Shot(string name, long frames = 100) => Cuts.Shot(name, "M" + name, 50, frames, mediaFrames: 500);

    public static MergeResult Merged((Sequence Base, Sequence Ours, Sequence Theirs) cuts, params Resolution[] answers) =>
        ThreeWayMerge.Merge(new(cuts.Base, cuts.Ours, cuts.Theirs) { Resolutions = [.. answers], OursName = "main", TheirsName = "rough-cut" });

    public static Sequence Title(Sequence cut, long by) => cut.Change("title", e => e with { Lead = Space.Of(e.Lead.Duration + F(by)) });

    public static Sequence Tail(Sequence cut, string name, long by) => cut.Change(name, e => e with { Duration = e.Duration + F(by) });

    public static Sequence Head(Sequence cut, string name, long by) =>
        cut.Change(name, e => e with { Duration = e.Duration + F(by), SourceStart = e.SourceStart - F(by) });

    public static Sequence Slip(Sequence cut, string name, long by, string? track = null) =>
        cut.Change(name, e => e with { SourceStart = e.SourceStart + F(by) }, track);

    public static Sequence Rows(Sequence cut, Func<List<Element>, IEnumerable<Element>> change, params string[] tracks) =>
        cut.ChangeTracks(t => tracks.Contains(t.Name) ? t with { Elements = [.. change([.. t.Elements])] } : t);

    public static Sequence Without(Sequence cut, string name, params string[] tracks) => Rows(cut, row => row.Where(e => e.Name != name), tracks);

    public static Sequence Insert(Sequence cut, int at, string name, long frames, ulong birth) => Rows(
        cut,
        row => [.. row[..at], row[0] with { Id = new(birth, row[0].Id.Ordinal), Name = name, Duration = F(frames), Link = name, Markers = [] }, .. row[at..]],
        "V1",
        "A1");

    /// <summary>One conflict, its offers as <c>choice: words</c>, and the cut that each answer gives as the layouts of some tracks.</summary>
    public static void AssertOffers(
        (Sequence Base, Sequence Ours, Sequence Theirs) cuts, ConflictKind kind, string[] tracks, params (Choice Choice, string Words, string Layout)[] expected)
    {
        var open = Assert.Single(Merged(cuts).Conflicts);
        Assert.Equal(kind, open.Kind);
        Assert.Equal(expected.Select(e => $"{e.Choice}: {e.Words}"), open.Offers.Where(o => o.Entry is null).Select(o => $"{o.Choice}: {o.Words}"));
        foreach (var (choice, _, layout) in expected)
        {
            var answered = Merged(cuts, new Resolution(open.Id, choice));
            Assert.True(answered.IsClean, $"{choice}: {string.Join(' ', answered.Conflicts.Where(c => c.Chosen is null).Select(c => c.Sentence))}");
            Assert.Equal((open.Id, choice), (Assert.Single(answered.Conflicts).Id, answered.Conflicts[0].Chosen));
            Assert.Equal($"{choice}: {layout}", $"{choice}: {string.Join(" | ", tracks.Select(t => Layout(answered.Merged, t)))}");
        }
    }

    static string Layout(Sequence cut, string track) => cut.Tracks.Any(t => t.Name == track) ? cut.Layout(track) : "none";

    public static MergeResult Typed((Sequence Base, Sequence Ours, Sequence Theirs) cuts, string value)
    {
        var open = Assert.Single(Merged(cuts).Conflicts);
        Assert.Null(open.WhyNot(Choice.Manual, value));
        var answered = Merged(cuts, new Resolution(open.Id, Choice.Manual, value));
        Assert.True(answered.IsClean, string.Join(' ', answered.Conflicts.Select(c => c.Sentence)));
        Assert.Equal((Choice.Manual, value), (answered.Conflicts[0].Chosen, answered.Conflicts[0].ChosenValue));
        return answered;
    }

    public static string? Refused((Sequence Base, Sequence Ours, Sequence Theirs) cuts, string? value)
    {
        var open = Assert.Single(Merged(cuts).Conflicts);
        var answered = Merged(cuts, new Resolution(open.Id, Choice.Manual, value));
        Assert.False(answered.IsClean);
        return open.WhyNot(Choice.Manual, value);
    }
}
