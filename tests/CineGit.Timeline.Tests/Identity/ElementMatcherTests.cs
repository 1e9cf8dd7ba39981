using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Identity;

public sealed class ElementMatcherTests
{
    static readonly Birth Second = new(2);

    static Sequence Base() => Cuts.Sequence(24)
        .Video(
            "V1",
            Cuts.Shot("SC01", "A001", 0, 100).With("Blur", "amount", 0.2).Marked("look", 10),
            Cuts.Shot("SLUG", "black", 0, 24),
            Cuts.Shot("SC02", "A002", 50, 80),
            Cuts.Dissolve(6, 6),
            Cuts.Shot("SLUG", "black", 0, 24),
            Cuts.Shot("SC03", "A003", 10, 60),
            Cuts.Shot("SC04", "A004", 10, 60))
        .Video("V2", Cuts.Gap(40), Cuts.Shot("TITLE", "title", 0, 48))
        .Audio(
            "A1",
            Cuts.Shot("SC01", "A001", 0, 100),
            Cuts.Gap(24),
            Cuts.Shot("SC02", "A002", 50, 80))
        .Marker("reel", 100)
        .Identified();

    static Sequence Reimport(Sequence cut, Sequence parent) => ElementMatcher.Identify(cut.WithoutIds(), parent, Second).Sequence;

    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static ElementId[] Ids(Sequence cut) =>
    [
        .. cut.Tracks.SelectMany(t => (ElementId[])
        [
            t.Id, .. t.EditPoints.Select(p => p.Id),
            .. t.Elements.SelectMany(e => (ElementId[])[e.Id, .. e.Effects.Select(f => f.Id), .. e.Markers.Select(m => m.Id)]),
        ]),
        .. cut.Markers.Select(m => m.Id),
    ];

    static Sequence WithElements(Sequence cut, string track, Func<List<Element>, IEnumerable<Element>> change) =>
        cut.ChangeTracks(t => t.Name == track ? t with { Elements = [.. change([.. t.Elements])] } : t);

    [Fact]
    public void A_shot_whose_media_was_replaced_and_whose_head_or_tail_was_trimmed_is_the_same_shot()
    {
        var parent = Base();
        var replaced = parent.Change("SC03", e => (Clip)e with { Media = ((Clip)e).Media with { Key = "file:///media/R001.mov", Name = "R001.mov" } });
        foreach (var trimmed in (Sequence[])
        [
            replaced.Change("SC03", e => e with { Duration = e.Duration + F(1) }),
            replaced.Change("SC03", e => e with { Duration = e.Duration - F(12), SourceStart = e.SourceStart + F(12) }),
        ])
        {
            Assert.Equal(parent.Element("SC03").Id, Reimport(trimmed, parent).Element("SC03").Id);
        }

        var another = replaced.Change("SC03", e => e with { Name = "SC99", Duration = e.Duration + F(1) });
        Assert.Null(parent.Tracks[0].Elements.FirstOrDefault(e => e.Id == Reimport(another, parent).Element("SC99").Id));
    }

    [Fact]
    public void Of_two_equal_clips_one_of_which_was_deleted_the_one_that_stood_nearest_was_moved()
    {
        var parent = Cuts.Sequence(24)
            .Video(
                "V1",
                Cuts.Shot("SC01", "A001", 0, 100), Cuts.Shot("SLUG", "black", 0, 24), Cuts.Shot("SC02", "A002", 0, 100), Cuts.Shot("SC03", "A003", 0, 100),
                Cuts.Shot("SLUG", "black", 0, 24), Cuts.Shot("SC04", "A004", 0, 100), Cuts.Shot("SC05", "A005", 0, 100))
            .Identified();

        var toTheEnd = WithElements(parent, "V1", e => [e[0], e[2], e[3], e[5], e[4], e[6]]);
        var toTheStart = WithElements(parent, "V1", e => [e[1], e[0], e[2], e[3], e[5], e[6]]);

        Assert.Equal(parent.Tracks[0].Elements[4].Id, Reimport(toTheEnd, parent).Element("SLUG").Id);
        Assert.Equal(parent.Tracks[0].Elements[1].Id, Reimport(toTheStart, parent).Element("SLUG").Id);
    }

