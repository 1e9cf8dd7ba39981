using CineGit.Interchange.Edl;
using CineGit.Interchange.Xml;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Fcp7Xml;

public sealed class Fcp7WritingTests
{
    static readonly FrameRate Rate = FrameRate.Fps25;

    public static TheoryData<string> Otio => Corpus.IsAbsent ? [""] : [.. Corpus.Files("otio"), .. Corpus.Files("expected").Where(f => f.EndsWith(".otio", StringComparison.Ordinal))];

    public static TheoryData<string> Lists => Corpus.IsAbsent ? [""] : [.. Corpus.Files("edl")];

    [Theory]
    [MemberData(nameof(Otio))]
    public void Every_real_document_is_written_or_refused_and_reads_again(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        OtioDocument document;
        try
        {
            document = OtioReader.Read(Corpus.Read(file), new DiagnosticBag());
        }
        catch (InterchangeFormatException)
        {
            return;
        }

        if (!document.Timelines().Any() && document.Root.SchemaName is not (OtioSchema.Stack or OtioSchema.Track or OtioSchema.Clip))
        {
            Assert.Throws<InterchangeFormatException>(() => Fcp7Files.Write(document));
            return;
        }

        var written = Fcp7Files.Write(document);
        var back = Fcp7Files.Read(written);

        Assert.DoesNotContain(back.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(ClipNames(document), ClipNames(back.Document));
        Assert.Null(Fcp7Files.Difference(written, Fcp7Files.Write(back.Document)));
    }

    [Fact]
    public void Clips_from_FCPXML_get_ids_master_clips_and_source_tracks()
    {
        using var stream = new MemoryStream(GeneratedFcpxml.Of(20));
        var document = new Interchange.Fcpxml.FcpxmlFormat().Read(stream, new(null, "cut.fcpxml")).Document;

        var tree = XmlTree.Parse(Fcp7Files.Write(document));

        var items = Enumerable.Range(0, tree.Count).Select(i => new XmlNode(tree, i)).Where(n => n.Kind == XmlNodeKind.Element && n.Name == "clipitem").ToList();
        Assert.NotEmpty(items);
        Assert.All(items, i => Assert.NotNull(i["id"]));
        Assert.All(items, i => Assert.True(i.Child("masterclipid").Exists, i["id"]));
        Assert.All(items.Where(i => i.Child("sourcetrack").Exists), i => Assert.Equal("audio", i.Child("sourcetrack").TextOf("mediatype")));
        Assert.Contains(items, i => i.Child("sourcetrack").Exists);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_real_list_keeps_its_names_and_times(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        using var stream = new MemoryStream(Corpus.Read(file));
        var document = new EdlFormat().Read(stream, new ReadOptions(null, "list.edl")).Document;

        var back = Fcp7Files.Read(Fcp7Files.Write(document)).Document;

        Assert.Equal(Spans(document).Select(s => s.Duration), Spans(back).Select(s => s.Duration));
        // A retimed clip begins on one of its own frames, which are more or fewer than those of the list.
        var retimed = Children(document).Where(c => c.SchemaName == OtioSchema.Clip).Select(c => c.Objects("effects").Any()).ToArray();
        Assert.Equal(Spans(document).Where((_, i) => !retimed[i]), Spans(back).Where((_, i) => !retimed[i]));
        Assert.Equal(ClipNames(document), ClipNames(back));
    }

    [Fact]
    public void A_cut_from_elsewhere_has_what_programs_look_for()
    {
        var available = OtioBuild.Range(new(90_000, Rate), new(500, Rate));
        OtioObject Linked(string name) => OtioBuild.Clip(name, OtioBuild.ExternalReference("/media/Größe 1/a b.mov", available), OtioBuild.Range(new(90_100, Rate), new(50, Rate)))
            .With("metadata", OtioObject.Map(("cinegit", OtioObject.Map(("link", "1")))));
        var document = new OtioDocument(OtioBuild.Timeline(
            "cut", new RationalTime(90_000, Rate),
            [OtioBuild.Track("V1", "Video", [Linked("a")]), OtioBuild.Track("A1", "Audio", [Linked("a")]), OtioBuild.Track("A2", "Audio", [Linked("a")])]));

        var root = XmlTree.Parse(Fcp7Files.Write(document)).Root;

        var sequence = root.Child("sequence");
        var media = sequence.Child("media");
        var item = media.Child("video").Child("track").Child("clipitem");
        var file = item.Child("file");
        Assert.Equal(("25", "FALSE"), (sequence.Child("rate").TextOf("timebase"), sequence.Child("rate").TextOf("ntsc")));
        Assert.Equal(("01:00:00:00", "90000", "NDF"), (sequence.Child("timecode").TextOf("string"), sequence.Child("timecode").TextOf("frame"), sequence.Child("timecode").TextOf("displayformat")));
        Assert.Equal((0, 50, 100, 150, 500), (item.IntegerOf("start"), item.IntegerOf("end"), item.IntegerOf("in"), item.IntegerOf("out"), item.IntegerOf("duration")));
        Assert.Equal("file://localhost/media/Gr%C3%B6%C3%9Fe%201/a%20b.mov", file.TextOf("pathurl"));
        Assert.Equal(("a b.mov", "500", "90000"), (file.TextOf("name"), file.TextOf("duration"), file.Child("timecode").TextOf("frame")));
        Assert.Equal("2", file.Child("media").Child("audio").TextOf("channelcount"));
        Assert.True(file.Child("media").Child("video").Exists && media.Child("video").Child("format").Child("samplecharacteristics").Exists && media.Child("audio").Child("outputs").Exists);
        Assert.Equal(3, item.Named("link").Count());
        var sound = media.Child("audio").Named("track").ToList().Select(t => t.Child("clipitem")).ToList();
        Assert.Equal(["1", "2"], sound.Select(s => s.Child("sourcetrack").TextOf("trackindex")));
        Assert.All(sound, s => Assert.Equal((file["id"], item.TextOf("masterclipid"), true), (s.Child("file")["id"], s.TextOf("masterclipid"), s.Child("file").IsLeaf)));
    }

    /// <summary>A merge takes one item from one export and what is linked with it from another, and both have numbered them anew.</summary>
    [Fact]
    public void Links_of_another_export_are_made_again_with_the_ids_of_this_one()
    {
        const string Oddly = "<link><linkclipref>v</linkclipref><mediatype>video</mediatype><trackindex>1</trackindex><clipindex>7</clipindex></link>"
            + "<link><linkclipref>a</linkclipref><mediatype>audio</mediatype><trackindex>1</trackindex><clipindex>1</clipindex></link>";
        var read = Fcp7Files.Read(Fcp7Files.Sequence(
            $"<track>{Fcp7Files.Clip("v", 0, 50, 0, 50, Fcp7Files.File("f") + Oddly)}</track>", $"<track>{Fcp7Files.Clip("a", 0, 50, 0, 50, "<file id=\"f\"/>" + Oddly)}</track>")).Document;
        Assert.Equal(["7", "1"], LinksOfSound(read).Select(l => l.TextOf("clipindex")));

        var renumbered = new OtioDocument(read.Root.With("tracks", read.Root.Child("tracks")!.With("children", OtioArray.Of(
            Fcp7Files.Tracks(read).Select((t, i) => i == 0 ? Renumbered(t) : t)))));

        var links = LinksOfSound(renumbered);
        Assert.Equal(["video", "audio"], links.Select(l => l.TextOf("mediatype")));
        Assert.Equal(["1", "1"], links.Select(l => l.TextOf("clipindex")));
    }

    static OtioObject Renumbered(OtioObject track)
    {
        var item = Assert.Single(track.Objects("children"));
        var own = item.Child("metadata")!.Child("cinegit")!;
        return track.With("children", OtioArray.Of([item.With("metadata", item.Child("metadata")!.With("cinegit", own.With("local", own.Child("local")!.With("id", "v2"))))]));
    }

    static List<XmlNode> LinksOfSound(OtioDocument document) =>
        XmlTree.Parse(Fcp7Files.Write(document)).Root.Child("sequence").Child("media").Child("audio").Child("track").Child("clipitem").Named("link").ToList();

    [Fact]
    public void What_cannot_be_said_is_said_to_be_left_out()
    {
        var clip = OtioBuild.Clip("a", OtioBuild.MissingReference(), OtioBuild.Range(new(0, Rate), new(50, Rate)))
            .With("metadata", OtioObject.Map(("other", "value")))
            .With("effects", OtioArray.Of([OtioBuild.Effect("Blur", "Blur")]))
            .With("color", OtioObject.Of("Color.1", ("name", "Red")));
        var track = OtioBuild.Track("V1", "Video", [clip, OtioObject.Of("Unknown.1", ("name", "what"))])
            .With("effects", OtioArray.Of([OtioBuild.Effect("Grade", "Grade")]));
        var document = new OtioDocument(OtioBuild.Timeline("cut", null, [track, OtioBuild.Track("Data", "Data", [])]));

        Fcp7Files.Write(document, default, out var diagnostics);

        foreach (var part in (string[])["'other'", "Blur", "color", "Unknown.1", "Grade", "kind Data", "1920"])
        {
            Assert.Contains(diagnostics, d => d.Message.Contains(part, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("file:///a/b.mov", "file://localhost/a/b.mov")]
    [InlineData("file://localhost/a%20b.mov", "file://localhost/a%20b.mov")]
    [InlineData("C:\\Media\\a b.mov", "file://localhost/C%3A/Media/a%20b.mov")]
    [InlineData("https://example.org/a.mov", "https://example.org/a.mov")]
    [InlineData("media/ä.mov", "media/%C3%A4.mov")]
    public void A_place_of_media_is_written_as_Premiere_writes_it(string location, string expected)
    {
        var clip = OtioBuild.Clip("a", OtioBuild.ExternalReference(location, null), OtioBuild.Range(new(0, Rate), new(50, Rate)));

        var root = XmlTree.Parse(Fcp7Files.Write(new(OtioBuild.Timeline("cut", null, [OtioBuild.Track("V1", "Video", [clip])])))).Root;

        Assert.Equal(expected, root.Child("sequence").Child("media").Child("video").Child("track").Child("clipitem").Child("file").TextOf("pathurl"));
    }

    [Theory]
    [InlineData(2, 40)]
    [InlineData(-1, 100)]
    [InlineData(0.5, 160)]
    public void A_retime_from_elsewhere_counts_in_retimed_frames_and_comes_back(double speed, int start)
    {
        var clip = OtioBuild.Clip("a", OtioBuild.ExternalReference("file:///a.mov", OtioBuild.Range(new(0, Rate), new(400, Rate))), OtioBuild.Range(new(start, Rate), new(50, Rate)))
            .With("effects", OtioArray.Of([OtioBuild.LinearTimeWarp(speed)]));
        var document = new OtioDocument(OtioBuild.Timeline("cut", null, [OtioBuild.Track("V1", "Video", [clip])]));

        var back = Assert.Single(Fcp7Files.Items(Fcp7Files.Read(Fcp7Files.Write(document)).Document, 0));

        Assert.Equal(speed, Assert.Single(back.Objects("effects")).Number("time_scalar"));
        Assert.Equal(clip["source_range"], back["source_range"]);
    }

    static List<string?> ClipNames(OtioDocument document) => [.. Children(document).Where(c => c.SchemaName == OtioSchema.Clip).Select(c => c.Text("name"))];

    static List<(Flicks Start, Flicks Duration)> Spans(OtioDocument document) =>
        [.. Children(document).Where(c => c.SchemaName == OtioSchema.Clip).Select(c => OtioTimes.TryReadRange(c["source_range"], out var range) ? (range.Start, range.Duration) : default)];

    /// <summary>Of picture first, as a file has them.</summary>
    static IEnumerable<OtioObject> Children(OtioDocument document)
    {
        var stacks = document.Timelines().Select(t => t.Child("tracks")!).DefaultIfEmpty(document.Root);
        return stacks.SelectMany(s => s.SchemaName == OtioSchema.Stack ? s.Objects("children") : [s])
            .Where(t => t.SchemaName != OtioSchema.Track || t.Text("kind") is null or "" or "Video" or "Audio")
            .OrderBy(t => t.Text("kind") == "Audio")
            .SelectMany(t => t.SchemaName == OtioSchema.Track ? t.Objects("children") : [t]);
    }
}
