using System.IO.Compression;
using System.Text;
using CineGit.Interchange.Otio;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using static CineGit.TestKit.OtioBuilders;

namespace CineGit.Interchange.Tests.Otio;

public sealed class BundleTests
{
    [Fact]
    public void A_bundle_holds_the_timeline_the_version_and_each_medium_once_under_a_name_of_its_own()
    {
        var document = Cut(Video("V1", Clip("file:///a/A001.mov"), Clip("file:///b/a001.MOV"), Clip("file:///a/A001.mov"), Clip("file:///gone.mov"), Clip("http://x/y.mov")));
        HashSet<string> there = ["file:///a/A001.mov", "file:///b/a001.MOV"];
        var plan = BundlePlan.Make(document, there.Contains);
        using var zip = Written(plan, reference => "bytes of " + reference);

        Assert.Equal(["content.otio", "version.txt", "media/A001.mov", "media/a001-2.MOV"], zip.Entries.Select(e => e.FullName));
        Assert.Equal("1.0.0", Text(zip, "version.txt"));
        Assert.Equal("bytes of file:///b/a001.MOV", Text(zip, "media/a001-2.MOV"));
        var content = OtioReader.Read(Encoding.UTF8.GetBytes(Text(zip, "content.otio")), new());
        Assert.Equal(
            ["media/A001.mov", "media/a001-2.MOV", "media/A001.mov", "file:///gone.mov", "http://x/y.mov"],
            content.Root.Child("tracks")!.Objects("children").Single().Objects("children").Select(c => c.Child("media_references")!.Child("DEFAULT_MEDIA")!.Text("target_url")));
        var said = Assert.Single(plan.Diagnostics);
        Assert.Equal((DiagnosticCodes.BundleMediaLeftOut, Severity.Warning), (said.Code, said.Severity));
        Assert.StartsWith("file:///gone.mov and 1 more", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeline_without_its_media_comes_out_of_a_bundle_as_it_went_in()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var format = TimelineFormats.ByName("otioz")!;
        foreach (var file in Corpus.Files("otio").Where(f => f.EndsWith(".otio", StringComparison.Ordinal)))
        {
            var source = Corpus.Read(file);
            using var stream = new MemoryStream();
            format.Write(OtioReader.Read(source, new()), stream, WriteOptions.Alone);
            stream.Position = 0;
            JsonLexemes.Same(source, TimelineAssert.Utf8(format.Read(stream, new(null, file)).Document));
        }
    }

    [Fact]
    public void The_same_timeline_is_the_same_bundle_to_the_byte()
    {
        var plan = BundlePlan.Make(Cut(Video("V1", Clip("file:///a/A001.mov"))), _ => true);
        Assert.Equal(Bytes(plan), Bytes(plan));
    }

    [Theory]
    [InlineData("file:///m/with%20space.mov", "media/with space.mov")]
    [InlineData("media/50%25.mov", "media/50%25.mov")]
    [InlineData("C:\\shots\\A:B?.mov", "media/A_B_.mov")]
    [InlineData("file:///m/..", "media/media")]
    [InlineData("file:///m/%2e%2e%2f%2e%2e%2fevil", "media/.._.._evil")]
    [InlineData("file:///m/\ud83c\udfac.mov", "media/\ud83c\udfac.mov")]
    [InlineData("dir/", "media/media")]
    public void Names_in_a_bundle_are_names_on_every_file_system(string reference, string path)
    {
        var plan = BundlePlan.Make(Cut(Video("V1", Clip(reference))), _ => true);
        Assert.Equal(path, plan.Media.Single().Path);
        using var bundle = BundleArchive.Open(new MemoryStream(Bytes(plan)));
        Assert.True(bundle.HasMedia(path));
    }

    [Fact]
    public void The_pictures_of_a_sequence_go_in_as_far_as_they_are_there()
    {
        var sequence = (OtioObject.Of("ImageSequenceReference.1", ("target_url_base", "file:///r/"), ("name_prefix", "sh."), ("name_suffix", ".exr"), ("start_frame", 99L), ("frame_step", 2L), ("rate", 24.0), ("frame_zero_padding", 4L)))
            .With("available_range", At24.Range(99, 6));
        var clips = new[] { sequence, sequence, sequence.With("target_url_base", "file:///other/") }.Select(m => OtioBuild.Clip("s", m, null)).ToArray();
        var plan = BundlePlan.Make(Cut(Video("V1", clips)), r => !r.EndsWith("101.exr", StringComparison.Ordinal));
        Assert.Equal(
            ["media/sh.0099.exr", "media/sh.0103.exr", "media/2-sh.0099.exr", "media/2-sh.0103.exr"], plan.Media.Select(m => m.Path));
        Assert.Equal("file:///other/sh.0103.exr", plan.Media[3].Reference);
        var written = OtioReader.Read(plan.Content(), new()).Root.Child("tracks")!.Objects("children").Single().Objects("children")
            .Select(c => c.Child("media_references")!.Child("DEFAULT_MEDIA")!).ToList();
        Assert.Equal(["sh.", "sh.", "2-sh."], written.Select(m => m.Text("name_prefix")));
        Assert.All(written, m => Assert.Equal("media/", m.Text("target_url_base")));
    }

    [Fact]
    public void References_in_metadata_are_left_alone()
    {
        var clip = Clip("file:///gone.mov").With("metadata", OtioObject.Map(("was", OtioBuild.ExternalReference("file:///a.mov", null))));
        var plan = BundlePlan.Make(Cut(Video("V1", clip)), r => r == "file:///a.mov");
        Assert.Empty(plan.Media);
    }

    static OtioObject Clip(string url) => OtioBuild.Clip("c", OtioBuild.ExternalReference(url, null), At24.Range(0, 24));

    static byte[] Bytes(BundlePlan plan)
    {
        using var stream = new MemoryStream();
        BundleArchive.Write(plan, stream, reference => new MemoryStream(Encoding.UTF8.GetBytes(reference)));
        return stream.ToArray();
    }

    static ZipArchive Written(BundlePlan plan, Func<string, string> media)
    {
        var stream = new MemoryStream();
        BundleArchive.Write(plan, stream, reference => new MemoryStream(Encoding.UTF8.GetBytes(media(reference))));
        return new(stream);
    }

    static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
