using System.Text;
using System.Xml;
using CineGit.Interchange.Xml;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Tests.Xml;

public sealed class XmlTreeTests
{
    public static TheoryData<string> Files => XmlCorpus.Theory;

    [Theory]
    [MemberData(nameof(Files))]
    public void Real_files_have_the_elements_attributes_and_text_that_the_frameworks_reader_sees(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var document = new XmlDocument { XmlResolver = null, PreserveWhitespace = true };
        using var stream = new MemoryStream(Corpus.Read(file));
        using var reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        document.Load(reader);

        var tree = XmlTree.Parse(Corpus.Read(file));

        Assert.NotNull(document.DocumentElement);
        Same(document.DocumentElement, tree.Root);
    }

    [Theory]
    [InlineData("<a>1 &lt; 2 &amp; &#65;&#x1F600;<![CDATA[<b> & ]]>\r\nx</a>", "1 < 2 & A😀<b> & \nx")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x \"]>\">]><!-- c --><a>t</a><?p i?>\n", "t")]
    [InlineData("<a>one<b/>two<!-- no -->three<b>four</b></a>", "onetwothreefour")]
    [InlineData("<a></a>", "")]
    [InlineData("<a/>", "")]
    public void Text_means_what_the_standard_says(string file, string text) => Assert.Equal(text, XmlCorpus.Parse(file).Root.Text);

    [Fact]
    public void Attribute_values_are_normalized_as_the_standard_says() =>
        Assert.Equal("a b \"<\n", XmlCorpus.Parse("<r v='a\r\nb &quot;&lt;&#10;'/>").Root["v"]);

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("<a>\n<b></a>", "line 2, column 4")]
    [InlineData("<a>\n\n<b>", "line 3, column 4")]
    [InlineData("<a b=1/>", "line 1, column 4")]
    [InlineData("<a b='1' b='2'/>", "line 1, column 10")]
    [InlineData("<a b='1'c='2'/>", "line 1, column 9")]
    [InlineData("<a b='<'/>", "line 1, column 4")]
    [InlineData("<a/><b/>", "line 1, column 5")]
    [InlineData("<a/>x", "line 1, column 5")]
    [InlineData("x<a/>", "line 1, column 1")]
    [InlineData("<a>&unknown;</a>", "line 1, column 4")]
    [InlineData("<a>& </a>", "line 1, column 4")]
    [InlineData("<a>&#0;</a>", "line 1, column 4")]
    [InlineData("<a><![CDATA[x</a>", "line 1, column 4")]
    [InlineData("<a><!-- x</a>", "line 1, column 4")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>", "line 1, column 1")]
    [InlineData("<a", "line 1, column 1")]
    [InlineData("</a>", "line 1, column 1")]
    [InlineData("<1/>", "line 1, column 2")]
    public void What_is_not_well_formed_is_refused_with_its_place(string file, string place)
    {
        var refusal = Assert.Throws<InterchangeFormatException>(() => XmlCorpus.Parse(file));
        Assert.Equal(place, refusal.Location);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_that_a_file_defines_are_never_replaced()
    {
        const string bomb = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>";

        Assert.Throws<InterchangeFormatException>(() => XmlCorpus.Parse(bomb + "<a>&b;</a>"));
        Assert.Throws<InterchangeFormatException>(() => XmlCorpus.Parse(bomb + "<a v='&x;'/>"));
        Assert.Equal("ok", XmlCorpus.Parse(bomb + "<a>ok</a>").Root.Text);
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        Assert.Equal(500, XmlCorpus.Parse(Nested(500)).Count);
        Assert.Throws<InterchangeFormatException>(() => XmlCorpus.Parse(Nested(501)));
        Assert.Throws<InterchangeFormatException>(() => XmlCorpus.Parse(Nested(1_000_000)));
    }

    [Fact]
    public void A_hundred_thousand_attributes_or_children_take_no_longer_than_their_length()
    {
        var attributes = string.Concat(Enumerable.Range(0, 100_000).Select(i => $" a{i}='{i}'"));
        Assert.Equal(100_000, XmlCorpus.Parse($"<r{attributes}/>").Root.Attributes.Count);
        Assert.Throws<InterchangeFormatException>(() => XmlCorpus.Parse($"<r{attributes} a7=''/>"));
        Assert.Equal(100_000, XmlCorpus.Parse($"<r>{string.Concat(Enumerable.Repeat("<c/>", 100_000))}</r>").Root.Children.Count());
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("iso-8859-1", false)]
    [InlineData("windows-1252", false)]
    public void Encodings_are_read_and_written_back(string name, bool isMarked)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var text = $"<?xml version=\"1.0\" encoding=\"{name}\"?>\n<r n=\"Zoë\"><c>Café</c></r>";
        byte[] file = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        var tree = XmlTree.Parse(file);

        Assert.Equal("Zoë", tree.Root["n"]);
        Assert.Equal("Café", tree.Root.TextOf("c"));
        Assert.Equal(file, XmlWeave.Weave(file, XmlCorpus.Made(tree), XmlCorpus.Dialect).ToArray());
    }

    [Fact]
    public void Bytes_of_no_encoding_are_refused_with_their_line()
    {
        var refusal = Assert.Throws<InterchangeFormatException>(() => XmlTree.Parse(Encoding.Latin1.GetBytes("<r>\n<c>Café</c></r>")));
        Assert.Equal("line 2", refusal.Location);
    }

    static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

    static void Same(XmlElement expected, Interchange.Xml.XmlNode actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Attributes.Count, actual.Attributes.Count);
        foreach (XmlAttribute attribute in expected.Attributes) Assert.Equal(attribute.Value, actual[attribute.Name]);
        var elements = expected.ChildNodes.OfType<XmlElement>().ToList();
        var children = actual.Children.ToList();
        Assert.Equal(elements.Count, children.Count);
        if (elements.Count == 0 && actual.IsLeaf) Assert.Equal(expected.InnerText, actual.Text);
        foreach (var (element, child) in elements.Zip(children)) Same(element, child);
    }
}
