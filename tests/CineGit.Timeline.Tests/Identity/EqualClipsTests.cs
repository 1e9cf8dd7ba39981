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
}
