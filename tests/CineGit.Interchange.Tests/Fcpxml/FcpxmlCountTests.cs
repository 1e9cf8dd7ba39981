using CineGit.Interchange.Tests.Xml;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>Nothing is lost between a real file, the document it is read as and the file that is written from that alone, counted by a reader that is not ours.</summary>
public sealed class FcpxmlCountTests
{
    static readonly string[] Names =
    [
        "asset-clip", "clip", "video", "audio", "mc-clip", "mc-source", "mc-angle", "ref-clip", "sync-clip", "sync-source", "title", "caption", "audition",
        "transition", "timeMap", "timept", "conform-rate", "marker", "chapter-marker", "keyword", "rating", "analysis-marker", "note",
        "audio-channel-source", "audio-role-source", "filter-video", "filter-audio", "filter-video-mask", "adjust-volume", "adjust-transform",
        "adjust-crop", "adjust-colorConform", "adjust-conform", "adjust-blend", "adjust-EQ", "keyframe", "keyframeAnimation", "md", "asset",
        "format", "effect", "media", "media-rep", "bookmark", "text-style-def", "param", "project", "event",
    ];

    /// <summary>What the document holds as nodes of its own or whole in metadata.</summary>
    static readonly string[] Held =
    [
        "asset-clip", "clip", "video", "audio", "mc-clip", "mc-source", "ref-clip", "sync-clip", "sync-source", "title", "caption", "transition",
        "timept", "conform-rate", "marker", "chapter-marker", "keyword", "audio-channel-source", "audio-role-source", "filter-video", "filter-audio",
        "adjust-volume", "adjust-transform", "adjust-colorConform", "keyframe", "md",
    ];

    public static TheoryData<string> Files => FcpxmlFiles.Corpus;

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_element_of_a_real_file_is_written_from_the_document_alone(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);

        var written = FcpxmlFiles.Write(FcpxmlFiles.Read(original).Document);

        Assert.Equal(Names.Select(n => (n, ElementCounts.In(original, n))), Names.Select(n => (n, ElementCounts.In(written, n))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_a_real_file_holds_is_in_its_document_as_often(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);
        var sections = WithoutSounds(ElementCounts.Nodes(FcpxmlFiles.Read(original).Document).ToList()).Select(n => ElementCounts.Section(n, "fcpx")).OfType<OtioObject>().ToList();

        Assert.Equal(
            Held.Select(n => (n, ElementCounts.In(original, n))),
            Held.Select(n => (n, sections.Count(s => s.Text("element") == n) + sections.Sum(s => ElementCounts.Kept(s, n)))));
    }

    /// <summary>The sound of a picture repeats its retime.</summary>
    static IEnumerable<OtioObject> WithoutSounds(List<OtioObject> nodes)
    {
        var ofSound = nodes.Where(n => ElementCounts.Section(n, "fcpx")?.Text("element") == "sound").SelectMany(n => n.Objects("effects")).ToHashSet(ReferenceEqualityComparer.Instance);
        return nodes.Where(n => !ofSound.Contains(n));
    }
}
