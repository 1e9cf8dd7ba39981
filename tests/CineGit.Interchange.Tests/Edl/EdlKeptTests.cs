using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>What OpenTimelineIO's EDL adapter loses or changes, against the text of the list: here it comes back as it was.</summary>
public sealed class EdlKeptTests
{
    const string First = "001  R1       V     C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n";

    [Theory]
    [InlineData("001  R1       V     C        01:01:04:00 01:01:05:00 01:01:04:00 01:01:05:00", "29.97", "non-drop at 29.97 keeps its numbers")]
    [InlineData("001  R1       V     C        00:32:00:00 00:32:06:19 01:00:00:00 01:00:13:14\nM2   R1             011.7                00:32:00:00", "24", "the source out of an M2 is the list's")]
    [InlineData("000001  A001C002_1234 V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00", "24", "six digits and a long reel")]
    [InlineData("001  R1       V     C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\nM2   R1             048.0                00:00:00:00", "24", "an M2 whose durations are equal")]
    [InlineData("001  R1       V     C        00:00:00:00 00:00:00:01 01:00:00:00 01:00:02:00\nM2   R1             000.0                00:00:00:00", "24", "a freeze")]
    [InlineData("001  R1       V     C        00:00:02:00 00:00:00:00 01:00:00:00 01:00:02:00\nM2   R1            -024.0                00:00:02:00", "24", "backwards, source out before source in")]
    [InlineData(First + "002  R1       V     C        00:00:02:00 00:00:02:00 01:00:02:00 01:00:02:00\n002  R2       V     W001 030 00:00:00:00 00:00:02:00 01:00:02:00 01:00:04:00", "24", "a wipe's code and its length")]
    [InlineData(First + "002  R1       V     C        00:00:02:00 00:00:02:00 01:00:02:00 01:00:02:00\n002  R2       V     D    060 00:00:00:00 00:00:02:00 01:00:02:00 01:00:04:00", "24", "a dissolve longer than its event")]
    [InlineData("001  BL       V     C        00:00:00:00 00:00:00:00 01:00:00:00 01:00:00:00\n001  R2       V     D    012 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00", "24", "a dissolve from black at the very start")]
    [InlineData("001  R1       V     K B      00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n001  R2       V     K    010 00:00:05:00 00:00:07:00 01:00:00:00 01:00:02:00", "24", "a key over its background")]
    [InlineData("001  R1       A     C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n002  R1       A2    C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00", "24", "sound without picture, two tracks not linked")]
    [InlineData("001  R1       AA/V  C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\nAUD  3    4", "24", "picture linked with four sounds")]
    [InlineData(First + "002  R2       V2    C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00", "24", "a second picture track")]
    [InlineData("001  AX       V     C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n* COMMENT:  any words at all\n* RESIZE: 110\nFINAL CUT PRO REEL: 006-I REPLACED BY: 006I", "24", "comments that nobody knows, reel AX")]
    [InlineData("001  R1       V     C        00:00:00:00 00:00:03:00 01:00:00:00 01:00:02:00", "24", "durations that differ without an M2")]
    [InlineData("001  R1       V     C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n* LOC: 01:00:01:00 FUCHSIA NOTE", "24", "a colour that OTIO has not")]
    [InlineData("001  R1       V     C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n* ASC_SOP (1.0500 0.9990 1.0000)(-0.0500 0.0100 0.0000)(1.0000 1.0000 1.0000)\n* ASC_SAT 0.9000", "24", "colour decisions, digit by digit")]
    public void Every_line_comes_back_from_the_document_alone(string events, string rate, string what)
    {
        Assert.True(FrameRate.TryParse(rate, out var frames));
        var list = $"TITLE: {what}\nFCM: NON-DROP FRAME\n{events}\n";

        var written = EdlFiles.Write(EdlFiles.Read(list, frames).Document);

        Assert.Equal(Lines(list), Lines(written));
    }

    /// <summary>In any order of comments and with any number of blanks; a long reel widens its column.</summary>
    static string[] Lines(string list) =>
        [.. list.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(l => l.Length > 0).Order(StringComparer.Ordinal)];

    [Fact]
    public void Nothing_in_the_document_but_its_places_depends_on_event_numbers_or_record_times()
    {
        const string event1 = "001  R1       AA/V  C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n* LOC: 01:00:01:00 RED NOTE\nM2   R1             012.0                00:00:00:00\n";
        var early = EdlFiles.Read(event1, FrameRate.Fps24).Document;
        var late = EdlFiles.Read(
            event1.Replace("001", "417", StringComparison.Ordinal).Replace("01:00:0", "03:10:0", StringComparison.Ordinal), FrameRate.Fps24).Document;

        Assert.Equal(EdlFiles.Tracks(early), EdlFiles.Tracks(late));
        Assert.Equal(early.Root.With("global_start_time", OtioNull.Value), late.Root.With("global_start_time", OtioNull.Value));
    }
}
