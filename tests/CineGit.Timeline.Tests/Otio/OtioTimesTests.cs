using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using FsCheck;
using FsCheck.Fluent;

namespace CineGit.Timeline.Tests.Otio;

public sealed class OtioTimesTests
{
    static readonly FrameRate[] Rates = [FrameRate.Fps24, FrameRate.Fps23976, FrameRate.Fps2997, new(48000, 1), new(25, 2), new(7, 1)];

    [Theory]
    [InlineData("100", "24", 2_940_000_000, false)]
    [InlineData("100.0", "23.976", 2_942_940_000, false)]
    [InlineData("100.0", "23.98", 2_942_940_000, false)]
    [InlineData("-12.0", "24.0", -352_800_000, false)]
    [InlineData("0.5", "24.0", 14_700_000, false)]
    [InlineData("266.3333333333325", "24.0", 7_830_200_000, true)]
    [InlineData("1", "7", 100_800_000, false)]
    [InlineData("1", "11", 64_145_455, true)]
    [InlineData("10", "23.5", 300_255_319, true)]
    [InlineData("0", "0.0", 0, false)]
    [InlineData("0.0", "-1.0", 0, false)]
    public void A_time_reads_to_the_nearest_flick(string value, string rate, long flicks, bool isRounded)
    {
        Assert.True(OtioTimes.TryRead(Time(value, rate), out var time));
        Assert.Equal((new Flicks(flicks), isRounded), (time.Time, time.IsRounded));
    }

    [Theory]
    [InlineData("1", "0")]
    [InlineData("1", "-24")]
    [InlineData("NaN", "24")]
    [InlineData("1", "NaN")]
    [InlineData("Infinity", "24")]
    [InlineData("1e300", "24")]
    [InlineData("1e300", "23.5")]
    [InlineData("1", "1e-300")]
    [InlineData("9223372036854775807", "24")]
    [InlineData("99999999999999999999999", "24")]
    [InlineData("\"12\"", "24")]
    [InlineData("null", "24")]
    public void What_is_no_time_is_not_read(string value, string rate) => Assert.False(OtioTimes.TryRead(Time(value, rate), out _));

    [Fact]
    public void What_is_no_object_is_not_read()
    {
        Assert.False(OtioTimes.TryRead(null, out _));
        Assert.False(OtioTimes.TryRead(OtioNull.Value, out _));
        Assert.False(OtioTimes.TryReadRange(OtioTexts.ReadValue("""{"start_time":null}"""), out _));
        Assert.False(OtioTimes.TryReadRange(new OtioString("1s"), out _));
    }

    [Fact]
    public void A_time_that_already_says_it_is_left_as_it_is()
    {
        foreach (var original in new[] { Time("24.00", "24"), Time("100", "23.98"), Time("0.333", "23.5"), Time("48.0", "48.0") })
        {
            Assert.True(OtioTimes.TryRead(original, out var time));
            Assert.Same(original, OtioTimes.Write(original, time.Time, FrameRate.Fps25));
        }
    }

    [Fact]
    public void A_changed_time_keeps_its_rate_and_its_way_of_writing()
    {
        var second = new Flicks(Flicks.PerSecond);
        Assert.Equal("24", Value(OtioTimes.Write(Time("1", "24"), second, FrameRate.Fps25)));
        Assert.Equal("24.0", Value(OtioTimes.Write(Time("1.0", "24"), second, FrameRate.Fps25)));
        Assert.Equal("48000.0", Value(OtioTimes.Write(Time("1.0", "48000"), second, FrameRate.Fps25)));
        Assert.Equal("25.0", Value(OtioTimes.Write(null, second, FrameRate.Fps25)));
        Assert.Equal("25.0", Value(OtioTimes.Write(Time("0", "0"), second, FrameRate.Fps25)));
        Assert.Equal("23.98", Lexeme(OtioTimes.Write(Time("1", "23.98"), second, FrameRate.Fps25), "rate"));
    }

    [Fact]
    public void Whatever_time_is_written_reads_back_exactly() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(-2_000_000_000, 2_000_000_000).Select(n => new Flicks(n * 1_001L)).ToArbitrary(),
        Gen.Elements(Rates).ToArbitrary(),
        (time, rate) => OtioTimes.TryRead(OtioTimes.Write(null, time, rate), out var fresh) && fresh.Time == time
            && OtioTimes.TryRead(OtioTimes.Write(Time("1.5", "23.5"), time, rate), out var odd) && odd.Time == time
            && OtioTimes.TryRead(OtioTimes.Write(Time("1", "23.976"), time, rate), out var ntsc) && ntsc.Time == time));

    [Fact]
    public void A_range_counts_from_zero_when_it_has_no_start()
    {
        Assert.True(OtioTimes.TryReadRange(new OtioObject([new("duration", Time("24", "24"))]), out var range));
        Assert.Equal(new TimeRange(Flicks.Zero, new Flicks(Flicks.PerSecond)), range);
    }

    static OtioObject Time(string value, string rate) => (OtioObject)OtioTexts.ReadValue($$"""{"value":{{value}},"rate":{{rate}}}""");

    static string Value(OtioObject time) => Lexeme(time, "value");

    static string Lexeme(OtioObject time, string field) => Assert.IsType<OtioNumber>(time[field]).Lexeme;
}
