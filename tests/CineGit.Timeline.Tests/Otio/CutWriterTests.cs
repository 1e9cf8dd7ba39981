using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using static CineGit.TestKit.OtioBuilders;

namespace CineGit.Timeline.Tests.Otio;

public sealed class CutWriterTests
{
    static readonly OtioBuilders B = At24;

    /// <summary>Everything a track can hold, in the order that OTIO allows and editors avoid.</summary>
    static readonly OtioDocument Odd = Cut(
        Video("V1").With("children", Children),
        B.Clip("bare", 0, 12),
        B.Gap(3));

    static OtioArray Children => OtioArray.Of(
    [
        B.Dissolve(0, 2), OtioNull.Value, B.Gap(10), B.Dissolve(1, 1), B.Gap(0).With("name", "kept"), B.Clip("A", 0, 24), B.Dissolve(4, 4),
        B.Clip("A", 0, 24), OtioObject.Of("StudioThing.1", ("x", 1L)), "not an object",
        OtioBuild.Stack("nest", [Video("in", B.Clip("C", 3, 9))]), B.Gap(7), B.Dissolve(1, 1),
    ]);

    [Fact]
    public void An_untouched_cut_gives_its_document_back_however_odd_it_is() =>
        TimelineAssert.SameDocument(Odd, CutWriter.Write(Read(Odd)));

    [Fact]
    public void Roots_that_are_no_timeline_come_back_as_they_were()
    {
        OtioObject[] roots =
        [
            Video("V1", B.Gap(3), B.Clip("A", 0, 24)),
            OtioBuild.Stack("all", [Video("V1", B.Clip("A", 0, 24))]).With("markers", OtioArray.Of([B.Marker("m", 3)])),
            B.Clip("A", 0, 24),
            OtioObject.Of("SerializableCollection.1", ("children", OtioArray.Of([OtioNull.Value, B.Clip("x", 0, 1), Cut(Video("V1")).Root, Cut().Root]))),
            OtioObject.Of("Timeline.1", ("tracks", OtioNull.Value)),
        ];
        foreach (var root in roots) TimelineAssert.SameDocument(new(root), CutWriter.Write(Read(new(root))));
    }

    [Fact]
    public void Ids_and_links_are_written_beside_what_other_tools_wrote_and_read_back()
    {
        var clip = B.Clip("A", 0, 24)
            .With("metadata", OtioObject.Map(("studio", "x"), ("cinegit", OtioObject.Map(("note", "n")))))
            .With("effects", OtioArray.Of([OtioBuild.LinearTimeWarp(2)]))
            .With("markers", OtioArray.Of([B.Marker("m", 3)]));
        var cut = Identified(Read(Cut(Video("V1", clip, B.Dissolve(2, 2), B.Clip("B", 0, 24).Without("metadata")))));
        var written = CutWriter.Write(cut);
        var again = Read(written);
        Assert.Equal(Ids(cut), Ids(again));
        Assert.Equal(6, Ids(again).Distinct().Count());
        Assert.Equal("L", again.Tracks[0].Elements[0].Link);
        var metadata = again.Tracks[0].Elements[0].Node.Child("metadata");
        Assert.Equal(("x", "n"), (metadata?.Text("studio"), metadata?.Child("cinegit")?.Text("note")));
        TimelineAssert.SameDocument(written, CutWriter.Write(again));
    }

    [Fact]
    public void An_id_that_was_taken_away_is_not_written()
    {
        var cut = Identified(Read(Cut(Video("V1", B.Clip("A", 0, 24)))));
        var copied = WithElements(Read(CutWriter.Write(cut)), e => [e[0], e[0] with { Id = ElementId.None, Link = null }]);
        var written = Read(CutWriter.Write(copied)).Tracks[0].Elements;
        Assert.Equal([7UL, 0UL], written.Select(e => e.Id.Birth));
        Assert.Null(written[1].Link);
        Assert.Null(written[1].Node.Child("metadata")?["cinegit"]);
    }