    [Fact]
    public void A_first_import_gets_new_ids_in_a_fixed_order_on_everything()
    {
        var ids = Ids(Base());

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(1ul, id.Birth));
        Assert.Equal(ids, Ids(Base()));
    }

    [Fact]
    public void An_unchanged_export_without_ids_keeps_every_id_and_link()
    {
        var parent = Base();
        var again = Reimport(parent, parent);

        Assert.Equal(Ids(parent), Ids(again));
        Assert.Equal(parent.Tracks.SelectMany(t => t.Elements).Select(e => e.Link), again.Tracks.SelectMany(t => t.Elements).Select(e => e.Link));
    }

    [Fact]
    public void Picture_and_its_sound_are_linked_and_a_slug_is_not()
    {
        var cut = Base();

        Assert.NotNull(cut.Element("SC01", "V1").Link);
        Assert.Equal(cut.Element("SC01", "V1").Link, cut.Element("SC01", "A1").Link);
        Assert.NotEqual(cut.Element("SC01", "V1").Link, cut.Element("SC02", "V1").Link);
        Assert.Null(cut.Element("SLUG", "V1").Link);
    }

    [Fact]
    public void Trimming_renaming_and_replacing_keep_the_id()
    {
        var parent = Base();
        var changed = parent
            .Change("SC02", e => e with { SourceStart = F(55), Duration = F(70) })
            .Change("SC03", e => e with { Name = "SC03_final" })
            .Change("SC04", e => ((Clip)e) with { Media = ((Clip)e).Media with { Key = "B007", Name = "B007" } });

        Assert.Equal(Ids(parent), Ids(Reimport(changed, parent)));
    }

    [Fact]
    public void A_new_version_of_a_visual_effect_is_the_same_clip()
    {
        var parent = Cuts.Sequence(24).Video("V1", Cuts.Shot("x", "VFX_021_v011", 0, 40), Cuts.Shot("y", "B", 0, 40)).Identified();
        var export = Cuts.Sequence(24).Video("V1", Cuts.Shot("z", "VFX_021_v012", 0, 44), Cuts.Shot("y", "B", 0, 40)).Build();

        Assert.Equal(Ids(parent), Ids(ElementMatcher.Identify(export, parent, Second).Sequence));
    }

    [Fact]
    public void An_inserted_clip_is_the_only_new_one_among_repeated_slugs()
    {
        var parent = Base();
        var extra = parent.Element("TITLE") with { Id = ElementId.None, Name = "INSERT", Lead = Space.None };
        var again = Reimport(WithElements(parent, "V1", row => [.. row[..3], extra, .. row[3..]]), parent);

        Assert.Equal(2ul, again.Element("INSERT").Id.Birth);
        Assert.Equal(Ids(parent), Ids(again).Where(id => id.Birth == 1));
    }

    [Fact]
    public void A_moved_clip_keeps_its_id_on_its_track_and_across_tracks()
    {
        var parent = Base();
        var swapped = WithElements(parent, "V1", row => [row[0], row[1], row[2], row[3], row[5], row[4]]);
        var title = parent.Element("TITLE");
        var across = WithElements(WithElements(parent, "V2", _ => []), "V1", row => [.. row, title]);

        Assert.Equal(parent.Element("SC03").Id, Reimport(swapped, parent).Element("SC03").Id);
        Assert.Equal(parent.Element("SC04").Id, Reimport(swapped, parent).Element("SC04").Id);
        Assert.Equal(title.Id, Reimport(across, parent).Element("TITLE").Id);
    }

    [Fact]
    public void A_track_inserted_at_the_bottom_shifts_no_identity()
    {
        var parent = Base();
        var v1 = parent.Track("V1");
        var fresh = v1 with
        {
            Id = ElementId.None,
            Elements = [parent.Element("TITLE") with { Id = ElementId.None, Name = "BED", SourceStart = F(500) }],
            EditPoints = [],
        };
        var shifted = parent with
        {
            Tracks = [fresh, v1 with { Name = "V2" }, parent.Track("V2") with { Name = "V3" }, parent.Track("A1")],
        };
        var again = Reimport(shifted, parent);

        Assert.Equal(parent.Tracks.Select(t => t.Id), again.Tracks.Skip(1).Select(t => t.Id));
        Assert.Equal(2ul, again.Tracks[0].Id.Birth);
    }

    [Fact]
    public void An_id_that_occurs_twice_in_the_import_is_no_evidence()
    {
        var parent = Base();
        var copied = WithElements(parent, "V1", row => [.. row, row[0] with { SourceStart = F(5000), Duration = F(30) }]);
        var again = ElementMatcher.Identify(copied, parent, Second).Sequence;

        Assert.Equal(parent.Track("V1").Elements[0].Id, again.Track("V1").Elements[0].Id);
        Assert.Equal(2ul, again.Track("V1").Elements[^1].Id.Birth);
        Assert.Equal(Ids(again).Length, Ids(again).Distinct().Count());
    }

    [Fact]
    public void A_hint_carries_an_id_that_the_content_alone_could_not()
    {
        var parent = Base();
        var id = parent.Element("SC01", "V1").Id;
        var far = parent.Change("SC01", e => e with { SourceStart = F(9000), Name = "other" }, "V1");

        Assert.Equal(id, ElementMatcher.Identify(far, parent, Second).Sequence.Track("V1").Elements[0].Id);
    }

    [Fact]
    public void Links_numbered_anew_by_the_exporter_keep_their_name()
    {
        var parent = Base();
        var renumbered = parent.WithoutIds()
            .Change("SC01", e => e with { Link = "linkclip-77" })
            .Change("SC02", e => e with { Link = "linkclip-78" });
        var again = ElementMatcher.Identify(renumbered, parent, Second).Sequence;

        Assert.Equal(parent.Element("SC01").Link, again.Element("SC01", "V1").Link);
        Assert.Equal(parent.Element("SC02").Link, again.Element("SC02", "A1").Link);
    }

    [Fact]
    public void A_trim_that_ripples_keeps_the_transition_the_effect_and_the_marker()
    {
        var parent = Base();
        var again = Reimport(parent.Change("SC01", e => e with { Duration = F(90) }), parent);

        Assert.Equal(Ids(parent), Ids(again));
        Assert.Equal(again.Element("SC02", "V1").Id, again.Track("V1").EditPoints[0].Left);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_equal_room_tones_the_place_tells_which_one_is_gone(int gone)
    {
        static Piece Tone() => Cuts.Shot("room tone", "tone", 100, 48);
        var cut = Cuts.Sequence(24)
            .Audio("A3", Cuts.Gap(100), Tone(), Cuts.Gap(230), Tone(), Cuts.Gap(31), Tone(), Cuts.Gap(52), Tone(), Cuts.Gap(9), Cuts.Shot("sfx", "sfx", 0, 30))
            .Identified();
        var lifted = WithElements(cut, "A3", row =>
        {
            var space = row[gone].Lead.Duration + row[gone].Duration + row[gone + 1].Lead.Duration;
            row[gone + 1] = row[gone + 1] with { Lead = Space.Of(space) };
            row.RemoveAt(gone);
            return row;
        });

        Assert.Equal(lifted.Track("A3").Elements.Select(e => e.Id), Reimport(lifted, cut).Track("A3").Elements.Select(e => e.Id));
    }

    /// <summary>One clip used five times under one name, each time with another look.</summary>
    static Sequence Looks() => Cuts.Sequence(24)
        .Video("V1", [.. Enumerable.Range(0, 5).Select(i => (Piece)Cuts.Shot("Charlie", "charlie", 0, 3).With($"look{i}", "amount", i))])
        .Identified();

    [Fact]
    public void Of_clips_with_one_name_and_source_each_is_known_by_what_else_it_says()
    {
        var parent = Looks();
        var row = parent.Tracks[0].Elements;
        foreach (var order in (int[][])[[1, 2, 3, 4], [0, 1, 3, 4], [4, 0, 1, 2, 3], [2, 3, 0, 1], [3]])
        {
            var again = Reimport(WithElements(parent, "V1", r => order.Select(i => r[i])), parent);

            Assert.Equal(order.Select(i => row[i].Id), again.Tracks[0].Elements.Select(e => e.Id));
        }
    }

    [Fact]
    public void A_real_cut_of_equal_clips_with_different_colour_conversions_keeps_the_ids_of_those_that_are_left()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var file = Corpus.Read("otio/OpenTimelineIO__toucan/ColorSpace.otio");
        var parent = ElementMatcher.Identify(CutReader.Read(OtioReader.Read(file, new DiagnosticBag()), new DiagnosticBag()), null, new Birth(1)).Sequence;
        for (var gone = 0; gone < parent.Tracks[0].Elements.Length; gone++)
        {
            var again = Reimport(parent.ChangeTracks(t => t with { Elements = t.Elements.RemoveAt(gone) }), parent);

            Assert.Equal(parent.Tracks[0].Elements.RemoveAt(gone).Select(e => e.Id), again.Tracks[0].Elements.Select(e => e.Id));
        }
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(70, true)]
    public void The_larger_piece_of_a_split_clip_keeps_its_id(int first, bool isFirstLarger)
    {
        var parent = Base();
        var id = parent.Element("SC01", "V1").Id;
        var split = WithElements(parent, "V1", row => [row[0] with { Duration = F(first) }, row[0] with { Id = new(9, 9), SourceStart = F(first), Duration = F(100 - first) }, .. row[1..]]);
        var pieces = Reimport(split, parent).Track("V1").Elements;

        Assert.Equal(isFirstLarger, pieces[0].Id == id);
        Assert.Equal(!isFirstLarger, pieces[1].Id == id);
        Assert.Equal(Ids(parent).Order(), Ids(Reimport(split, parent)).Where(i => i.Birth == 1).Order());
    }

    [Theory]
    [InlineData(30)]
    [InlineData(70)]
    public void A_joined_clip_is_the_larger_of_its_pieces(int first)
    {
        var whole = Base();
        var parent = WithElements(whole, "V1", row => [row[0] with { Duration = F(first) }, row[0] with { Id = new(1, 99), SourceStart = F(first), Duration = F(100 - first), Effects = [], Markers = [] }, .. row[1..]]);
        var joined = Reimport(whole, parent).Track("V1").Elements[0];

        Assert.Equal(parent.Track("V1").Elements[first > 50 ? 0 : 1].Id, joined.Id);
    }

    /// <summary>Longer than what is compared pair by pair.</summary>
    static Sequence Long() => Cuts.Sequence(24)
        .Video("V1", [.. Enumerable.Range(0, 400).Select(i => (Piece)Cuts.Shot($"s{i}", $"day1/A{i:D3}", i, 40 + (i % 30)))])
        .Video("V2", [.. Enumerable.Range(0, 300).Select(i => (Piece)Cuts.Shot($"v{i}", $"vfx/VFX_{i:D3}_comp_v{i % 12:D3}", 8, 30 + (i % 20)))])
        .Identified();

    static Sequence WithMedia(Sequence cut, Func<string, string> name) => cut.ChangeTracks(t => t with
    {
        Elements = [.. t.Elements.Select(e => e is Clip c ? c with { Media = c.Media with { Key = name(c.Media.Key), Name = name(c.Media.Name) } } : e)],
    });

    [Fact]
    public void Another_path_to_all_media_of_a_long_cut_changes_no_id_even_where_tracks_and_clips_moved_too()
    {
        var parent = Long();
        var relinked = WithMedia(parent, key => key.Replace("/media/", "/volumes/raid2/projects/", StringComparison.Ordinal));
        var reordered = relinked with { Tracks = [relinked.Tracks[1] with { Name = "A" }, relinked.Tracks[0] with { Name = "B" }] };
        var moved = WithElements(relinked, "V1", row => [.. row[..20], .. row[21..200], row[20], .. row[200..]]);

        Assert.Equal(Ids(parent), Ids(Reimport(relinked, parent)));
        Assert.Equal(parent.Tracks.Reverse().Select(t => t.Id), Reimport(reordered, parent).Tracks.Select(t => t.Id));
        Assert.Equal(Ids(parent).Order(), Ids(Reimport(reordered, parent)).Order());
        Assert.Equal(parent.Element("s20").Id, Reimport(moved, parent).Element("s20").Id);
        Assert.Equal(Ids(parent).Order(), Ids(Reimport(moved, parent)).Order());
    }

    [Fact]
    public void The_next_version_of_every_effect_shot_of_a_long_cut_changes_no_id()
    {
        var parent = Long();
        var next = WithMedia(parent, key => System.Text.RegularExpressions.Regex.Replace(key, "v0(\\d\\d)", m => $"v1{m.Groups[1].Value}"));

        Assert.NotEqual(parent.Tracks[1].Elements[0], next.Tracks[1].Elements[0]);
        Assert.Equal(Ids(parent), Ids(Reimport(next, parent)));
    }

    [Fact]
    public void Tracks_in_another_order_keep_their_ids_and_those_on_them()
    {
        var parent = Base();
        var again = Reimport(parent with { Tracks = [parent.Tracks[2], parent.Tracks[1], parent.Tracks[0]] }, parent);

        Assert.Equal(parent.Tracks.Reverse().Select(t => t.Id), again.Tracks.Select(t => t.Id));
        Assert.Equal(Ids(parent).Order(), Ids(again).Order());
    }

    [Fact]
    public void A_transition_behind_a_clip_that_was_cut_stands_at_the_piece_beside_it_though_both_pieces_have_one_id()
    {
        var parent = Base();
        var razored = WithElements(parent, "V1", row =>
        [
            row[0], row[1], row[2] with { Duration = F(50) }, row[2] with { SourceStart = row[2].SourceStart + F(50), Duration = F(30), Effects = [], Markers = [] }, .. row[3..],
        ]);
        var again = ElementMatcher.Identify(razored, parent, Second).Sequence.Track("V1");

        Assert.Equal(again.Elements[3].Id, again.EditPoints[0].Left);
        Assert.Equal(again.Elements[4].Id, again.EditPoints[0].Right);
    }
}
