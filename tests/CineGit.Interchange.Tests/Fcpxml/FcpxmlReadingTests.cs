using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Fcpxml;

public sealed class FcpxmlReadingTests
{
    [Theory]
    [InlineData("1001/24000s", 29_429_400)]
    [InlineData("5s", 3_528_000_000)]
    [InlineData("0s", 0)]
    [InlineData("-1/48000s", -14_700)]
    [InlineData("0.5s", 352_800_000)]
    public void A_time_is_exact(string text, long flicks)
    {
        Assert.True(Interchange.Fcpxml.FcpxmlTime.TryParse(text, out var time));
        Assert.Equal(new Flicks(flicks), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1/0s")]
    [InlineData("1/-2s")]
    [InlineData("9223372036854775807s")]
    [InlineData("9999999999999999999999.5s")]
    [InlineData("0.99999999999999999999999999s1")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Interchange.Fcpxml.FcpxmlTime.TryParse(text, out _));

    [Fact]
    public void Times_that_add_up_to_more_than_any_timeline_are_refused_with_a_sentence()
    {
        var clip = "<gap duration=\"3200000000s\"/>";
        var file = $"<fcpxml version=\"1.10\"><resources><format id=\"r1\" frameDuration=\"1/24s\"/></resources><project><sequence format=\"r1\"><spine>{string.Concat(Enumerable.Repeat(clip, 12))}</spine></sequence></project></fcpxml>";

        var refused = Assert.Throws<InterchangeFormatException>(() => FcpxmlFiles.Read(file));

        Assert.EndsWith("timeline holds.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compound_that_shows_itself_is_carried_and_not_opened()
    {
        const string file = "<fcpxml version=\"1.10\"><resources><format id=\"r1\" frameDuration=\"1/24s\"/><media id=\"r2\" name=\"Loop\"><sequence format=\"r1\"><spine><ref-clip ref=\"r2\" name=\"Loop\" offset=\"0s\" duration=\"1s\"/></spine></sequence></media></resources><project name=\"P\"><sequence format=\"r1\"><spine><ref-clip ref=\"r2\" name=\"Loop\" offset=\"0s\" duration=\"1s\"/></spine></sequence></project></fcpxml>";

        var read = FcpxmlFiles.Read(file);

        Assert.Contains(read.Diagnostics, d => d.Code == DiagnosticCodes.FcpxmlNotOpened);
        Assert.Single(FcpxmlFiles.Tracks(read.Document).SelectMany(t => t.Objects("children")));
    }

    [Fact]
    public void What_another_program_says_and_Final_Cut_cannot_is_told_and_left_out()
    {
        var clip = OtioBuild.Clip("a", OtioBuild.ExternalReference("file:///a.mov", null), OtioBuild.Range(new(0, FrameRate.Fps24), new(48, FrameRate.Fps24)))
            .With("effects", OtioArray.Of([OtioBuild.Effect("Blur", "Blur")]));
        var document = new OtioDocument(OtioBuild.Timeline("t", null, [OtioBuild.Track("V1", "Video", [clip]), OtioBuild.Track("D1", "Data", [clip])]));

        var written = FcpxmlFiles.Read(FcpxmlFiles.Write(document, out var diagnostics));

        Assert.Single(diagnostics, d => d.Code == DiagnosticCodes.FcpxmlLeftOut && d.Message.Contains("Blur", StringComparison.Ordinal));
        Assert.Contains(diagnostics, d => d.Code == DiagnosticCodes.FcpxmlLeftOut && d.Message.Contains("D1", StringComparison.Ordinal) && !d.Message.Contains("Names", StringComparison.Ordinal));
        Assert.Equal("a", Assert.Single(FcpxmlFiles.Tracks(written.Document).SelectMany(t => t.Objects("children"))).Text("name"));
    }
}
