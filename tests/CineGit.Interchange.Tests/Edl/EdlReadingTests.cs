using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

public sealed class EdlReadingTests
{
    const string Event = "001  AX       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n";

    [Theory]
    [InlineData("00:00:00:23", 24, 1)]
    [InlineData("00:00:00:24", 25, 1)]
    [InlineData("00:00:00:29", 30, 1)]
    [InlineData("00:00:00:49", 50, 1)]
    [InlineData("00:00:00:59", 60, 1)]
    [InlineData("00:00:00;29", 30000, 1001)]
    [InlineData("00:00:00;59", 60000, 1001)]
    public void Without_a_rate_the_lowest_usual_one_that_says_every_timecode_is_assumed_and_said(string sourceIn, int numerator, int denominator)
    {
        var read = EdlFiles.Read($"TITLE: A\n001  AX V C {sourceIn} 00:00:01:00 01:00:00:00 01:00:01:00\n");

        Assert.Equal(new FrameRate(numerator, denominator), EdlFiles.RateOf(read.Document));
        var said = Assert.Single(read.Diagnostics, d => d.Code == DiagnosticCodes.EdlRateAssumed);
        Assert.Contains("--rate", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_rate_is_taken_without_a_word()
    {
        var read = EdlFiles.Read("TITLE: A\n" + Event, FrameRate.Fps23976);

        Assert.Equal(FrameRate.Fps23976, EdlFiles.RateOf(read.Document));
        Assert.Empty(read.Diagnostics);
    }

    [Fact]
    public void Drop_frame_with_30_given_is_read_at_29_97_and_said()
    {
        var read = EdlFiles.Read("FCM: DROP FRAME\n" + Event, FrameRate.Fps30);

        Assert.Equal(FrameRate.Fps2997, EdlFiles.RateOf(read.Document));
        Assert.Contains(read.Diagnostics, d => d.Code == DiagnosticCodes.EdlDropFrame && d.Severity == Severity.Warning);
    }

    [Theory]
    [InlineData("002  AX       V     C        00:00:00:00 00:00:01:00 01:00:01:00\n", "four timecodes")]
    [InlineData("002  AX       V     X        00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\n", "edit type")]
    [InlineData("002  AX       Q     C        00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\n", "channel")]
    [InlineData("00x2 AX       V     C        00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\n", "event number")]
    [InlineData("002  AX       V     C        00:00:00:00 00:00:99:00 01:00:01:00 01:00:02:00\n", "00:00:99:00")]
    [InlineData("002  AX       V     C        00:00:00:00 00:00:01:00 01:00:03:00 01:00:02:00\n", "before it begins")]
    public void A_bad_event_line_is_an_error_that_names_the_line_and_the_reason_and_stays_as_a_comment(string line, string reason)
    {
        var read = EdlFiles.Read("TITLE: A\n" + Event + line, FrameRate.Fps24);

        var error = Assert.Single(read.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal("line 3", error.Location);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(line.Trim(), EdlFiles.Write(read.Document), StringComparison.Ordinal);
        Assert.Single(EdlFiles.Children(read.Document, "V"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\nworld\n")]
    [InlineData("\0\u0001\u0002")]
    public void What_is_no_list_is_refused(string text)
    {
        var refusal = Assert.Throws<InterchangeFormatException>(() => EdlFiles.Read(text));

        Assert.Equal("line 1", refusal.Location);
        Assert.Contains("list.edl has no EDL event", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_cannot_be_counted_at_the_given_rate_is_refused_with_the_way_out()
    {
        var refusal = Assert.Throws<InterchangeFormatException>(
            () => EdlFiles.Read("001  AX V C 00:00:00:29 00:00:01:29 01:00:00:29 01:00:01:29\n", FrameRate.Fps24));

        Assert.Contains("--rate", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("V", "V")]
    [InlineData("V2", "V2")]
    [InlineData("A", "A1")]
    [InlineData("A2", "A2")]
    [InlineData("AA", "A1,A2")]
    [InlineData("AA/V", "V,A1,A2")]
    [InlineData("A/V", "V,A1")]
    [InlineData("A2/V", "V,A2")]
    [InlineData("B", "V,A1")]
    [InlineData("A12", "A12")]
    [InlineData("NONE", "NONE")]
    public void Every_channel_form_goes_to_its_tracks_and_comes_back(string channel, string tracks)
    {
        var read = EdlFiles.Read($"001  AX {channel} C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n", FrameRate.Fps24);

        Assert.Equal(tracks.Split(','), EdlFiles.Tracks(read.Document).Select(t => t.Text("name")));
        Assert.Contains($" {channel} ", EdlFiles.Write(read.Document), StringComparison.Ordinal);
        var links = EdlFiles.Tracks(read.Document).SelectMany(t => t.Objects("children")).Where(c => c.SchemaName == OtioSchema.Clip)
            .Select(c => c.Child("metadata")?.Child("cinegit")?.Text("link")).Distinct();
        Assert.Equal(tracks.Contains(',', StringComparison.Ordinal), Assert.Single(links) is not null);
    }

    [Fact]
    public void Overlapping_events_lie_on_tracks_of_their_own_and_none_is_lost()
    {
        var read = EdlFiles.Read(
            "001  R1 V C 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n002  R2 V C 00:00:00:00 00:00:02:00 01:00:01:00 01:00:03:00\n",
            FrameRate.Fps24);

        Assert.Equal(["V", "V layer 2"], EdlFiles.Tracks(read.Document).Select(t => t.Text("name")));
        var warning = Assert.Single(read.Diagnostics, d => d.Code == DiagnosticCodes.EdlOverlap);
        Assert.Equal("line 2", warning.Location);
    }

    [Fact]
    public void A_list_in_source_order_is_laid_out_in_record_order_and_said()
    {
        var read = EdlFiles.Read(
            "001  R1 V C 00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\n002  R2 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n",
            FrameRate.Fps24);

        Assert.Equal(["R2", "R1"], EdlFiles.Children(read.Document, "V").Select(c => c.Text("name")));
        Assert.Contains(read.Diagnostics, d => d.Code == DiagnosticCodes.EdlOrder);
    }

    [Fact]
    public void A_record_duration_that_differs_from_the_source_is_a_warning_and_both_come_back()
    {
        const string line = "001  R1       V     C        00:00:00:00 00:00:02:12 01:00:00:00 01:00:02:00";
        var read = EdlFiles.Read(line + "\n", FrameRate.Fps24);

        Assert.Equal("line 1", Assert.Single(read.Diagnostics, d => d.Code == DiagnosticCodes.EdlDurationMismatch).Location);
        Assert.Equal(48, EdlFiles.Children(read.Document, "V")[0].Child("source_range")?.Child("duration")?.Number("value"));
        Assert.Contains(line, EdlFiles.Write(read.Document), StringComparison.Ordinal);
    }

    [Fact]
    public void Inserting_an_event_leaves_the_clips_after_it_as_they_were()
    {
        const string tail = "{0}  R9 AA/V C 05:00:00:00 05:00:01:00 {1} {2}\n* LOC: {1} RED   note\n* A COMMENT\n";
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var before = EdlFiles.Read(Event + string.Format(culture, tail, "002", "01:00:01:00", "01:00:02:00"), FrameRate.Fps24);
        var after = EdlFiles.Read(
            Event + "002  R5 V C 00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\n" + string.Format(culture, tail, "003", "01:00:02:00", "01:00:03:00"),
            FrameRate.Fps24);

        Assert.Equal(EdlFiles.Children(before.Document, "V")[^1], EdlFiles.Children(after.Document, "V")[^1]);
    }
}
