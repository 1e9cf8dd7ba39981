using System.Text;
using CineGit.Interchange.Edl;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>Documents that never were a list.</summary>
public sealed class EdlWritingTests
{
    static readonly FrameRate Rate = FrameRate.Fps24;

    [Fact]
    public void Clips_get_reels_of_eight_characters_that_are_unique_and_explained()
    {
        var (text, diagnostics) = Write(Track("V1", "Video", Clip("one", "/media/INTERVIEW_A.mov", 0, 24), Clip("two", "/media/INTERVIEW_B.mov", 10, 24), Clip("three", "/media/INTERVIEW_A.mov", 48, 24)));

        Assert.Contains("001  INTERVIE V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00", text, StringComparison.Ordinal);
        Assert.Contains("002  INTERVI2 V     C        00:00:00:10 00:00:01:10 01:00:01:00 01:00:02:00", text, StringComparison.Ordinal);
        Assert.Contains("003  INTERVIE V     C        00:00:02:00", text, StringComparison.Ordinal);
        Assert.Contains("* SOURCE FILE: /media/INTERVIEW_B.mov", text, StringComparison.Ordinal);
        Assert.Equal(2, diagnostics.Count(d => d.Code == DiagnosticCodes.EdlReelName));
    }

    [Fact]
    public void A_source_of_another_rate_shows_the_timecode_that_it_counts_itself()
    {
        var film = FrameRate.Fps23976;
        var clip = OtioBuild.Clip(
            "A", OtioBuild.ExternalReference("a.mov", OtioBuild.Range(new(86_400, film), new(2_400, film))), OtioBuild.Range(new(86_424, film), new(48, Rate)));

        var (text, _) = Write(Track("V1", "Video", clip));

        // An hour of it is 3.6 seconds longer than one of the list; 48 frames of the list are 47.952 of it.
        Assert.Contains("001  a        V     C        01:00:01:00 01:00:03:00 01:00:00:00 01:00:02:00", text, StringComparison.Ordinal);
        Assert.Contains("* SOURCE RATE: 23.976", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_centred_dissolve_starts_its_event_early_by_its_first_half()
    {
        var (text, diagnostics) = Write(Track(
            "V1",
            "Video",
            Clip("A", "a.mov", 0, 48),
            OtioBuild.Transition("", "SMPTE_Dissolve", new(6, Rate), new(6, Rate)),
            Clip("B", "b.mov", 100, 48)));

        Assert.Contains("001  a        V     C        00:00:00:00 00:00:01:18 01:00:00:00 01:00:01:18", text, StringComparison.Ordinal);
        Assert.Contains("002  a        V     C        00:00:01:18 00:00:01:18 01:00:01:18 01:00:01:18", text, StringComparison.Ordinal);
        Assert.Contains("002  b        V     D    012 00:00:03:22 00:00:06:04 01:00:01:18 01:00:04:00", text, StringComparison.Ordinal);
        Assert.Contains(diagnostics, d => d.Code == DiagnosticCodes.EdlApproximated);
    }

    [Fact]
    public void A_dissolve_at_the_end_goes_to_black()
    {
        var (text, _) = Write(Track("V1", "Video", Clip("A", "a.mov", 0, 48), OtioBuild.Transition("", "SMPTE_Dissolve", new(12, Rate), new(0, Rate))));

        Assert.Contains("002  a        V     C        00:00:01:12 00:00:01:12 01:00:01:12 01:00:01:12", text, StringComparison.Ordinal);
        Assert.Contains("002  BL       V     D    012 00:00:00:00 00:00:00:12 01:00:01:12 01:00:02:00", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Linked_picture_and_sound_become_one_event_and_unlinked_do_not()
    {
        var linked = Clip("A", "a.mov", 0, 24).With("metadata", OtioObject.Map(("cinegit", OtioObject.Map(("link", "x")))));
        var loose = Clip("B", "b.mov", 0, 24);

        var (text, _) = Write(Track("V1", "Video", linked, loose), Track("A1", "Audio", linked, loose), Track("A2", "Audio", linked));

        Assert.Contains("001  a        AA/V  C ", text, StringComparison.Ordinal);
        Assert.Contains("002  b        V     C ", text, StringComparison.Ordinal);
        Assert.Contains("003  b        A     C ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_edl_cannot_say_is_left_out_with_a_word_for_each()
    {
        var effects = Clip("fx", "a.mov", 0, 24).With("effects", OtioArray.Of([OtioBuild.Effect("blur", "Blur"), OtioBuild.LinearTimeWarp(2.0)]));
        var disabled = Clip("off", "b.mov", 0, 24).With("enabled", false);
        var nested = OtioBuild.Stack("nest", [Track("V", "Video", Clip("in", "c.mov", 0, 24))]);

        var (text, diagnostics) = Write(Track("V1", "Video", effects, disabled, nested), Track("captions", "Caption", Clip("c", "d.mov", 0, 24)));

        Assert.Contains("M2   a              048.0                00:00:00:00", text, StringComparison.Ordinal);
        Assert.Contains("002  nest     V     C        00:00:00:00 00:00:01:00 01:00:02:00 01:00:03:00", text, StringComparison.Ordinal);
        Assert.DoesNotContain("off", text, StringComparison.Ordinal);
        foreach (var word in new[] { "Blur", "'off' is disabled", "nested Stack 'nest'", "kind Caption" })
        {
            Assert.Contains(diagnostics, d => d.Message.Contains(word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Timeline_markers_land_on_the_event_under_them()
    {
        var marker = OtioBuild.Marker("look", OtioBuild.Range(new(30, Rate), new(0, Rate)), "RED");
        var timeline = OtioBuild.Timeline("cut", new RationalTime(86400, Rate), [Track("V1", "Video", Clip("A", "a.mov", 0, 24), Clip("B", "b.mov", 0, 24))]);
        timeline = timeline.With("tracks", (timeline.Child("tracks") ?? OtioObject.EmptyMap).With("markers", OtioArray.Of([marker])));

        var text = Encoding.UTF8.GetString(EdlFiles.WriteBytes(new(timeline)));

        Assert.EndsWith("* LOC: 01:00:01:06 RED     look\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_in_a_name_does_not_break_the_list()
    {
        var (text, _) = Write(Track("V1", "Video", Clip("two\nlines", "a.mov", 0, 24)));

        Assert.Contains("* FROM CLIP NAME:  two lines\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_without_a_timeline_or_without_clips_is_refused()
    {
        Assert.Throws<InterchangeFormatException>(() => EdlFiles.WriteBytes(new(OtioBuild.Gap(new(1, Rate)))));
        Assert.Throws<InterchangeFormatException>(() => Write(Track("V1", "Video", OtioBuild.Gap(new(24, Rate)))));
    }

    static (string Text, Diagnostic[] Diagnostics) Write(params OtioObject[] tracks)
    {
        using var stream = new MemoryStream();
        var diagnostics = new EdlFormat().Write(new(OtioBuild.Timeline("cut", new RationalTime(86400, Rate), tracks)), stream, WriteOptions.Alone);
        return (Encoding.UTF8.GetString(stream.ToArray()), [.. diagnostics]);
    }

    static OtioObject Track(string name, string kind, params OtioObject[] children) => OtioBuild.Track(name, kind, children);

    static OtioObject Clip(string name, string url, long start, long duration) =>
        OtioBuild.Clip(name, OtioBuild.ExternalReference(url, null), OtioBuild.Range(new(start, Rate), new(duration, Rate)));
}