    [Fact]
    public void A_trim_changes_the_two_times_it_changes_and_nothing_else()
    {
        var text = """{"OTIO_SCHEMA":"Clip.1","x":[1.50],"name":"A","source_range":{"OTIO_SCHEMA":"TimeRange.1","start_time":{"OTIO_SCHEMA":"RationalTime.1","rate":23.98,"value":100},"duration":{"OTIO_SCHEMA":"RationalTime.1","rate":23.98,"value":50.0}}}""";
        var cut = Read(Cut(Video("V1", (OtioObject)OtioTexts.ReadValue(text))));
        var frame = Flicks.FromFrames(1, FrameRate.Fps23976);
        var written = CutWriter.Write(WithElements(cut, e => [e[0] with { Duration = e[0].Duration - frame, SourceStart = e[0].SourceStart + frame }]));
        var expected = text.Replace("\"value\":100", "\"value\":101", StringComparison.Ordinal).Replace("50.0", "49.0", StringComparison.Ordinal);
        TimelineAssert.SameDocument(Cut(Video("V1", (OtioObject)OtioTexts.ReadValue(expected))), written);
    }

    [Fact]
    public void Changed_fields_are_written_and_read_back()
    {
        var cut = Read(Cut(Video("V1", B.Clip("A", 0, 24).With("effects", OtioArray.Of([OtioBuild.LinearTimeWarp(2)])).With("markers", OtioArray.Of([B.Marker("m", 3)])), B.Dissolve(1, 1), B.Clip("B", 0, 24))));
        var changed = cut with
        {
            Name = "recut",
            GlobalStart = F(86_400),
            Rate = FrameRate.Fps25,
            Markers = [new() { Id = ElementId.None, Name = "reel", Color = "BLUE", Comment = "c", Range = new(F(5), F(2)), Node = B.Marker("", 0) }],
            Tracks =
            [
                cut.Tracks[0] with
                {
                    Name = "picture",
                    Enabled = false,
                    Kind = TrackKind.Audio,
                    EditPoints = [cut.Tracks[0].EditPoints[0] with { InOffset = F(3), OutOffset = F(2), Type = "Custom_Transition", Name = "wipe" }],
                    Elements = [Changed((Clip)cut.Tracks[0].Elements[0]), cut.Tracks[0].Elements[1]],
                },
            ],
        };
        var again = Read(CutWriter.Write(changed));
        Assert.Equal(("recut", F(86_400), FrameRate.Fps25), (again.Name, again.GlobalStart, again.Rate));
        Assert.Equal(("reel", "BLUE", "c", new TimeRange(F(5), F(2))), Fields(again.Markers.Single()));
        var (track, point, clip) = (again.Tracks[0], again.Tracks[0].EditPoints[0], (Clip)again.Tracks[0].Elements[0]);
        Assert.Equal(("picture", false, TrackKind.Audio), (track.Name, track.Enabled, track.Kind));
        Assert.Equal((F(3), F(2), "Custom_Transition", "wipe"), (point.InOffset, point.OutOffset, point.Type, point.Name));
        Assert.Equal(("renamed", false, "Iris", "b.mov"), (clip.Name, clip.Enabled, clip.Color, clip.Media.Key));
        Assert.Equal("0.5", Assert.Single(clip.Effects).TimeScalar?.Lexeme);
        Assert.Equal(("moved", "GREEN", "why", new TimeRange(F(4), F(1))), Fields(clip.Markers.Single()));
    }

    [Fact]
    public void A_transition_follows_its_neighbours_and_is_never_lost()
    {
        var cut = Identified(Read(Cut(Video("V1", B.Clip("A", 0, 24), B.Dissolve(2, 2), B.Clip("B", 0, 24), B.Clip("C", 0, 24)))));
        Assert.Equal("C A ~ B", Layout(WithElements(cut, e => [e[2], e[0], e[1]])));
        Assert.Equal("A ~ C B", Layout(WithElements(cut, e => [e[0], e[2], e[1]])));
        Assert.Equal("~ B C", Layout(WithElements(cut, e => [e[1], e[2]])));
        Assert.Equal("A ~ C", Layout(WithElements(cut, e => [e[0], e[2]])));
        Assert.Equal("C ~", Layout(WithElements(cut, e => [e[2]])));
        Assert.Equal("A ~ -5 B C", Layout(WithElements(cut, e => [e[0], e[1] with { Lead = Space.Of(F(5)) }, e[2]])));
    }

