using CineGit.Fuzz;

namespace CineGit.Interchange.Tests;

/// <summary>A small part of <c>./dev fuzz</c>, and that it would notice.</summary>
public sealed class FuzzTests
{
    /// <summary>Other tests run beside this one, and CPU time is that of the whole process.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20L);

    [Fact]
    public void Three_hundred_damaged_timelines_are_refused_or_come_back_as_they_went_in()
    {
        var outcome = new FuzzRun(FuzzSeed.Load("all"), 20_261_121, Patience).Run(0, 300);
        Assert.True(outcome.Failures.Count == 0, string.Join('\n', outcome.Failures.Select(f => $"case {f.Case} of {f.Seed.Name}: {f.Details}")));
        Assert.Equal(300, outcome.Inputs);
        Assert.True(outcome is { Read: > 100, Refused: > 100, Merged: > 100 }, outcome.ToString());
    }

    [Fact]
    public void A_case_is_the_same_input_whenever_it_is_made()
    {
        List<byte[]> Inputs(int seed, int first, int count)
        {
            var inputs = new List<byte[]>();
            new FuzzRun(FuzzSeed.Load("edl"), seed, Patience) { Starting = (_, input) => inputs.Add(input) }.Run(first, count);
            return inputs;
        }

        var many = Inputs(7, 0, 12);
        Assert.Equal(many[9], Assert.Single(Inputs(7, 9, 1)));
        Assert.NotEqual(many[9], Assert.Single(Inputs(8, 9, 1)));
        Assert.Equal(12, many.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void A_step_that_takes_too_much_is_a_failure()
    {
        var gauge = new Gauge(TimeSpan.FromMilliseconds(50L));
        Assert.Contains("allocated", Assert.Throws<FuzzFailureException>(() => gauge.Measure("reading", 1, () => new byte[80 << 20])).Message, StringComparison.Ordinal);
        Assert.Contains("CPU time", Assert.Throws<FuzzFailureException>(() => gauge.Measure("reading", 1, Burn)).Message, StringComparison.Ordinal);
        Assert.Equal(3, gauge.Measure("reading", 1, () => 3));

        static long Burn()
        {
            var until = Environment.CpuUsage.TotalTime + TimeSpan.FromMilliseconds(200L);
            var rounds = 0L;
            while (Environment.CpuUsage.TotalTime < until) rounds++;
            return rounds;
        }
    }

    [Fact]
    public void A_failing_trial_is_reported_with_its_input()
    {
        var seed = new FuzzSeed("none", "edl", "TITLE: x\n"u8.ToArray());
        var failing = new FuzzRun([seed], 1, Patience) { TryOut = (_, _, _) => throw new NotSupportedException("seen") };
        var outcome = failing.Run(0, 3);
        Assert.Equal([0, 1, 2], outcome.Failures.Select(f => f.Case));
        Assert.All(outcome.Failures, f => Assert.Contains("seen", f.Details, StringComparison.Ordinal));
        Assert.All(outcome.Failures, f => Assert.NotEmpty(f.Input));
    }

    [Fact]
    public void An_input_that_does_not_end_is_reported()
    {
        using var never = new ManualResetEventSlim();
        var seed = new FuzzSeed("none", "edl", "TITLE: x\n"u8.ToArray());
        var stuck = new FuzzRun([seed], 1, Patience)
        {
            Patience = TimeSpan.FromMilliseconds(50L),
            TryOut = (_, _, _) => never.Wait(TestContext.Current.CancellationToken),
        };
        Assert.Equal((3, "does not end"), Assert.Single(stuck.Run(3, 5).Failures) is var failure ? (failure.Case, failure.Kind) : default);
        never.Set();
    }
}
