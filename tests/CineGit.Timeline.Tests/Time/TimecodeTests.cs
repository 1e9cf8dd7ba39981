using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Time;

public sealed class TimecodeTests
{
    static readonly FrameRate Fps11988 = new(120000, 1001);

    [Theory]
    [InlineData(30000, 2, 1)]
    [InlineData(60000, 4, 1)]
    [InlineData(120000, 8, 97)]
    public void Every_drop_frame_code_of_a_day_comes_back_and_skips_only_what_it_should(int rateTimes1001, int dropped, int step)
    {
        var rate = new FrameRate(rateTimes1001, 1001);
        var nominal = rate.NominalFramesPerSecond;
        var framesPerDay = 24L * 3600 * nominal - dropped * (24L * 60 - 24 * 6);
        var expected = new CountingClock(nominal, dropped);
        for (long frame = 0; frame < framesPerDay; frame++, expected.Tick())
        {
            if (frame % step != 0) continue;
            var text = Timecode.Format(frame, rate, dropFrame: true);
            if (!expected.Text.SequenceEqual(text)) Assert.Fail($"frame {frame} is {expected.Text}, not {text}");
            if (!Timecode.TryParse(text, rate, out var read, out var isDrop) || !isDrop || read.Value != frame)
            {
                Assert.Fail($"{text} reads as {read}, not frame {frame}");
            }
        }

        Assert.Equal(24, expected.Hours);
    }

    [Theory]
    [InlineData("01:01:00;00")]
    [InlineData("01:01:00;01")]
    [InlineData("00:59:00;00")]
    public void Numbers_that_drop_frame_skips_are_refused(string text) =>
        Assert.False(Timecode.TryParse(text, FrameRate.Fps2997, out _, out _));

    [Theory]
    [InlineData("01:10:00;00", 125_874)]
    [InlineData("01:00:00;00", 107_892)]
    [InlineData("00:01:00;02", 1_800)]
    [InlineData("00:00:59;29", 1_799)]
    public void Known_drop_frame_codes_count_right(string text, long frames)
    {
        Assert.True(Timecode.TryParse(text, FrameRate.Fps2997, out var time, out var isDrop));
        Assert.True(isDrop);
        Assert.Equal(new RationalTime(frames, FrameRate.Fps2997), time);
    }

    [Fact]
    public void The_same_digits_without_drop_are_another_frame()
    {
        Assert.True(Timecode.TryParse("01:00:00:00", FrameRate.Fps2997, out var nonDrop, out var isDrop));
        Assert.False(isDrop);
        Assert.Equal(108_000, nonDrop.Value);
        Assert.True(Timecode.TryParse("01:00:00:00", FrameRate.Fps2997, dropFrame: true, out var drop));
        Assert.Equal(107_892, drop.Value);
    }

    [Theory]
    [InlineData("01:00:00;00", 24000, 1001)]
    [InlineData("01:00:00;00", 25, 1)]
    [InlineData("01:00:00;00", 30, 1)]
    [InlineData("01:00:00:24", 24, 1)]
    [InlineData("01:60:00:00", 24, 1)]
    [InlineData("01:00:60:00", 24, 1)]
    [InlineData("01:00:00", 24, 1)]
    [InlineData("01:00:00:", 24, 1)]
    [InlineData(":01:00:00:00", 24, 1)]
    [InlineData("01:00:00:00:00", 24, 1)]
    [InlineData("-01:00:00:00", 24, 1)]
    [InlineData("0x:00:00:00", 24, 1)]
    [InlineData("00000:00:00:00", 24, 1)]
    [InlineData("", 24, 1)]
    public void What_is_no_timecode_at_the_rate_is_refused(string text, int numerator, int denominator) =>
        Assert.False(Timecode.TryParse(text, new FrameRate(numerator, denominator), out _, out _));

    [Fact]
    public void Printing_goes_past_midnight_below_zero_and_to_three_digits()
    {
        Assert.Equal("25:00:00:00", Timecode.Format(25 * 3600 * 24, FrameRate.Fps24, dropFrame: false));
        Assert.Equal("-00:00:01:00", Timecode.Format(-24, FrameRate.Fps24, dropFrame: false));
        Assert.Equal("00:00:00;119", Timecode.Format(119, Fps11988, dropFrame: true));
        Assert.Equal("00:00:01:00", Timecode.Format(24, FrameRate.Fps24, dropFrame: true));
    }

    /// <summary>Counts timecode as SMPTE ST 12 describes it: one up per frame, skipping the first numbers of most minutes.</summary>
    sealed class CountingClock(int nominal, int dropped)
    {
        readonly char[] _text = (nominal > 100 ? "00:00:00;000" : "00:00:00;00").ToCharArray();
        int _frames;
        int _seconds;
        int _minutes;

        public int Hours { get; private set; }

        public ReadOnlySpan<char> Text => _text;

        public void Tick()
        {
            if (++_frames == nominal)
            {
                _frames = 0;
                if (++_seconds == 60) NextMinute();
                Put(7, _seconds);
            }

            if (nominal > 100) _text[9] = (char)('0' + _frames / 100);
            Put(_text.Length - 1, _frames % 100);
        }

        void NextMinute()
        {
            _seconds = 0;
            if (++_minutes == 60) (_minutes, Hours) = (0, Hours + 1);
            if (_minutes % 10 != 0) _frames = dropped;
            Put(4, _minutes);
            Put(1, Hours);
        }

        void Put(int last, int number) => (_text[last - 1], _text[last]) = ((char)('0' + number / 10), (char)('0' + number % 10));
    }
}
