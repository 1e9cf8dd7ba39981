using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Otio;

public sealed class SchemaVersionsTests
{
    const string A = """{"OTIO_SCHEMA":"ExternalReference.1","target_url":"a.mov"}""";
    const string B = """{"OTIO_SCHEMA":"ExternalReference.1","target_url":"b.mov"}""";
    const string Missing = """{"OTIO_SCHEMA":"MissingReference.1","metadata":{},"name":"","available_range":null,"available_image_bounds":null}""";

    /// <summary>Clip.2, what OpenTimelineIO 0.14 gets, and how many diagnostics say so; A and B are media references.</summary>
    public static TheoryData<string, string, int> Clips => new()
    {
        {
            """{"OTIO_SCHEMA":"Clip.2","x":1,"media_references":{"DEFAULT_MEDIA":<A>},"active_media_reference_key":"DEFAULT_MEDIA","y":2}""",
            """{"OTIO_SCHEMA":"Clip.1","x":1,"media_reference":<A>,"y":2}""",
            0
        },
        {
            """{"OTIO_SCHEMA":"Clip.2","name":"c","metadata":{"s":1},"media_references":{"hi":<A>,"lo":<B>},"active_media_reference_key":"lo"}""",
            """{"OTIO_SCHEMA":"Clip.1","name":"c","metadata":{"s":1,"cinegit":{"kept":{"Clip.2":{"media_references":{"hi":<A>,"lo":null},"active_media_reference_key":"lo","cinegit":[]}}}},"media_reference":<B>}""",
            1
        },
        {
            """{"OTIO_SCHEMA":"Clip.2","metadata":{},"media_references":{"hi":<A>},"active_media_reference_key":"hi"}""",
            """{"OTIO_SCHEMA":"Clip.1","metadata":{"cinegit":{"kept":{"Clip.2":{"media_references":{"hi":null},"active_media_reference_key":"hi","cinegit":[]}}}},"media_reference":<A>}""",
            0
        },
        {
            """{"OTIO_SCHEMA":"Clip.2","media_references":{"DEFAULT_MEDIA":null},"active_media_reference_key":"gone"}""",
            """{"OTIO_SCHEMA":"Clip.1","metadata":{"cinegit":{"kept":{"Clip.2":{"media_references":{"DEFAULT_MEDIA":null},"active_media_reference_key":"gone","metadata":[]}}}}}""",
            1
        },
        {
            """{"OTIO_SCHEMA":"Clip.2","metadata":{"cinegit":{}}}""",
            """{"OTIO_SCHEMA":"Clip.1","metadata":{"cinegit":{"kept":{"Clip.2":{"cinegit":[{}]}}}}}""",
            0
        },
        {
            """{"OTIO_SCHEMA":"Clip.2","metadata":"odd","media_references":[1],"active_media_reference_key":null,"media_reference":7}""",
            """{"OTIO_SCHEMA":"Clip.1","metadata":{"cinegit":{"kept":{"Clip.2":{"media_references":[1],"active_media_reference_key":null,"media_reference":7,"metadata":["odd"]}}}}}""",
            0
        },
    };

    /// <summary>Marker.3 and Marker.2, each what the other becomes.</summary>
    public static TheoryData<string, string, int> Markers => new()
    {
        {
            """{"OTIO_SCHEMA":"Marker.3","color":{"OTIO_SCHEMA":"Color.1","r":1.0,"g":0.5,"b":0.0,"a":1.0,"name":"Orange"},"x":1}""",
            """{"OTIO_SCHEMA":"Marker.2","color":"ORANGE","x":1}""",
            0
        },
        {
            """{"OTIO_SCHEMA":"Marker.3","metadata":{"cinegit":{"id":"x"}},"color":{"OTIO_SCHEMA":"Color.1","name":"RED","r":1.0,"g":0.0,"b":0.0,"a":1.00}}""",
            """{"OTIO_SCHEMA":"Marker.2","metadata":{"cinegit":{"id":"x","kept":{"Marker.3":{"color":{"OTIO_SCHEMA":"Color.1","name":"RED","r":1.0,"g":0.0,"b":0.0,"a":1.00}}}}},"color":"RED"}""",
            0
        },
        {
            """{"OTIO_SCHEMA":"Marker.3","color":{"OTIO_SCHEMA":"Color.1","r":0.1,"g":0.05,"b":0.93,"a":1.0,"name":""}}""",
            """{"OTIO_SCHEMA":"Marker.2","color":"BLUE","metadata":{"cinegit":{"kept":{"Marker.3":{"color":{"OTIO_SCHEMA":"Color.1","r":0.1,"g":0.05,"b":0.93,"a":1.0,"name":""},"metadata":[]}}}}}""",
            1
        },
        { """{"OTIO_SCHEMA":"Marker.3","color":null}""", """{"OTIO_SCHEMA":"Marker.2","color":null}""", 0 },
        { """{"OTIO_SCHEMA":"Marker.3"}""", """{"OTIO_SCHEMA":"Marker.2"}""", 0 },
        { """{"OTIO_SCHEMA":"Marker.3","color":7}""", """{"OTIO_SCHEMA":"Marker.2","color":7}""", 0 },
    };

