using CineGit.Interchange.Xml;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Xml;

public sealed class XmlWeaveTests
{
    const int EditsPerFile = 12;

    public static TheoryData<string> Files => XmlCorpus.Theory;

    [Theory]
    [MemberData(nameof(Files))]
    public void Real_files_come_back_the_same_through_metadata(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var tree = XmlTree.Parse(Corpus.Read(file));

        var made = XmlCorpus.Made(tree);

        Assert.Null(XmlSame.Difference(tree, XmlTree.Parse(made), XmlCorpus.Dialect));
        Assert.Equal(Corpus.Read(file), XmlWeave.Weave(Corpus.Read(file), made, XmlCorpus.Dialect).ToArray());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_changed_file_says_what_was_made_and_keeps_the_lines_that_did_not_change(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);
        var random = new Random(file.Length);
        var whole = XmlMetadata.Of(XmlTree.Parse(original).Root) as OtioObject ?? OtioObject.EmptyMap;
        for (var i = 0; i < EditsPerFile; i++)
        {
            var made = Made(original, Edited(whole, random));

            var woven = XmlWeave.Weave(original, made, XmlCorpus.Dialect);

            Assert.Null(XmlSame.Difference(XmlTree.Parse(made), XmlTree.Parse(woven), XmlCorpus.Dialect));
            Assert.Equal(original.AsSpan(0, XmlTree.Parse(original).Root.Entry.Start), woven.Span[..XmlTree.Parse(original).Root.Entry.Start]);
        }
    }

    [Theory]
    [InlineData("<r>\n\t<a x=\"1\"  y='2'/>\n\t<b></b><!-- kept -->\n</r>", "<r><a x=\"1\" y=\"3\"/><b/></r>", "<r>\n\t<a x=\"1\"  y=\"3\"/>\n\t<b></b><!-- kept -->\n</r>")]
    [InlineData("<r>\n  <b>1</b>\n  <a>2</a>\n</r>", "<r><a>2</a><b>3</b></r>", "<r>\n  <b>3</b>\n  <a>2</a>\n</r>")]
    [InlineData("<r>\n  <a>1</a>\n</r>", "<r><a>1</a><c>2</c></r>", "<r>\n  <a>1</a>\n  <c>2</c>\n</r>")]
    [InlineData("<r>\n  <a>1</a>\n  <b>2</b>\n</r>", "<r><b>2</b></r>", "<r>\n  <b>2</b>\n</r>")]
    [InlineData("<r><a/></r>", "<r><a>x</a></r>", "<r><a>x</a></r>")]
    [InlineData("<r><a k=\"1\">x</a></r>", "<r><a/></r>", "<r><a></a></r>")]
    [InlineData("<r>\r\n  <s/>\r\n</r>\r\n", "<r>\n  <s>\n    <c/>\n  </s>\n</r>", "<r>\r\n  <s>\r\n    <c/>\r\n  </s>\r\n</r>\r\n")]
    [InlineData("<r a='1'/>", "<r b=\"2\"/>", "<r b=\"2\"/>")]
    public void What_is_the_same_keeps_its_spelling(string original, string made, string woven) => Assert.Equal(woven, XmlCorpus.Woven(original, made));

    [Fact]
    public void An_insert_into_a_list_moves_the_others_and_rewrites_nothing_of_them()
    {
        const string original = "<track>\n <clip><start>0</start><n a='1'>A</n></clip>\n <clip><start>5</start><n a='1'>B</n></clip>\n</track>";
        const string made = "<track><clip><start>0</start><n a=\"1\">N</n></clip><clip><start>7</start><n a=\"1\">A</n></clip><clip><start>12</start><n a=\"1\">B</n></clip></track>";

        Assert.Equal(
            "<track>\n <clip><start>0</start><n a=\"1\">N</n></clip>\n <clip><start>7</start><n a='1'>A</n></clip>\n <clip><start>12</start><n a='1'>B</n></clip>\n</track>",
            XmlCorpus.Woven(original, made));
    }

    [Fact]
    public void A_damaged_original_is_not_used() => Assert.Equal("<r/>", XmlCorpus.Woven("<r><a></r>", "<r/>"));

    static byte[] Made(byte[] original, OtioObject whole)
    {
        var tree = XmlTree.Parse(original);
        var output = new XmlOutput(XmlWeave.IndentOf(original));
        output.Declaration(tree.DoctypeName);
        XmlMetadata.Write(output, tree.Root.Name, whole);
        return output.Written.ToArray();
    }

    /// <summary>One value somewhere inside replaced, removed or doubled.</summary>
    static OtioObject Edited(OtioObject element, Random random)
    {
        if (element.Fields.IsEmpty) return element.With("@added", "yes");
        var field = element.Fields[random.Next(element.Fields.Length)];
        return field.Value switch
        {
            OtioObject inside when random.Next(4) > 0 => element.With(field.Name, Edited(inside, random)),
            OtioArray { Items.IsEmpty: false } list when field.Name != "#content" => element.With(field.Name, Edited(list, random)),
            _ when random.Next(3) == 0 => element.Without(field.Name),
            _ when field.Name.StartsWith('@') || field.Name == "#text" => element.With(field.Name, "changed <&> \"here\""),
            _ when field.Name == "#content" => element,
            _ => element.With(field.Name, OtioArray.Of([field.Value, "added"])),
        };
    }

    static OtioArray Edited(OtioArray list, Random random)
    {
        var at = random.Next(list.Items.Length);
        return random.Next(4) switch
        {
            0 => new(list.Items.RemoveAt(at)),
            1 => new(list.Items.Insert(at, list.Items[random.Next(list.Items.Length)])),
            _ => new(list.Items.SetItem(at, list.Items[at] is OtioObject inside ? Edited(inside, random) : "changed")),
        };
    }
}
