namespace CineGit.Hub.Tests.Concurrency;

public sealed class HeadHistoryTests
{
    static readonly HeadMove First = new(1, 4, "a", "b", null);
    static readonly HeadMove Second = new(5, 8, "b", "c", null);

    [Fact]
    public void One_move_after_the_other_with_refusals_in_between_is_well() =>
        Assert.Empty(HeadHistory.Faults("a", "c", [First, Second, new(2, 3, "x", null, "a"), new(2, 6, "a", null, "b"), new(7, 9, "a", null, "c")]));

    [Fact]
    public void Two_winners_over_one_head_are_seen() =>
        Assert.Contains(HeadHistory.Faults("a", "b", [First, First with { To = "z" }]), fault => fault.Contains("2 moves from a", StringComparison.Ordinal));

    [Fact]
    public void A_granted_move_that_was_lost_is_seen() =>
        Assert.Contains(HeadHistory.Faults("a", "b", [First, Second]), fault => fault.Contains("lead to c", StringComparison.Ordinal));

    [Fact]
    public void A_move_outside_the_chain_is_seen() =>
        Assert.Contains(HeadHistory.Faults("a", "b", [First, new(9, 10, "q", "r", null)]), fault => fault.Contains("2 moves were granted", StringComparison.Ordinal));

    [Fact]
    public void A_stale_answer_is_seen() =>
        Assert.Contains(HeadHistory.Faults("a", "b", [First, new(5, 6, "x", null, "a")]), fault => fault.Contains("had left it", StringComparison.Ordinal));

    [Fact]
    public void An_answer_from_the_future_is_seen() =>
        Assert.Contains(HeadHistory.Faults("a", "b", [First with { Began = 3 }, new(1, 2, "a", null, "b")]), fault => fault.Contains("before anybody", StringComparison.Ordinal));

    [Fact]
    public void A_refusal_without_a_cause_is_seen() =>
        Assert.Contains(HeadHistory.Faults("a", "b", [First, new(1, 2, "a", null, "a")]), fault => fault.Contains("was refused because", StringComparison.Ordinal));
}
