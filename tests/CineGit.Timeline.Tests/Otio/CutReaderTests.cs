using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using static CineGit.TestKit.OtioBuilders;

namespace CineGit.Timeline.Tests.Otio;

public sealed class CutReaderTests
{
    static readonly OtioBuilders B = At24;

    [Fact]
    public void Gaps_become_the_space_before_what_follows_and_at_the_end()
    {
        var track = Only(B.Gap(10), B.Gap(5), B.Clip("A", 100, 24), B.Clip("B", 0, 48), B.Gap(12));
        Assert.Equal([F(15), F(0)], track.Elements.Select(e => e.Lead.Duration));
        Assert.Equal(2, track.Elements[0].Lead.Gaps.Length);
        Assert.Equal(F(12), track.Tail.Duration);
        Assert.Equal(F(15 + 24 + 48 + 12), track.Duration);
        Assert.Equal((F(100), F(24), "A"), (track.Elements[0].SourceStart, track.Elements[0].Duration, track.Elements[0].Name));
    }

    [Fact]
    public void A_transition_stands_between_its_neighbours_and_has_none_beside_a_gap_or_the_end()
    {
        var track = Only(B.Dissolve(0, 6), B.Clip("A", 0, 24), B.Dissolve(4, 8), B.Clip("B", 0, 24), B.Dissolve(3, 0), B.Gap(5), B.Dissolve(0, 2), B.Clip("C", 0, 24));
        var (a, b, c) = (track.Elements[0].Id, track.Elements[1].Id, track.Elements[2].Id);
        Assert.Equal(
            new (ElementId?, ElementId?)[] { (null, a), (a, b), (b, null), (null, c) },
            track.EditPoints.Select(p => (p.Left, p.Right)));
        Assert.Equal((F(4), F(8), "SMPTE_Dissolve"), (track.EditPoints[1].InOffset, track.EditPoints[1].OutOffset, track.EditPoints[1].Type));
        Assert.Equal(F(24 * 3 + 5), track.Duration);
    }

    [Fact]
    public void Ids_of_ours_are_read_and_everything_else_gets_one_that_means_nothing_outside()
    {
        var own = new ElementId(0xB3F9A1C2D4E5F607, 12);
        var named = B.Clip("A", 0, 24).With("metadata", OtioObject.Map(("cinegit", OtioObject.Map(("id", own.ToString()), ("link", "L1")))));
        var track = Only(named, B.Clip("B", 0, 24), B.Clip("C", 0, 24));
        Assert.Equal((own, "L1"), (track.Elements[0].Id, track.Elements[0].Link));
        Assert.Equal([0UL, 0UL], track.Elements.Skip(1).Select(e => e.Id.Birth));
        Assert.Equal(3, track.Elements.Select(e => e.Id).Distinct().Count());
        Assert.Null(track.Elements[1].Link);
    }

    [Theory]
    [InlineData("""{"OTIO_SCHEMA":"ExternalReference.1","target_url":"file:///a/My%20shot.mov?x=1","name":"n"}""", "file:///a/My%20shot.mov?x=1", "My shot.mov")]
    [InlineData("""{"OTIO_SCHEMA":"ExternalReference.1","target_url":"C:\\rushes\\A001%20.mxf"}""", "C:\\rushes\\A001%20.mxf", "A001%20.mxf")]
    [InlineData("""{"OTIO_SCHEMA":"ExternalReference.1","target_url":"","name":"reel 7"}""", "reel 7", "reel 7")]
    [InlineData("""{"OTIO_SCHEMA":"GeneratorReference.1","generator_kind":"SMPTEBars"}""", "SMPTEBars", "SMPTEBars")]
    [InlineData("""{"OTIO_SCHEMA":"MissingReference.1","name":""}""", "shot", "shot")]
    [InlineData("""{"OTIO_SCHEMA":"ImageSequenceReference.1","target_url_base":"/seq/","name_prefix":"a.","name_suffix":".exr"}""", "/seq/a.#.exr", "a.#.exr")]
    [InlineData("null", "shot", "shot")]
    public void Media_are_known_by_url_then_name_then_what_they_generate(string reference, string key, string name)
    {
        var older = OtioTexts.ReadValue($$"""{"OTIO_SCHEMA":"Clip.1","name":"shot","media_reference":{{reference}},"source_range":{{Second}}}""");
        var newer = OtioTexts.ReadValue(
            $$"""{"OTIO_SCHEMA":"Clip.2","name":"shot","media_references":{"DEFAULT_MEDIA":null,"hi":{{reference}}},"active_media_reference_key":"hi","source_range":{{Second}}}""");
        foreach (var clip in Only((OtioObject)older, (OtioObject)newer).Elements.Cast<Clip>())
        {
            Assert.Equal((key, name), (clip.Media.Key, clip.Media.Name));
        }
    }