    [Theory]
    [MemberData(nameof(Clips))]
    public void A_clip_goes_to_014_and_comes_back_whole(string second, string first, int said)
    {
        (second, first) = (Filled(second), Filled(first));
        var (down, diagnostics) = Convert(second, OtioRelease.V14);
        Same(first, down);
        Assert.Equal(said, diagnostics.Length);
        foreach (var release in new[] { OtioRelease.V15, OtioRelease.V18, OtioRelease.V19 }) Same(second, SchemaVersions.Convert(down, release, new()));
    }

    [Theory]
    [MemberData(nameof(Markers))]
    public void A_marker_goes_to_018_and_comes_back_whole(string third, string second, int said)
    {
        var (down, diagnostics) = Convert(third, OtioRelease.V18);
        Same(second, down);
        Assert.Equal(said, diagnostics.Length);
        Same(third, SchemaVersions.Convert(down, OtioRelease.V19, new()));
    }

    [Theory]
    [InlineData("\"RED\"", """{"OTIO_SCHEMA":"Color.1","r":1.0,"g":0.0,"b":0.0,"a":1.0,"name":"Red"}""")]
    [InlineData("\"red\"", """{"OTIO_SCHEMA":"Color.1","r":1.0,"g":0.0,"b":0.0,"a":1.0,"name":"Red"}""")]
    [InlineData("\"Iris\"", """{"OTIO_SCHEMA":"Color.1","r":1.0,"g":1.0,"b":1.0,"a":1.0,"name":"Iris"}""")]
    [InlineData("\"TRANSPARENT\"", """{"OTIO_SCHEMA":"Color.1","r":0.0,"g":0.0,"b":0.0,"a":0.0,"name":"Transparent"}""")]
    [InlineData("\"\"", "null")]
    public void A_colour_name_becomes_the_colour_that_OpenTimelineIO_makes_of_it_and_the_same_name_again(string name, string color)
    {
        var marker = $$"""{"OTIO_SCHEMA":"Marker.2","color":{{name}}}""";
        var (up, _) = Convert(marker, OtioRelease.V19);
        Same($$"""{"OTIO_SCHEMA":"Test.1","v":{{color}}}""", OtioTexts.Document(up.Root["color"] ?? OtioBool.False));
        Assert.Equal("Marker.3", up.Root.Schema);
        Same(marker, SchemaVersions.Convert(up, OtioRelease.V14, new()));
    }

    [Fact]
    public void An_edit_made_in_the_older_tool_wins_over_what_was_kept()
    {
        var clip = $$$"""{"OTIO_SCHEMA":"Clip.2","metadata":{},"media_references":{"hi":{{{A}}},"lo":{{{B}}}},"active_media_reference_key":"lo"}""";
        var relinked = Convert(clip, OtioRelease.V14).Document.Root.With("media_reference", OtioTexts.ReadValue(A));
        Same(clip.Replace(B, A, StringComparison.Ordinal), SchemaVersions.Convert(new(relinked), OtioRelease.V18, new()));

        var marker = """{"OTIO_SCHEMA":"Marker.3","metadata":{},"color":{"OTIO_SCHEMA":"Color.1","r":0.1,"g":0.0,"b":0.9,"a":1.0,"name":""}}""";
        var recolored = Convert(marker, OtioRelease.V18).Document.Root.With("color", "GREEN");
        Same(
            """{"OTIO_SCHEMA":"Marker.3","metadata":{},"color":{"OTIO_SCHEMA":"Color.1","r":0.0,"g":1.0,"b":0.0,"a":1.0,"name":"Green"}}""",
            SchemaVersions.Convert(new(recolored), OtioRelease.V19, new()));
    }

    [Fact]
    public void What_OpenTimelineIO_itself_upgraded_gets_what_was_kept_back()
    {
        var clip = $$$"""{"OTIO_SCHEMA":"Clip.2","metadata":{},"media_references":{"hi":{{{A}}},"lo":{{{B}}}},"active_media_reference_key":"lo"}""";
        var down = Convert(clip, OtioRelease.V14).Document.Root;
        var upgraded = down.Without("media_reference").With(OtioSchema.Key, "Clip.2")
            .With("media_references", OtioObject.Map((OtioSchema.DefaultMediaKey, OtioTexts.ReadValue(B))))
            .With("active_media_reference_key", OtioSchema.DefaultMediaKey);
        Same(clip, SchemaVersions.Convert(new(upgraded), OtioRelease.V18, new()));
    }

