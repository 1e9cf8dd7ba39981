using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Tests.Identity;

/// <summary>Tracks without names, as most programs export them, and with the same shots on several of them, as split stereo has it.</summary>
public sealed class TrackPairingTests
{
    static readonly Shot[] Shots = [Cuts.Shot("a", "A", 0, 50), Cuts.Shot("b", "B", 10, 60), Cuts.Shot("c", "C", 20, 70)];

    static readonly Sequence Parent = Cuts.Sequence(24).Video("", Shots).Audio("", Shots).Audio("", Shots).Identified();

    static IEnumerable<ElementId> Found(Sequence export) =>
        ElementMatcher.Identify(export.WithoutIds(), Parent, new Birth(2)).Sequence.Tracks.Select(t => t.Id);

    [Fact]
    public void Twin_sound_tracks_keep_their_order_under_an_added_picture_track()
    {
        var export = Cuts.Sequence(24).Video("", Shots).Video("", Cuts.Gap(30), Cuts.Shot("title", "T", 0, 20)).Audio("", Shots).Audio("", Shots).Build();

        Assert.Equal(Parent.Tracks.Select(t => t.Id), Found(export).Where((_, i) => i != 1));
    }

    [Fact]
    public void Twin_sound_tracks_keep_their_order_under_an_added_sound_track()
    {
        var export = Cuts.Sequence(24).Video("", Shots).Audio("", Cuts.Shot("wild", "W", 0, 20)).Audio("", Shots).Audio("", Shots).Build();

        Assert.Equal(Parent.Tracks.Select(t => t.Id), Found(export).Where((_, i) => i != 1));
    }

    [Fact]
    public void Twin_sound_tracks_keep_their_order_when_the_picture_is_gone() =>
        Assert.Equal(Parent.Tracks.Skip(1).Select(t => t.Id), Found(Cuts.Sequence(24).Audio("", Shots).Audio("", Shots).Build()));
}
