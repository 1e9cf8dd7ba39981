using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

public sealed class NodeHashTests
{
    [Fact]
    public void A_timelines_hash_is_made_of_its_stacks_of_its_tracks_of_its_clips_as_documented()
    {
        var document = OtioTexts.Read(
            """
            {"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","metadata":{"children":[{}]},"children":[
              {"OTIO_SCHEMA":"Track.1","children":[{"name":"a","OTIO_SCHEMA":"Clip.2","t":{"tracks":{}}}, 7, {"OTIO_SCHEMA":"Gap.1"}]}]}}
            """);
        var clip = Sha("{\"OTIO_SCHEMA\":\"Clip.2\",\"name\":\"a\",\"t\":{\"tracks\":{}}}");
        var gap = Sha("{\"OTIO_SCHEMA\":\"Gap.1\"}");
        var track = Sha("{\"OTIO_SCHEMA\":\"Track.1\",\"children\":[", clip, ",7,", gap, "]}");
        var stack = Sha("{\"OTIO_SCHEMA\":\"Stack.1\",\"children\":[", track, "],\"metadata\":{\"children\":[{}]}}");
        Assert.Equal(Sha("{\"OTIO_SCHEMA\":\"Timeline.1\",\"tracks\":", stack, "}"), document.Root.Hash);
        Assert.NotEqual(CanonicalForm.Hash(document), document.Root.Hash);
    }

    [Fact]
    public void A_field_that_only_looks_like_a_reference_is_none()
    {
        var child = OtioObject.Map(("a", 1));
        var digest = new byte[ContentHash.Size];
        child.Hash.WriteTo(digest);
        var lookalike = "#" + Encoding.Latin1.GetString(digest);
        var real = OtioObject.Map(("tracks", child));
        Assert.NotEqual(real.Hash, OtioObject.Map(("tracks", lookalike)).Hash);
        Assert.NotEqual(real.Hash, OtioObject.Map(("children", new OtioArray([child]))).Hash);
        Assert.NotEqual(OtioObject.Map(("tracks", new OtioArray([child]))).Hash, OtioObject.Map(("children", new OtioArray([child]))).Hash);
    }

    [Fact]
    public void A_changed_clip_changes_its_own_hash_and_those_above_it_and_taking_it_back_takes_them_back()
    {
        var clips = Enumerable.Range(0, 50).Select(i => OtioObject.Of("Clip.2", ("name", $"clip {i}"))).ToArray();
        OtioObject Timeline(IEnumerable<OtioObject> children) => OtioObject.Of(
            "Timeline.1", ("tracks", OtioObject.Of("Stack.1", ("children", new OtioArray([OtioObject.Of("Track.1", ("children", OtioArray.Of(children)))])))));
        var before = Timeline(clips);
        var after = Timeline([.. clips[..7], clips[7].With("name", "another"), .. clips[8..]]);
        Assert.NotEqual(before.Hash, after.Hash);
        Assert.NotEqual(before, after);
        Assert.Equal(before.Hash, Timeline(clips.Select(c => new OtioObject([.. c.Fields.Reverse()]))).Hash);
        Assert.NotEqual(before.Hash, Timeline(clips.Reverse()).Hash);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Inf")]
    public void A_number_that_is_not_finite_is_refused_by_its_path_when_asked_to(string lexeme)
    {
        var padding = new string('x', 200);
        var document = OtioTexts.Read(
            $$$"""{"OTIO_SCHEMA":"T.1","children":[{"metadata":{"pad":"{{{padding}}}"}},{"metadata":{"pad":"{{{padding}}}","v":[1e400,{"w":{{{lexeme}}}}]}}]}""");
        using var output = new MemoryStream();
        var refusal = Assert.Throws<InterchangeFormatException>(() => OtioWriter.Write(document, output, NonFinite.Refuse));
        Assert.Equal("children/1/metadata/v/1/w", refusal.Location);
        Assert.Equal(0, output.Length);
        OtioWriter.Write(document, output);
        Assert.Equal(OtioTexts.Write(document), Encoding.UTF8.GetString(output.ToArray()));
        Assert.Contains(lexeme, OtioTexts.Write(document), StringComparison.Ordinal);
        var stored = (OtioObject)CanonicalForm.Parse(Encoding.UTF8.GetBytes(OtioTexts.Canonical(document)), new TextCache(64));
        Assert.Throws<InterchangeFormatException>(() => OtioWriter.Write(new(stored), output, NonFinite.Refuse));
    }

    static ContentHash Sha(params object[] parts)
    {
        var bytes = new List<byte> { 1 };
        foreach (var part in parts)
        {
            if (part is ContentHash hash)
            {
                var digest = new byte[ContentHash.Size];
                hash.WriteTo(digest);
                bytes.AddRange([(byte)'#', .. digest]);
            }
            else bytes.AddRange(Encoding.UTF8.GetBytes((string)part));
        }

        return ContentHash.Of(bytes.ToArray());
    }
}