    [Fact]
    public void What_was_kept_stays_kept_while_another_program_did_more_to_the_media()
    {
        var clip = Filled("""{"OTIO_SCHEMA":"Clip.2","metadata":{"cinegit":{"kept":{"Clip.2":{"media_references":{"hi":<A>,"lo":null},"active_media_reference_key":"lo"}}}},"media_references":{"DEFAULT_MEDIA":<B>,"added":<A>},"active_media_reference_key":"DEFAULT_MEDIA"}""");
        Same(clip, Convert(clip, OtioRelease.V18).Document);
        var down = Convert(clip, OtioRelease.V14).Document;
        Assert.Equal("Clip.1", down.Root.Schema);
        Same(clip, SchemaVersions.Convert(down, OtioRelease.V18, new()));
    }

    [Theory]
    [InlineData("""{"OTIO_SCHEMA":"Clip.1"}""")]
    [InlineData("""{"OTIO_SCHEMA":"Clip.1","media_reference":null}""")]
    public void A_clip_of_014_without_media_gets_the_missing_reference_that_OpenTimelineIO_gives_it(string clip) => Same(
        $$$"""{"OTIO_SCHEMA":"Clip.2","media_references":{"DEFAULT_MEDIA":{{{Missing}}}},"active_media_reference_key":"DEFAULT_MEDIA"}""",
        Convert(clip, OtioRelease.V18).Document);

    [Theory]
    [InlineData("""{"OTIO_SCHEMA":"Clip.1","metadata":{},"media_reference":"a.mov","x":1}""")]
    [InlineData("""{"OTIO_SCHEMA":"Clip.1","media_reference":7,"x":1,"active_media_reference_key":"stray"}""")]
    public void A_media_reference_of_014_that_is_no_object_is_kept_and_comes_back(string clip)
    {
        var up = Convert(clip, OtioRelease.V18).Document;
        Assert.Equal("MissingReference.1", up.Root.Child("media_references")?.Child("DEFAULT_MEDIA")?.Schema);
        Same(clip, SchemaVersions.Convert(up, OtioRelease.V14, new()));
    }