    [Fact]
    public void Space_stretches_and_shrinks_its_last_gap_and_drops_only_what_is_gone_and_bare()
    {
        var marked = B.Gap(4).With("markers", OtioArray.Of([B.Marker("here", 1)]));
        var cut = Read(Cut(Video("V1", B.Gap(10), marked, B.Gap(6), B.Clip("A", 0, 24))));
        Assert.Equal("-10 -4 -8 A", Layout(WithLead(cut, 22)));
        Assert.Equal("-10 -4 -1 A", Layout(WithLead(cut, 15)));
        Assert.Equal("-10 -2 A", Layout(WithLead(cut, 12)));
        Assert.Equal("-3 -0 A", Layout(WithLead(cut, 3)));
        Assert.Equal("-0 A", Layout(WithLead(cut, 0)));
        Assert.Equal("-9 A", Layout(WithElements(Read(Cut(Video("V1", B.Clip("A", 0, 24)))), e => [e[0] with { Lead = Space.Of(F(9)) }])));
    }

    [Fact]
    public void Media_from_a_newer_clip_upgrade_an_older_one_and_keep_their_choice()
    {
        var several = ((OtioObject)OtioTexts.ReadValue(
            """{"OTIO_SCHEMA":"Clip.2","name":"B","media_references":{"DEFAULT_MEDIA":{"OTIO_SCHEMA":"MissingReference.1"},"hi":{"OTIO_SCHEMA":"ExternalReference.1","target_url":"hi.mov"}},"active_media_reference_key":"hi"}"""))
            .With("source_range", B.Range(0, 24));
        var single = ((OtioObject)OtioTexts.ReadValue("""{"OTIO_SCHEMA":"Clip.1","name":"A","media_reference":{"OTIO_SCHEMA":"ExternalReference.1","target_url":"a.mov"}}"""))
            .With("source_range", B.Range(0, 24));
        var cut = Read(Cut(Video("V1", single, several)));
        var (a, b) = ((Clip)cut.Tracks[0].Elements[0], (Clip)cut.Tracks[0].Elements[1]);
        var again = Read(CutWriter.Write(WithElements(cut, _ => [a with { Media = b.Media }, b with { Media = a.Media }]))).Tracks[0].Elements;
        Assert.Equal(["hi.mov", "a.mov"], again.Cast<Clip>().Select(c => c.Media.Key));
        Assert.Equal(["Clip.2", "Clip.2"], again.Select(c => c.Node.Schema));
        Assert.Null(again[0].Node["media_reference"]);
    }

    [Fact]
    public void New_tracks_appear_and_a_bare_child_gets_a_track_when_it_needs_one()
    {
        var cut = Read(new OtioDocument(OtioBuild.Stack("all", [B.Clip("A", 0, 24)])));
        var added = new Track { Id = new(7, 1), Name = "V2", Kind = TrackKind.Video, Node = Video("V2"), Elements = cut.Tracks[0].Elements };
        var again = Read(CutWriter.Write(cut with { Tracks = [cut.Tracks[0] with { Id = new(7, 2), Name = "V1" }, added] }));
        Assert.Equal(["V1", "V2"], again.Tracks.Select(t => t.Name));
        Assert.All(again.Tracks, t => Assert.Equal(("Track", 7UL), (t.Node.SchemaName, t.Id.Birth)));
        Assert.Equal("all", again.Name);
        var empty = Read(new OtioDocument(OtioObject.Of("Timeline.1", ("name", "empty"))));
        Assert.Equal("V2", Read(CutWriter.Write(empty with { Tracks = [added] })).Tracks.Single().Name);
    }

