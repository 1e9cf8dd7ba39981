using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Time;

public sealed class FrameRateTests
{
    [Theory]
    [InlineData(24.0, "24")]
    [InlineData(23.976, "24000/1001")]
    [InlineData(23.98, "24000/1001")]
    [InlineData(23.976023976023978, "24000/1001")]
    [InlineData(23.976024627685547, "24000/1001")]
    [InlineData(29.97, "30000/1001")]
    [InlineData(29.97002997, "30000/1001")]
    [InlineData(47.952, "48000/1001")]
    [InlineData(59.94, "60000/1001")]
    [InlineData(59.94005994, "60000/1001")]
    [InlineData(119.88, "120000/1001")]
    [InlineData(12.5, "25/2")]
    [InlineData(48000.0, "48000")]
    [InlineData(1.0, "1")]
    public void A_double_snaps_to_the_rate_it_means(double rate, string exact)
    {
        Assert.True(FrameRate.TryFromDouble(rate, out var found));
        Assert.Equal(exact, found.ToString());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-24.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(23.9)]
    [InlineData(24.01)]
    [InlineData(29.9)]
    [InlineData(0.001)]
    public void What_is_no_known_rate_is_not_guessed(double rate) => Assert.False(FrameRate.TryFromDouble(rate, out _));

    [Theory]
    [InlineData("24", 24, 1)]
    [InlineData("23.976", 24000, 1001)]
    [InlineData("24000/1001", 24000, 1001)]
    [InlineData("48/2", 24, 1)]
    public void A_typed_rate_is_read(string text, int numerator, int denominator)
    {
        Assert.True(FrameRate.TryParse(text, out var rate));
        Assert.Equal(new FrameRate(numerator, denominator), rate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("24/0")]
    [InlineData("0/24")]
    [InlineData("-24")]
    [InlineData("24/1/1")]
    [InlineData("99999999999/1")]
    [InlineData("1e3")]
    public void What_is_no_rate_is_refused(string text) => Assert.False(FrameRate.TryParse(text, out _));

    [Fact]
    public void Rates_are_in_lowest_terms_and_print_so_that_they_read_back()
    {
        Assert.Equal(FrameRate.Fps2997, new FrameRate(60000, 2002));
        foreach (var rate in new[] { FrameRate.Fps24, FrameRate.Fps2997, new(25, 2), new(int.MaxValue, 1001) })
        {
            Assert.True(FrameRate.TryParse(rate.ToString(), out var again));
            Assert.Equal(rate, again);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameRate(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameRate(24, -1));
    }

    [Fact]
    public void Timecode_counts_by_the_next_whole_number()
    {
        Assert.Equal(24, FrameRate.Fps23976.NominalFramesPerSecond);
        Assert.Equal(30, FrameRate.Fps2997.NominalFramesPerSecond);
        Assert.Equal(25, FrameRate.Fps25.NominalFramesPerSecond);
        Assert.Equal(2_145_339, new FrameRate(int.MaxValue, 1001).NominalFramesPerSecond);
    }
}
