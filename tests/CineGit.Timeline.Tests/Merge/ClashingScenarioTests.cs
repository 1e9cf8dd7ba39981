using CineGit.TestKit;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using static CineGit.Timeline.Tests.Merge.Reel;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Eighteen ways in which two editors want what cannot both be. Every one is asked, as exactly one question.</summary>
public sealed class ClashingScenarioTests
{
    [Fact]
    public void Both_trim_one_tail_differently()
    {
        var conflict = Asked(Start.TrimTail("s2", 9), Start.TrimTail("s2", 12));

        Assert.Equal((ConflictKind.Value, "main trimmed the tail of s2 by 9 frames; titles trimmed the tail of s2 by 12 frames."), (conflict.Kind, conflict.Sentence));
    }

    [Fact]
    public void One_trims_what_the_other_deletes() =>
        Assert.Equal(ConflictKind.Delete, Asked(Start.TrimTail("s2", 9), Start.Delete("s2")).Kind);

    [Fact]
    public void Both_slip_one_shot_differently() =>
        Assert.Equal(ConflictKind.Value, Asked(Start.Slip("s2", 5), Start.Slip("s2", -8)).Kind);

    [Fact]
    public void Both_replace_one_shot() =>
        Assert.Equal(ConflictKind.Value, Asked(Start.Replace("s2", "B007"), Start.Replace("s2", "C001")).Kind);

    [Fact]
    public void Both_set_one_parameter_of_an_effect()
    {
        var conflict = Asked(Start.Set(0, Effect("Blur", "amount", 3, 91)), Start.Set(0, Effect("Blur", "amount", 4, 92)));

        Assert.Equal((ConflictKind.Value, "main set amount of Blur on s2 to 3.0; titles set amount of Blur on s2 to 4.0."), (conflict.Kind, conflict.Sentence));
    }

    [Fact]
    public void Both_insert_at_one_cut() =>
        Assert.Equal(ConflictKind.Insert, Asked(Start.Insert(1, "p", 24, 71), Start.Insert(1, "q", 48, 72)).Kind);

    [Fact]
    public void One_covers_what_the_other_deletes() =>
        Assert.Equal(ConflictKind.Orphan, Asked(Start.Delete("s2"), Start.Cover(130, "br", 71)).Kind);

    [Fact]
    public void Both_cover_one_stretch() =>
        Assert.Equal(ConflictKind.Occupied, Asked(Start.Cover(130, "br", 71), Start.Cover(145, "bs", 72)).Kind);

    [Fact]
    public void Both_append_an_effect() =>
        Assert.Equal(ConflictKind.EffectOrder, Asked(Start.Effects(e => e.Add(Effect("Glow", "mix", 1, 91))), Start.Effects(e => e.Add(Effect("Grain", "mix", 1, 92)))).Kind);

    [Fact]
    public void Both_roll_one_cut_differently()
    {
        var merge = Reel.Merge(Start.Roll("s1", "s2", 5), Start.Roll("s1", "s2", -6));

        Assert.NotEmpty(merge.Conflicts);
        Assert.All(merge.Conflicts, conflict => Assert.Equal(ConflictKind.Value, conflict.Kind));
        Assert.Equal(Told(Start), Told(merge.Merged));
    }

    [Fact]
    public void Both_move_one_shot_elsewhere() =>
        Assert.Equal(ConflictKind.Move, Asked(Start.Move("s1", 2), Start.Move("s1", 3)).Kind);

    [Fact]
    public void One_moves_what_the_other_deletes() =>
        Assert.Equal(ConflictKind.Delete, Asked(Start.Move("s1", 3), Start.Delete("s1")).Kind);

    [Fact]
    public void One_replaces_what_the_other_slips() =>
        Assert.Equal(ConflictKind.Meaning, Asked(Start.Replace("s2", "B007"), Start.Slip("s2", 15)).Kind);

    [Fact]
    public void One_retimes_what_the_other_trims()
    {
        var twice = Cuts.Sequence(24).Video("V1", Cuts.Shot("x", "x", 0, 10).At(2)).Identified().Element("x", "V1").Effects[0];
        var fast = Start.Change("s2", e => e with { Duration = F(50), Effects = e.Effects.Add(twice with { Id = new ElementId(91, e.Id.Ordinal) }) }).Titles(-50);

        Assert.Equal(ConflictKind.Meaning, Asked(fast, Start.TrimTail("s2", 10)).Kind);
    }

    [Fact]
    public void One_dissolves_the_cut_at_which_the_other_inserts() =>
        Assert.Equal(ConflictKind.Transition, Asked(Start.Dissolve("s1", "s2", 8, 91), Start.Insert(1, "p", 24, 71)).Kind);

    [Fact]
    public void One_dissolves_into_a_shot_that_the_other_trims_to_six_frames() =>
        Assert.Equal(ConflictKind.Transition, Asked(Start.Dissolve("s1", "s2", 8, 91), Start.TrimTail("s2", 94)).Kind);

    [Fact]
    public void One_dissolves_into_a_shot_that_the_other_deletes() =>
        Assert.Equal(ConflictKind.Transition, Asked(Start.Dissolve("s1", "s2", 8, 91), Start.Delete("s2")).Kind);

    [Fact]
    public void One_slips_the_picture_and_the_other_its_sound() =>
        Assert.Equal(ConflictKind.Sync, Asked(Start.Slip("s2", 5, "V1"), Start.Slip("s2", -5, "A1")).Kind);
}
