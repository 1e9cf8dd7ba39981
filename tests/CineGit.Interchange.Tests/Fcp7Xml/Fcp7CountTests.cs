using CineGit.Interchange.Tests.Xml;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcp7Xml;

/// <summary>Nothing is lost between a real file, the document it is read as and the file that is written from that alone, counted by a reader that is not ours.</summary>
public sealed class Fcp7CountTests
{
    static readonly string[] Names =
    [
        "clipitem", "generatoritem", "transitionitem", "track", "filter", "keyframe", "parameter", "marker", "link", "labels", "logginginfo",
        "comments", "masterclipid", "sourcetrack", "subclipinfo", "pathurl",
    ];

    public static TheoryData<string> Files => Fcp7CorpusTests.Sequences;

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_element_of_a_real_file_is_written_from_the_document_alone(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);

        var written = Fcp7Files.Write(Fcp7Files.Read(original).Document);

        Assert.Equal(Names.Select(n => (n, ElementCounts.In(original, n))), Names.Select(n => (n, ElementCounts.In(written, n))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_a_real_file_holds_is_in_its_document_as_often(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);
        var nodes = ElementCounts.Nodes(Fcp7Files.Read(original).Document).ToList();
        var items = nodes.Where(n => n.SchemaName is OtioSchema.Clip or OtioSchema.Stack && ElementCounts.Local(n) is not null && n["source_range"] is OtioObject).ToList();
        var effects = nodes.Where(n => n["effect_name"] is not null).ToList();

        var held = new (string, int)[]
        {
            ("clipitem", items.Count(i => ElementCounts.Local(i)?.Text("item") is null or "clipitem")),
            ("generatoritem", items.Count(i => ElementCounts.Local(i)?.Text("item") == "generatoritem")),
            ("transitionitem", nodes.Count(n => n.SchemaName == OtioSchema.Transition)),
            ("filter", effects.Count),
            ("marker", nodes.Count(n => n.SchemaName == "Marker")),
            ("keyframe", 0),
            ("link", Links(nodes)),
            ("labels", 0),
            ("logginginfo", 0),
        };

        Assert.Equal(
            held.Select(h => (h.Item1, ElementCounts.In(original, h.Item1))),
            held.Select(h => (h.Item1, h.Item2 + nodes.Sum(n => ElementCounts.Kept(Section(n), h.Item1)) + items.Sum(i => ElementCounts.Kept(ElementCounts.Local(i)?["extra"], h.Item1)))));
    }

    /// <summary>What an effect has of its filter beside the effect is no other filter.</summary>
    static OtioObject? Section(OtioObject node) =>
        node["effect_name"] is null ? ElementCounts.Section(node, "fcp_xml") : ElementCounts.Section(node, "fcp_xml")?.Without("filter");

    /// <summary>The members of a group list each other, unless one's list is kept; a group is of one sequence.</summary>
    static int Links(IEnumerable<OtioObject> nodes) => nodes.Where(n => n.SchemaName == OtioSchema.Stack).DistinctBy(s => DefinitionOf(s) ?? (object)s).Sum(sequence =>
    {
        var items = sequence.Objects("children").SelectMany(t => t.Objects("children")).ToList();
        var sizes = items.Select(LinkOf).OfType<string>().GroupBy(l => l).ToDictionary(g => g.Key, g => g.Count());
        return items.Sum(i => ElementCounts.Local(i)?["links"] is OtioArray kept ? kept.Items.Length : LinkOf(i) is { } link && sizes[link] > 1 ? sizes[link] : 0);
    });

    static string? DefinitionOf(OtioObject stack) => stack.Child("metadata")?.Child("cinegit")?.Text("definition");

    static string? LinkOf(OtioObject item) => item.Child("metadata")?.Child("cinegit")?.Text("link");
}
