using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Time;

/// <summary>Laws of exact time, each tried on 20,000 seeded cases.</summary>
public sealed class ExactTimeTests
{
    const int Cases = 20_000;

    [Fact]
    public void Rescaling_is_exact_there_and_back_or_refused()
    {
        var random = new Random(20_261_101);
        var (exact, refused) = (0, 0);
        for (var i = 0; i < Cases; i++)
        {
            var (from, to) = (Rate(random), Rate(random));
            var time = new RationalTime(random.NextInt64(-30_000_000, 30_000_000) * (random.Next(3) == 0 ? 1001 : 1), from);
            var isWhole = (Int128)time.Value * from.Denominator * to.Numerator % ((Int128)from.Numerator * to.Denominator) == 0;
            if (isWhole)
            {
                exact++;
                var there = time.RescaledTo(to, Rounding.Exact);
                Assert.Equal(time, there.RescaledTo(from, Rounding.Exact));
                Assert.Equal(time.ToFlicks(), there.ToFlicks());
            }
            else
            {
                refused++;
                Assert.Throws<InexactTimeException>(() => time.RescaledTo(to, Rounding.Exact));
                Assert.Equal(1, time.RescaledTo(to, Rounding.Ceiling).Value - time.RescaledTo(to, Rounding.Floor).Value);
            }
        }

        Assert.True(exact > Cases / 10 && refused > Cases / 10, $"{exact} exact, {refused} refused");
    }

    [Fact]
    public void Rounding_takes_the_frame_that_the_moment_is_in_or_the_nearest_one()
    {
        var random = new Random(20_261_102);
        for (var i = 0; i < Cases; i++)
        {
            var rate = Rate(random);
            var moment = new Flicks(random.NextInt64(-1L << 50, 1L << 50));
            var (floor, ceiling, nearest) = (moment.ToFrames(rate, Rounding.Floor), moment.ToFrames(rate, Rounding.Ceiling), moment.ToFrames(rate, Rounding.Nearest));
            var (before, after) = (Flicks.FromFrames(floor, rate), Flicks.FromFrames(ceiling, rate));
            Assert.True(before <= moment && moment <= after && ceiling - floor == (moment.IsWholeAt(rate) ? 0 : 1));
            var chosen = Flicks.FromFrames(nearest, rate);
            Assert.True(Distance(chosen, moment) <= Distance(before, moment) && Distance(chosen, moment) <= Distance(after, moment));
            var tenth = new Flicks(Flicks.FromFrames(1, rate).Value / 10);
            Assert.Equal(floor, (before + tenth).ToFrames(rate, Rounding.Nearest));
        }
    }

    [Fact]
    public void Sums_of_frames_at_mixed_rates_do_not_depend_on_their_order()
    {
        var random = new Random(20_261_103);
        for (var i = 0; i < Cases / 10; i++)
        {
            var parts = Enumerable.Range(0, 10).Select(_ => Flicks.FromFrames(random.NextInt64(-10_000_000, 10_000_000), Rate(random))).ToArray();
            var forward = parts.Aggregate(Flicks.Zero, (sum, part) => sum + part);
            random.Shuffle(parts);
            Assert.Equal(forward, parts.Aggregate(Flicks.Zero, (sum, part) => sum + part));
            Assert.Equal(Flicks.Zero, parts.Aggregate(forward, (sum, part) => sum - part));
        }
    }

    [Fact]
    public void Ranges_are_half_open()
    {
        var random = new Random(20_261_104);
        for (var i = 0; i < Cases; i++)
        {
            var range = new TimeRange(new(random.Next(-8, 8)), new(random.Next(0, 8)));
            var other = new TimeRange(new(random.Next(-8, 8)), new(random.Next(0, 8)));
            var mine = Moments(range);
            var shared = mine.Intersect(Moments(other)).Count();
            Assert.Equal(range.Duration.Value, mine.Count);
            Assert.Equal(shared, range.OverlapWith(other).Value);
            Assert.Equal(shared > 0, range.Overlaps(other));
            Assert.Equal(range, TimeRange.Between(range.Start, range.End));
            Assert.False(range.Contains(range.End));
            Assert.Equal(!range.IsEmpty, range.Contains(range.Start));
            Assert.False(range.Overlaps(new(range.End, new(10))));
        }
    }

    [Fact]
    public void What_does_not_fit_is_an_error_and_never_wraps()
    {
        var last = new RationalTime(long.MaxValue, FrameRate.Fps24);
        Assert.Throws<OverflowException>(() => last.ToFlicks());
        Assert.Throws<OverflowException>(() => last.RescaledTo(FrameRate.Audio192000, Rounding.Floor));
        Assert.Throws<OverflowException>(() => Flicks.MaxValue + Flicks.MaxValue);
        Assert.Throws<OverflowException>(() => -new Flicks(long.MinValue));
        Assert.Throws<OverflowException>(() => new Flicks(long.MinValue) - new Flicks(1));
        Assert.Throws<OverflowException>(() => new TimeRange(Flicks.MaxValue, new(1)).End);
        Assert.Equal(long.MaxValue, last.RescaledTo(FrameRate.Fps24, Rounding.Exact).Value);
    }

    static HashSet<long> Moments(TimeRange range) =>
        [.. Enumerable.Range(-10, 30).Select(m => (long)m).Where(m => range.Contains(new(m)))];

    static long Distance(Flicks a, Flicks b) => Math.Abs((a - b).Value);

    static FrameRate Rate(Random random) => FrameRate.Known[random.Next(FrameRate.Known.Length)];
}