    [Fact]
    public void Old_names_become_the_names_of_today_and_the_first_marker_its_second_form()
    {
        var (modern, diagnostics) = Convert(
            """{"OTIO_SCHEMA":"SerializeableCollection.1","children":[{"OTIO_SCHEMA":"Sequence.1","children":[{"OTIO_SCHEMA":"Filler.1"}],"markers":[{"OTIO_SCHEMA":"Marker.1","range":null,"name":"m"}]}]}""",
            OtioRelease.V18);
        Same(
            """{"OTIO_SCHEMA":"SerializableCollection.1","children":[{"OTIO_SCHEMA":"Track.1","children":[{"OTIO_SCHEMA":"Gap.1"}],"markers":[{"OTIO_SCHEMA":"Marker.2","marked_range":null,"name":"m"}]}]}""",
            modern);
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Unknown_schemas_and_later_versions_stay_whole_and_the_later_are_named_once()
    {
        const string text = """{"OTIO_SCHEMA":"Timeline.1","a":{"OTIO_SCHEMA":"Clip.99","media_references":{}},"b":{"OTIO_SCHEMA":"Clip.98"},"c":{"OTIO_SCHEMA":"Studio.7","x":[1.50]},"d":{"OTIO_SCHEMA":"Transition.1","enabled":false}}""";
        var (same, diagnostics) = Convert(text, OtioRelease.V14);
        Same(text, same);
        var said = Assert.Single(diagnostics);
        Assert.Equal((DiagnosticCodes.OtioNotConverted, "a"), (said.Code, said.Location));
        Assert.Contains("Clip.99", said.Message, StringComparison.Ordinal);
        Assert.Contains("1 more", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_objects_in_metadata_are_converted_too_for_OpenTimelineIO_reads_them()
    {
        var (down, _) = Convert("""{"OTIO_SCHEMA":"Gap.1","metadata":{"was":[{"OTIO_SCHEMA":"Marker.3","color":null}]}}""", OtioRelease.V18);
        Same("""{"OTIO_SCHEMA":"Gap.1","metadata":{"was":[{"OTIO_SCHEMA":"Marker.2","color":null}]}}""", down);
    }

    [Fact]
    public void A_document_that_needs_no_change_is_the_same_document()
    {
        var document = OtioTexts.Read("""{"OTIO_SCHEMA":"Timeline.1","metadata":{"a":[1,{}]},"tracks":{"OTIO_SCHEMA":"Stack.1","children":[]}}""");
        Assert.All(OtioRelease.All, release => Assert.Same(document, SchemaVersions.Convert(document, release, new())));
    }

    [Fact]
    public void Every_text_comes_back_whole_from_every_older_release()
    {
        // From 0.19's form, which has room for everything, down and up again; metadata may end up in another order.
        for (var seed = 0; seed < 100; seed++)
        {
            var newest = SchemaVersions.Convert(OtioTexts.Read(new HostileTexts(seed).Timeline()), OtioRelease.V19, new());
            Assert.Equal(newest, SchemaVersions.Convert(newest, OtioRelease.V19, new()));
            foreach (var release in new[] { OtioRelease.V14, OtioRelease.V18 })
            {
                var older = SchemaVersions.Convert(newest, release, new());
                Assert.DoesNotContain(release == OtioRelease.V14 ? "\"Clip.2\",\n" : "\"Marker.3\",\n", OtioTexts.Write(older).Replace("Clip.2\": {", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Same(OtioTexts.Write(newest), SchemaVersions.Convert(older, OtioRelease.V19, new()), $"seed {seed}, {release}");
            }
        }
    }

    [Fact]
    public void Every_corpus_file_shows_the_same_cut_in_every_release()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var shown = 0;
        foreach (var file in Corpus.Files("otio").Where(f => f.EndsWith(".otio", StringComparison.Ordinal)))
        {
            var document = OtioTexts.Read(Corpus.Read(file));
            if (document.FirstTimeline() is null) continue;
            var expected = Shape(document);
            Assert.All(OtioRelease.All, release => Assert.Equal(expected, Shape(SchemaVersions.Convert(document, release, new()))));
            shown++;
        }

        Assert.True(shown > 25, $"{shown} shown");
    }

    [Fact]
    public void A_range_of_the_first_marker_is_read_and_written_where_it_stands()
    {
        var marker = (OtioObject)OtioTexts.ReadValue("""{"OTIO_SCHEMA":"Marker.1","name":"m","range":{"OTIO_SCHEMA":"TimeRange.1","start_time":{"OTIO_SCHEMA":"RationalTime.1","rate":24,"value":5},"duration":{"OTIO_SCHEMA":"RationalTime.1","rate":24,"value":2}}}""");
        var cut = CutReader.Read(OtioBuilders.Cut(OtioBuilders.Video("V1").With("markers", OtioArray.Of([marker]))), new());
        var range = new TimeRange(Flicks.FromFrames(5, FrameRate.Fps24), Flicks.FromFrames(2, FrameRate.Fps24));
        var read = cut.Tracks[0].Markers.Single();
        Assert.Equal(range, read.Range);
        var moved = read with { Range = range with { Start = Flicks.Zero } };
        var written = CutWriter.Write(cut with { Tracks = [cut.Tracks[0] with { Markers = [moved] }] });
        var node = written.Root.Child("tracks")?.Objects("children").Single().Objects("markers").Single();
        Assert.Equal("0", (node?.Child("range")?.Child("start_time")?["value"] as OtioNumber)?.Lexeme);
        Assert.Null(node?["marked_range"]);
    }

    [Theory]
    [InlineData("0.14", "0.14")]
    [InlineData("0.18.1", "0.18")]
    [InlineData("0.19.0.dev1", "0.19")]
    [InlineData("0.1", null)]
    [InlineData("0.180", null)]
    [InlineData("1.0", null)]
    [InlineData("", null)]
    public void A_release_is_found_by_name_or_patch(string name, string? found) => Assert.Equal(found, OtioRelease.ByName(name)?.Name);

    static (OtioDocument Document, Diagnostic[] Diagnostics) Convert(string text, OtioRelease release)
    {
        var diagnostics = new DiagnosticBag();
        return (SchemaVersions.Convert(OtioTexts.Read(text), release, diagnostics), [.. diagnostics.ToImmutable()]);
    }

    static void Same(string expected, OtioDocument actual, string name = "")
    {
        try
        {
            JsonLexemes.Same(Utf8(expected), Utf8(OtioTexts.Write(actual)));
        }
        catch (TimelineMismatchException mismatch)
        {
            throw new TimelineMismatchException($"{name}: {mismatch.Message} in {OtioTexts.Canonical(actual)}");
        }
    }

    static string Filled(string text) => text.Replace("<A>", A, StringComparison.Ordinal).Replace("<B>", B, StringComparison.Ordinal);

    static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>What an editor sees of a cut.</summary>
    static string Shape(OtioDocument document)
    {
        var cut = CutReader.Read(document, new());
        return string.Join('\n', cut.Tracks.Select(t => $"{t.Name} {t.Kind}: " + string.Join(", ", t.Elements.Select(e =>
            $"{e.Name} {e.Duration} {e.SourceStart} {(e as CineGit.Timeline.Model.Clip)?.Media.Name} {string.Join('+', e.Markers.Select(m => $"{m.Name} {m.Range} {m.Color?.ToUpperInvariant()}"))}"))));
    }
}
