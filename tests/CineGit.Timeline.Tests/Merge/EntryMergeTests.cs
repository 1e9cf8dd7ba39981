using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Merge.AnsweredCuts;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Metadata that both sides changed is merged entry by entry.</summary>
public sealed class EntryMergeTests
{
    static readonly Sequence Reel = Base();

    static Sequence Noted(string json) => Reel.Change("title", e => e with { Node = e.Node.With("metadata", Metadata(json)) });

    static OtioObject Metadata(string json) =>
        OtioReader.Read(Encoding.UTF8.GetBytes($$"""{"OTIO_SCHEMA": "Clip.2", "metadata": {{json}}}"""), new DiagnosticBag()).Root.Child("metadata")!;

    static (Sequence Base, Sequence Ours, Sequence Theirs) Cuts(string origin, string ours, string theirs) => (Noted(origin), Noted(ours), Noted(theirs));

    static void AssertMerged(string expected, (Sequence Base, Sequence Ours, Sequence Theirs) cuts)
    {
        foreach (var merged in (MergeResult[])[Merged(cuts), Merged((cuts.Base, cuts.Theirs, cuts.Ours))])
        {
            Assert.Empty(merged.Conflicts);
            Assert.Equal(Metadata(expected).Hash, merged.Merged.Element("title").Node.Child("metadata")!.Hash);
        }
    }

    [Fact]
    public void A_label_and_a_log_note_of_two_people_ask_nothing() => AssertMerged(
        """{"fcp_xml": {"labels": {"label2": "Iris"}, "logginginfo": {"scene": "12", "lognote": "soft"}}}""",
        Cuts(
            """{"fcp_xml": {"labels": {"label2": "Violet"}, "logginginfo": {"scene": "12"}}}""",
            """{"fcp_xml": {"labels": {"label2": "Iris"}, "logginginfo": {"scene": "12"}}}""",
            """{"fcp_xml": {"labels": {"label2": "Violet"}, "logginginfo": {"scene": "12", "lognote": "soft"}}}"""));

    [Fact]
    public void What_one_side_took_out_and_what_the_other_brought_in_are_two_things() => AssertMerged(
        """{"fcpx": {"resources": {"b": {"src": "2"}, "c": {"src": "3"}}}}""",
        Cuts(
            """{"fcpx": {"resources": {"a": {"src": "1"}, "b": {"src": "2"}}}}""",
            """{"fcpx": {"resources": {"b": {"src": "2"}}}}""",
            """{"fcpx": {"resources": {"a": {"src": "1"}, "b": {"src": "2"}, "c": {"src": "3"}}}}"""));

    [Fact]
    public void Two_settings_in_a_list_of_named_ones_are_two_things() => AssertMerged(
        """{"x": {"parameter": [{"name": "amount", "value": 2}, {"name": "mix", "value": 8}]}}""",
        Cuts(
            """{"x": {"parameter": [{"name": "amount", "value": 1}, {"name": "mix", "value": 5}]}}""",
            """{"x": {"parameter": [{"name": "amount", "value": 2}, {"name": "mix", "value": 5}]}}""",
            """{"x": {"parameter": [{"name": "amount", "value": 1}, {"name": "mix", "value": 8}]}}"""));

    [Fact]
    public void One_entry_set_by_both_is_asked_by_its_own_name_and_leaves_the_others_alone()
    {
        var cuts = Cuts("""{"x": {"a": "1", "b": "1", "c": "1"}}""", """{"x": {"a": "2", "b": "2", "c": "1"}}""", """{"x": {"a": "3", "b": "1", "c": "3"}}""");
        var open = Assert.Single(Merged(cuts).Conflicts);

        Assert.Contains("x/a", open.Sentence, StringComparison.Ordinal);
        var answered = Merged(cuts, new Resolution(open.Id, Choice.Theirs));
        Assert.Equal("a=3 b=2 c=3", Text(answered));
        Assert.Equal("a=2 b=2 c=3", Text(Merged(cuts, new Resolution(open.Id, Choice.Ours))));
    }

    [Theory]
    [InlineData("[0, 0, 0]", "[1, 0, 0]", "[0, 1, 0]")]
    [InlineData("""{"OTIO_SCHEMA": "Color.1", "r": 0, "g": 0}""", """{"OTIO_SCHEMA": "Color.1", "r": 1, "g": 0}""", """{"OTIO_SCHEMA": "Color.1", "r": 0, "g": 1}""")]
    [InlineData("""[{"name": "a", "v": 1}, {"name": "b", "v": 1}]""", """[{"name": "b", "v": 1}, {"name": "a", "v": 1}]""", """[{"name": "a", "v": 2}, {"name": "b", "v": 1}]""")]
    [InlineData("""[{"v": 1}, {"v": 1}]""", """[{"v": 2}, {"v": 1}]""", """[{"v": 1}, {"v": 2}]""")]
    public void What_is_one_value_is_never_mixed_of_two(string origin, string ours, string theirs) =>
        Assert.Single(Merged(Cuts($$"""{"x": {{origin}}}""", $$"""{"x": {{ours}}}""", $$"""{"x": {{theirs}}}""")).Conflicts);

    static string Text(MergeResult merged) => string.Join(
        ' ', from entry in merged.Merged.Element("title").Node.Child("metadata")!.Child("x")!.Fields orderby entry.Name select $"{entry.Name}={((OtioString)entry.Value).Value}");
}
