using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Tests.Identity;

/// <summary>Room tones that are all alike, and files without ids: where they stand is all there is to tell them apart.</summary>
public sealed class EqualClipsTests
{
    static Piece Tone => Cuts.Shot("room tone", "tone", 100, 48);

    static Sequence Cut(params ReadOnlySpan<Piece> tones) => Cuts.Sequence(24).Audio("A3", [Cuts.Shot("door", "door", 0, 30), .. tones, Cuts.Gap(500), Cuts.Shot("bell", "bell", 0, 30)]).Identified();

    [Theory]
    [InlineData(2000, -35)]
    [InlineData(2000, 90)]
    [InlineData(400, 12)]
    public void The_one_that_is_left_is_the_one_that_stood_nearest(long between, long shift)
    {
        var parent = Cut(Cuts.Gap(100), Tone, Cuts.Gap(between), Tone);
        foreach (var left in (int[])[1, 2])
        {
            var lead = left == 1 ? 100 + shift : 100 + 48 + between + shift;
            var export = Cuts.Sequence(24).Audio("A3", Cuts.Shot("door", "door", 0, 30), Cuts.Gap(lead), Tone, Cuts.Gap(700), Cuts.Shot("bell", "bell", 0, 30)).Build();

            var found = ElementMatcher.Identify(export.WithoutIds(), parent, new Birth(2)).Sequence.Track("A3").Elements[1].Id;

            Assert.Equal(parent.Track("A3").Elements[left].Id, found);
        }
    }

    [Fact]
    public void The_last_of_a_track_is_not_the_last_there_was_only_because_it_is_the_last()
    {
        var parent = Cuts.Sequence(24).Audio("A3", Cuts.Shot("door", "door", 0, 30), Cuts.Gap(100), Tone, Cuts.Gap(400), Tone).Identified();
        var export = Cuts.Sequence(24).Audio("A3", Cuts.Shot("door", "door", 0, 30), Cuts.Gap(140), Tone).Build();

        var found = ElementMatcher.Identify(export.WithoutIds(), parent, new Birth(2)).Sequence.Track("A3").Elements[1].Id;

        Assert.Equal(parent.Track("A3").Elements[1].Id, found);
    }

    /// <summary>Three slugs in a row, and above them shots that begin in the first, in the second, and behind.</summary>
    static Sequence Slugs(params ReadOnlySpan<int> gone)
    {
        var (row, above) = (new List<Piece> { Cuts.Shot("SC01", "A001", 0, 100) }, new List<(string Name, long Start)> { ("low", 110), ("middle", 125), ("high", 160), ("last", 200) });
        for (var i = 0; i < 3; i++)
            if (!gone.Contains(i)) row.Add(Cuts.Shot("SLUG", "black", 0, 24));
        row.Add(Cuts.Shot("SC02", "A002", 0, 100));
        foreach (var i in gone.ToArray().OrderDescending())
            above = [.. above.Select(a => a.Start >= 100 + 24 * (i + 1) ? a with { Start = a.Start - 24 } : a)];
        var (pieces, at) = (new List<Piece>(), 0L);
        foreach (var (name, start) in above)
        {
            pieces.AddRange([Cuts.Gap(start - at), Cuts.Shot(name, name, 0, 1)]);
            at = start + 1;
        }

        return Cuts.Sequence(24).Video("V1", [.. row]).Video("V2", [.. pieces]).Identified();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void Which_of_equal_neighbours_are_gone_is_told_by_what_moved_on_other_tracks(params int[] gone)
    {
        var parent = Slugs();
        var left = parent.Track("V1").Elements.Where((_, i) => !gone.Contains(i - 1)).Select(e => e.Id);

        var again = ElementMatcher.Identify(Slugs(gone).WithoutIds(), parent, new Birth(2)).Sequence;

        Assert.Equal(left, again.Track("V1").Elements.Select(e => e.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void Which_of_equal_neighbours_are_new_is_told_by_what_moved_on_other_tracks(params int[] added)
    {
        var parent = Slugs(added);

        var again = ElementMatcher.Identify(Slugs().WithoutIds(), parent, new Birth(2)).Sequence;

        Assert.Equal(parent.Track("V1").Elements.Select(e => e.Id), again.Track("V1").Elements.Where((_, i) => !added.Contains(i - 1)).Select(e => e.Id));
    }

    [Fact]
    public void The_ids_of_equal_neighbours_are_believed_whatever_moved_beside_them()
    {
        var parent = Slugs();
        var edited = parent.ChangeTracks(t => t.Name == "V1" ? t with { Elements = t.Elements.RemoveAt(3) } : Slugs(0).Track("V2") with { Id = t.Id });

        var again = ElementMatcher.Identify(edited, parent, new Birth(2)).Sequence;

        Assert.Equal(edited.Track("V1").Elements.Select(e => e.Id), again.Track("V1").Elements.Select(e => e.Id));
    }
}
