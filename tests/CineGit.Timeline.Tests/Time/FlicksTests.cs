using CineGit.Timeline.Time;
using FsCheck;
using FsCheck.Fluent;

namespace CineGit.Timeline.Tests.Time;

public sealed class FlicksTests
{
    static readonly FrameRate[] KnownRates =
    [
        new(12000, 1001), new(15000, 1001), FrameRate.Fps23976, FrameRate.Fps24, FrameRate.Fps25, FrameRate.Fps2997, FrameRate.Fps30,
        new(48000, 1001), new(48, 1), FrameRate.Fps50, FrameRate.Fps5994, FrameRate.Fps60, new(96000, 1001), new(96, 1), new(100, 1),
        new(120000, 1001), new(120, 1), new(25, 2), new(44100, 1), new(48000, 1), new(88200, 1), new(96000, 1), new(192000, 1),
    ];

    public static TheoryData<int, int, long> FramesInFlicks => new()
    {
        { 24, 1, 29_400_000 },
        { 24000, 1001, 29_429_400 },
        { 25, 1, 28_224_000 },
        { 30000, 1001, 23_543_520 },
        { 60000, 1001, 11_771_760 },
        { 120000, 1001, 5_885_880 },
        { 48000, 1, 14_700 },
        { 44100, 1, 16_000 },
    };

    [Theory]
    [MemberData(nameof(FramesInFlicks))]
    public void One_frame_is_a_whole_number_of_flicks(int numerator, int denominator, long flicks) =>
        Assert.Equal(new Flicks(flicks), Flicks.FromFrames(1, new FrameRate(numerator, denominator)));

    [Fact]
    public void Every_known_rate_is_exact()
    {
        Assert.All(KnownRates, rate => Assert.True(rate.IsExactInFlicks, rate.ToString()));
        Assert.False(new FrameRate(11, 1).IsExactInFlicks);
    }

    [Fact]
    public void Frames_of_a_known_rate_come_back_from_flicks() => Check.QuickThrowOnFailure(Prop.ForAll(
        FramesAndRates(),
        both => Flicks.FromFrames(both.Frames, both.Rate) is var time
            && time.IsWholeAt(both.Rate)
            && time.ToFrames(both.Rate, Rounding.Exact) == both.Frames
            && (time + new Flicks(1)).ToFrames(both.Rate, Rounding.Floor) == both.Frames
            && (time - new Flicks(1)).ToFrames(both.Rate, Rounding.Ceiling) == both.Frames));

    [Fact]
    public void Rescaling_up_to_a_multiple_and_back_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(
        FramesAndRates(),
        both =>
        {
            var time = new RationalTime(both.Frames, both.Rate);
            var finer = new FrameRate(both.Rate.Numerator * 4, both.Rate.Denominator);
            return time.RescaledTo(finer, Rounding.Exact).RescaledTo(both.Rate, Rounding.Exact) == time
                && RationalTime.FromFlicks(time.ToFlicks(), both.Rate, Rounding.Exact) == time;
        }));

    [Fact]
    public void A_day_at_24_is_not_a_whole_number_of_frames_at_23976()
    {
        var day = Flicks.FromFrames(24 * 86_400, FrameRate.Fps24);
        Assert.False(day.IsWholeAt(FrameRate.Fps23976));
        Assert.Throws<InexactTimeException>(() => day.ToFrames(FrameRate.Fps23976, Rounding.Exact));
        Assert.Equal(2_071_528, day.ToFrames(FrameRate.Fps23976, Rounding.Floor));
        Assert.Equal(2_071_529, day.ToFrames(FrameRate.Fps23976, Rounding.Ceiling));
    }

    [Theory]
    [InlineData(Rounding.Floor, 3, 1)]
    [InlineData(Rounding.Ceiling, 3, 2)]
    [InlineData(Rounding.Nearest, 3, 2)]
    [InlineData(Rounding.Nearest, 1, 1)]
    [InlineData(Rounding.Floor, -3, -2)]
    [InlineData(Rounding.Ceiling, -3, -1)]
    [InlineData(Rounding.Nearest, -3, -2)]
    [InlineData(Rounding.Nearest, -1, -1)]
    public void Half_frames_round_as_asked(Rounding rounding, long framesAt48, long framesAt24) =>
        Assert.Equal(framesAt24, new RationalTime(framesAt48, new(48, 1)).RescaledTo(FrameRate.Fps24, rounding).Value);

    [Fact]
    public void Sums_that_do_not_fit_are_errors_and_never_wrap() =>
        Assert.Throws<OverflowException>(() => Flicks.MaxValue + new Flicks(1));

    [Fact]
    public void Touching_ranges_do_not_overlap_and_share_nothing()
    {
        var first = new TimeRange(Flicks.Zero, new Flicks(10));
        var second = new TimeRange(first.End, new Flicks(5));
        Assert.False(first.Overlaps(second));
        Assert.Equal(Flicks.Zero, first.OverlapWith(second));
        Assert.True(first.Overlaps(TimeRange.Between(new Flicks(9), new Flicks(11))));
        Assert.Equal(new Flicks(1), first.OverlapWith(TimeRange.Between(new Flicks(9), new Flicks(11))));
        Assert.False(first.Contains(first.End));
    }

    static Arbitrary<(long Frames, FrameRate Rate)> FramesAndRates() =>
    (
        from frames in Gen.Choose(-5_000_000, 5_000_000)
        from rate in Gen.Elements(KnownRates)
        select ((long)frames, rate)).ToArbitrary();
}