    [Fact]
    public void A_lone_track_that_has_to_say_more_is_put_into_a_timeline()
    {
        var cut = Read(new OtioDocument(Video("V1", B.Clip("A", 0, 24))));
        var written = CutWriter.Write(cut with { GlobalStart = F(24) });
        Assert.Equal("Timeline.1", written.Root.Schema);
        Assert.Equal((F(24), "V1", "A"), Read(written) is var again ? (again.GlobalStart, again.Tracks[0].Name, again.Tracks[0].Elements[0].Name) : default);
    }

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Read(OtioDocument document) => CutReader.Read(document, new DiagnosticBag());

    static (string, string?, string, TimeRange) Fields(Marker marker) => (marker.Name, marker.Color, marker.Comment, marker.Range);

    static Clip Changed(Clip clip) => clip with
    {
        Name = "renamed",
        Enabled = false,
        Color = "Iris",
        Media = new("b.mov", "b.mov", null, OtioObject.Map((OtioSchema.DefaultMediaKey, OtioBuild.ExternalReference("b.mov", null)))),
        Effects = [clip.Effects[0] with { TimeScalar = OtioNumber.FromDouble(0.5) }],
        Markers = [clip.Markers[0] with { Name = "moved", Color = "GREEN", Comment = "why", Range = new(F(4), F(1)) }],
    };

    static Sequence WithElements(Sequence cut, Func<ImmutableArray<Element>, ImmutableArray<Element>> change) =>
        cut with { Tracks = [cut.Tracks[0] with { Elements = change(cut.Tracks[0].Elements) }] };

    static Sequence WithLead(Sequence cut, long frames) =>
        WithElements(cut, e => [e[0] with { Lead = e[0].Lead with { Duration = F(frames) } }]);

    /// <summary>The first track's children in one line: clips by name, gaps as -frames, transitions as ~.</summary>
    static string Layout(Sequence cut)
    {
        var track = CutWriter.Write(cut).Root.Child("tracks")?.Objects("children").First() ?? OtioObject.EmptyMap;
        return string.Join(' ', track.Objects("children").Select(child => child.SchemaName switch
        {
            OtioSchema.Transition => "~",
            OtioSchema.Gap => "-" + child.Child("source_range")?.Child("duration")?.Number("value"),
            _ => child.Text("name"),
        }));
    }

    static ImmutableArray<ElementId> Ids(Sequence cut) =>
    [
        .. cut.Tracks.Select(t => t.Id),
        .. cut.Tracks.SelectMany(t => t.EditPoints).Select(p => p.Id),
        .. cut.Tracks.SelectMany(t => t.EditPoints).SelectMany(p => (ElementId[])[p.Left ?? default, p.Right ?? default]),
        .. cut.Tracks.SelectMany(t => t.Elements).SelectMany(e => (ElementId[])[e.Id, .. e.Effects.Select(f => f.Id), .. e.Markers.Select(m => m.Id)]),
    ];

    /// <summary>Lasting ids on everything, in reading order, and one link.</summary>
    static Sequence Identified(Sequence cut)
    {
        uint next = 0;
        var ids = new Dictionary<ElementId, ElementId>();
        ElementId Lasting(ElementId id) => ids.TryGetValue(id, out var known) ? known : ids[id] = new(7, ++next);
        return cut with
        {
            Tracks =
            [
                .. cut.Tracks.Select(t => t with
                {
                    Id = Lasting(t.Id),
                    Elements =
                    [
                        .. t.Elements.Select(e => e with
                        {
                            Id = Lasting(e.Id),
                            Link = "L",
                            Effects = [.. e.Effects.Select(f => f with { Id = Lasting(f.Id) })],
                            Markers = [.. e.Markers.Select(m => m with { Id = Lasting(m.Id) })],
                        }),
                    ],
                    EditPoints =
                    [
                        .. t.EditPoints.Select(p => p with
                        {
                            Id = Lasting(p.Id),
                            Left = p.Left is { } left ? Lasting(left) : null,
                            Right = p.Right is { } right ? Lasting(right) : null,
                        }),
                    ],
                }),
            ],
        };
    }
}