    [Fact]
    public void A_clip_without_source_range_shows_its_media_whole()
    {
        var clip = OtioBuild.Clip("A", OtioBuild.ExternalReference("a.mov", B.Range(86_400, 240)), null);
        var element = Assert.Single(Only(clip).Elements);
        Assert.Equal((F(86_400), F(240)), (element.SourceStart, element.Duration));
    }

    [Fact]
    public void A_clip_of_unknown_length_is_reported_and_kept()
    {
        var diagnostics = new DiagnosticBag();
        var track = Assert.Single(CutReader.Read(Cut(Video("V1", OtioBuild.Clip("A", OtioBuild.MissingReference(), null))), diagnostics).Tracks);
        Assert.True(Assert.Single(track.Elements).Duration.IsZero);
        Assert.Contains(diagnostics.ToImmutable(), d => (d.Code, d.Location) == (DiagnosticCodes.OtioNoDuration, "tracks/0/children/0"));
    }

    [Fact]
    public void A_nested_stack_is_as_long_as_its_longest_track_and_an_unknown_child_as_its_range()
    {
        var stack = OtioBuild.Stack("nest", [Video("in", B.Clip("A", 0, 24), B.Dissolve(2, 2), B.Clip("B", 0, 30)), Video("in2", B.Gap(20))]);
        var unknown = OtioObject.Of("StudioThing.3", ("name", "x"), ("source_range", B.Range(7, 11)), ("deep", OtioArray.Of([1L, 2L])));
        var track = Only(stack, unknown);
        Assert.Equal(F(54), Assert.IsType<Nest>(track.Elements[0]).Duration);
        var block = Assert.IsType<UnknownElement>(track.Elements[1]);
        Assert.Equal((F(7), F(11), "x"), (block.SourceStart, block.Duration, block.Name));
    }

    [Fact]
    public void Effects_and_markers_are_read_with_speed_colour_and_place()
    {
        var clip = B.Clip("A", 0, 24)
            .With("effects", OtioArray.Of([OtioBuild.LinearTimeWarp(-2), OtioBuild.FreezeFrame(), OtioBuild.Effect("blur", "GaussianBlur")]))
            .With("markers", OtioArray.Of([B.Marker("old", 3, 2), B.Marker("new", 5).With("color", OtioTexts.ReadValue("""{"OTIO_SCHEMA":"Color.1","r":1,"g":0.5,"b":0,"a":1,"name":""}"""))]))
            .With("color", OtioTexts.ReadValue("""{"OTIO_SCHEMA":"Color.1","r":1,"g":0,"b":0,"a":1,"name":"Iris"}"""))
            .With("enabled", false);
        var element = Assert.Single(Only(clip).Elements);
        Assert.Equal(["-2.0", "0.0", null], element.Effects.Select(e => e.TimeScalar?.Lexeme));
        Assert.Equal(("blur", "GaussianBlur"), (element.Effects[2].Name, element.Effects[2].Kind));
        Assert.Equal(["RED", "#FF8000"], element.Markers.Select(m => m.Color));
        Assert.Equal(new TimeRange(F(3), F(2)), element.Markers[0].Range);
        Assert.Equal(("Iris", false), (element.Color, element.Enabled));
    }

