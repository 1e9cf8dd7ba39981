using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

/// <summary>A razor cut is one edit, and what was done to the pieces is told of the pieces.</summary>
public sealed class SplitDiffTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Shot Shot(string name) => Cuts.Shot(name, "M" + name, 50, 100, mediaFrames: 500).Linked("L" + name);

    static readonly Sequence Start = Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2").With("Blur", "amount", 1).Marked("early", 60).Marked("late", 130), Cuts.Dissolve(5, 5), Shot("s3"))
        .Video("V2", Cuts.Gap(60), Cuts.Shot("b1", "b1", 10, 80), Cuts.Gap(20), Cuts.Shot("b2", "b2", 10, 40))
        .Audio("A1", Shot("s1"), Shot("s2"), Shot("s3"))
        .Identified();

    /// <summary>An element in two; the piece at this place is the new one, with effects and a link of its own.</summary>
    static Element[] Cut(Element e, long at, int born)
    {
        Element[] pieces =
        [
            e with { Duration = F(at), Markers = [.. e.Markers.Where(m => m.Range.Start < e.SourceStart + F(at))] },
            e with
            {
                Lead = Space.None,
                SourceStart = e.SourceStart + F(at),
                Duration = e.Duration - F(at),
                Markers = [.. e.Markers.Where(m => m.Range.Start >= e.SourceStart + F(at))],
            },
        ];
        pieces[born] = pieces[born] with
        {
            Id = new(7 + (ulong)at, e.Id.Ordinal),
            Link = e.Link is null ? null : $"{e.Link}/{at}",
            Effects = [.. e.Effects.Select(f => f with { Id = new(8 + (ulong)at, f.Id.Ordinal) })],
            Markers = [.. pieces[born].Markers.Select(m => m with { Id = new(9 + (ulong)at, m.Id.Ordinal) })],
        };
        return pieces;
    }

    static Sequence Razor(Sequence cut, string name, long at, int born = 1) => cut.ChangeTracks(t =>
    {
        if (!t.Elements.Any(e => e.Name == name)) return t;
        var whole = t.Elements.First(e => e.Name == name);
        var pieces = Cut(whole, at, born);
        return t with
        {
            Elements = [.. t.Elements.SelectMany(e => e == whole ? pieces : [e])],
            EditPoints = [.. t.EditPoints.Select(p => p.Left == whole.Id ? p with { Left = pieces[1].Id } : p)],
        };
    });

    static string[] Told(Sequence after) => [.. SequenceDiff.Compare(Start, after).Edits.Select(e => e.Sentence)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_razor_cut_through_picture_and_sound_is_one_edit_whichever_piece_kept_the_id(int born)
    {
        var list = SequenceDiff.Compare(Start, Razor(Start, "s2", 40, born));

        var edit = Assert.Single(list.Edits);
        Assert.Equal((EditKind.Split, "Split s2 at 01:00:05:20 (V1 A1)"), (edit.Kind, edit.Sentence));
        Assert.Equal((F(140), Flicks.Zero, 4, 0), (edit.At, edit.Duration, edit.Elements.Length, list.Shifted));
    }

    [Fact]
    public void Each_of_two_cuts_in_one_clip_is_an_edit() => Assert.Equal(
        ["Split s2 at 01:00:05:00 (V1 A1)", "Split s2 at 01:00:06:16 (V1 A1)"],
        Told(Razor(Razor(Start, "s2", 60), "s2", 20)));

    [Fact]
    public void What_was_done_to_a_piece_is_told_beside_the_split()
    {
        var split = Razor(Start, "s2", 40);
        var trimmed = split.ChangeTracks(t => t.Name == "V2" ? t : t with { Elements = t.Elements.SetItem(1, t.Elements[1] with { Duration = F(30) }) });

        Assert.Equal(["Trimmed the tail of s2 by 10 frames at 01:00:04:04 (V1 A1), everything after moves up", "Split s2 at 01:00:05:20 (V1 A1)"], Told(Closed(trimmed)));
        Assert.Equal(
            ["Split s2 at 01:00:05:20 (V1 A1)", "Renamed s2 to night at 01:00:05:20 (V1 A1)"],
            Told(split.ChangeTracks(t => t.Name == "V2" ? t : t with { Elements = t.Elements.SetItem(2, t.Elements[2] with { Name = "night" }) })));

        static Sequence Closed(Sequence cut) => cut.Change("b2", e => e with { Lead = Space.Of(e.Lead.Duration - F(10)) });
    }

    [Fact]
    public void A_clip_that_inserted_time_cut_in_two_is_told_as_split_and_neither_as_trimmed_nor_as_inserted()
    {
        var split = Razor(Start, "b1", 40);
        var inserted = split.ChangeTracks(t => t.Name == "V2"
            ? t with { Elements = t.Elements.SetItem(1, t.Elements[1] with { Lead = Space.Of(F(24)) }) }
            : t with { Elements = t.Elements.Insert(1, t.Elements[0] with { Id = new(77, t.Elements[0].Id.Ordinal), Name = "new", Link = "new", Duration = F(24), SourceStart = F(300) }) });

        Assert.Equal(["Inserted new (24 frames) at 01:00:04:04 (V1 A1), everything after moves down", "Split b1 at 01:00:04:04 (V2)"], Told(inserted));
    }

    [Fact]
    public void A_piece_that_was_pushed_along_its_track_is_told_as_split_and_moved()
    {
        var moved = Razor(Start, "b1", 40).ChangeTracks(t => t.Name != "V2" ? t : t with
        {
            Elements = [t.Elements[0], t.Elements[1] with { Lead = Space.Of(F(8)) }, t.Elements[2] with { Lead = Space.Of(F(12)) }],
        });

        Assert.Equal(["Split b1 at 01:00:04:04 (V2)", "Moved b1 by 8 frames to later at 01:00:04:12 (V2)"], Told(moved));
    }

    [Fact]
    public void The_last_frames_of_a_clip_used_again_behind_another_are_no_split()
    {
        var again = Start.ChangeTracks(t => t.Name != "V2" ? t : t with
        {
            Elements = t.Elements.Add(t.Elements[0] with { Id = new(77, 1), Lead = Space.None, SourceStart = F(50), Duration = F(40) }),
        });

        Assert.Equal(["Inserted b1 (40 frames) at 01:00:08:08 (V2)"], Told(again));
    }
}