    [Fact]
    public void The_sequence_takes_the_rate_that_most_picture_is_cut_in()
    {
        var ntsc = new OtioBuilders(FrameRate.Fps23976);
        var sound = new OtioBuilders(new(48000, 1));
        var cut = CutReader.Read(
            Cut(Audio("A1", sound.Clip("s", 0, 1), sound.Clip("s", 0, 1), sound.Clip("s", 0, 1)), Video("V1", B.Clip("A", 0, 1), ntsc.Clip("B", 0, 1), ntsc.Clip("C", 0, 1))),
            new DiagnosticBag());
        Assert.Equal(FrameRate.Fps23976, cut.Rate);
        Assert.Equal([TrackKind.Audio, TrackKind.Video], cut.Tracks.Select(t => t.Kind));
        Assert.Equal(new FrameRate(48000, 1), CutReader.Read(Cut(Audio("A1", sound.Clip("s", 0, 1))), new DiagnosticBag()).Rate);
        Assert.Equal(FrameRate.Fps24, CutReader.Read(Cut(), new DiagnosticBag()).Rate);
        var start = new OtioDocument(OtioBuild.Timeline("cut", new RationalTime(90_000, FrameRate.Fps25), []));
        Assert.Equal((FrameRate.Fps25, Flicks.FromFrames(90_000, FrameRate.Fps25)), Rates(CutReader.Read(start, new DiagnosticBag())));
    }

    [Fact]
    public void Of_a_collection_the_first_timeline_is_the_cut_and_the_others_are_reported()
    {
        var diagnostics = new DiagnosticBag();
        var inner = OtioObject.Of("SerializableCollection.1", ("children", OtioArray.Of([OtioBuild.Timeline("one", null, [Video("V1", B.Clip("A", 0, 24))])])));
        var collection = OtioObject.Of("SerializableCollection.1", ("children", OtioArray.Of([B.Clip("bin clip", 0, 1), inner, OtioBuild.Timeline("two", null, [])])));
        Assert.Equal("one", CutReader.Read(new(collection), diagnostics).Name);
        Assert.Contains("2 timelines", Assert.Single(diagnostics.ToImmutable()).Message, StringComparison.Ordinal);
        var empty = OtioObject.Of("SerializableCollection.1", ("children", OtioArray.Of([B.Clip("bin clip", 0, 1)])));
        Assert.Contains("no timeline", Assert.Throws<InterchangeFormatException>(() => CutReader.Read(new(empty), diagnostics)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_track_stack_or_clip_is_shown_as_a_cut()
    {
        Assert.Equal("A", Read(Video("V7", B.Clip("A", 0, 24))).Tracks.Single().Elements.Single().Name);
        Assert.Equal(["", "V2"], Read(OtioBuild.Stack("all", [B.Clip("A", 0, 24), Video("V2", B.Clip("B", 0, 24))])).Tracks.Select(t => t.Name));
        Assert.Equal(F(24), Read(B.Clip("A", 0, 24)).Duration);
    }

    [Fact]
    public void A_newer_schema_is_read_and_reported_once()
    {
        var diagnostics = new DiagnosticBag();
        var newer = B.Clip("A", 0, 24).With(OtioSchema.Key, "Clip.99");
        var cut = CutReader.Read(Cut(Video("V1", newer, newer)), diagnostics);
        Assert.All(cut.Tracks[0].Elements, e => Assert.IsType<Clip>(e));
        Assert.Equal(DiagnosticCodes.OtioNewerSchema, Assert.Single(diagnostics.ToImmutable()).Code);
    }

    [Fact]
    public void Durations_that_no_film_has_are_refused_rather_than_overflow()
    {
        var century = Video("V1", [.. Enumerable.Range(0, 3).Select(_ => B.Clip("A", 0, 60L * 365 * 86_400 * 24))]);
        var refusal = Assert.Throws<InterchangeFormatException>(() => Read(century));
        Assert.Equal("tracks/0/children/1", refusal.Location);
    }

    const string Second = """{"start_time":{"value":0,"rate":24},"duration":{"value":24,"rate":24}}""";

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static (FrameRate, Flicks) Rates(Sequence cut) => (cut.Rate, cut.GlobalStart);

    static Sequence Read(OtioObject root) => CutReader.Read(new OtioDocument(root), new DiagnosticBag());

    static Track Only(params OtioObject[] children) => CutReader.Read(Cut(Video("V1", children)), new DiagnosticBag()).Tracks.Single();
}
