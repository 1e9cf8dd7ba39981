using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Time;

/// <summary>Every code there can be in a day, from its digits: which are refused, and that the rest count up by one.</summary>
public sealed class TimecodeDayTests
{
    public static TheoryData<FrameRate, int> DropRates => new()
    {
        { FrameRate.Fps2997, 2 },
        { FrameRate.Fps5994, 4 },
        { FrameRate.Fps11988, 8 },
    };

    public static TheoryData<FrameRate> PlainRates => [FrameRate.Fps23976, FrameRate.Fps25, FrameRate.Fps2997, FrameRate.Fps100];

    [Theory]
    [MemberData(nameof(DropRates))]
    public void Of_all_drop_codes_of_a_day_exactly_the_dropped_are_refused(FrameRate rate, int dropped)
    {
        var (next, refused) = (0L, 0);
        foreach (var code in new Codes(rate.NominalFramesPerSecond, ';'))
        {
            var isDropped = code.Minute % 10 != 0 && code.Second == 0 && code.Frame < dropped;
            if (Timecode.TryParse(code.Text, rate, out var time, out var isDrop))
            {
                if (isDropped || !isDrop || time.Value != next) Assert.Fail($"{code.Text} is frame {time.Value}, expected {next}");
                next++;
            }
            else
            {
                if (!isDropped) Assert.Fail($"{code.Text} is refused");
                refused++;
            }
        }

        Assert.Equal(24 * 54 * dropped, refused);
        Assert.Equal(86_400L * rate.NominalFramesPerSecond - refused, next);
    }

    [Theory]
    [MemberData(nameof(PlainRates))]
    public void Without_drop_every_code_of_a_day_is_one_frame_and_prints_as_it_was(FrameRate rate)
    {
        var next = 0L;
        foreach (var code in new Codes(rate.NominalFramesPerSecond, ':'))
        {
            if (!Timecode.TryParse(code.Text, rate, out var time, out var isDrop) || isDrop || time.Value != next)
            {
                Assert.Fail($"{code.Text} is frame {time.Value}, expected {next}");
            }

            if (!code.Text.SequenceEqual(Timecode.Format(next, rate, dropFrame: false))) Assert.Fail($"frame {next} is {code.Text}");
            next++;
        }

        Assert.Equal(86_400L * rate.NominalFramesPerSecond, next);
    }

    [Fact]
    public void Every_frame_of_a_day_at_11988_drop_comes_back()
    {
        var framesPerDay = 86_400L * 120 - 24 * 54 * 8;
        for (var frame = 0L; frame < framesPerDay; frame++)
        {
            var text = Timecode.Format(frame, FrameRate.Fps11988, dropFrame: true);
            if (!Timecode.TryParse(text, FrameRate.Fps11988, out var read, out var isDrop) || !isDrop || read.Value != frame)
            {
                Assert.Fail($"{text} reads as {read}, not frame {frame}");
            }
        }

        Assert.Equal("24:00:00;000", Timecode.Format(framesPerDay, FrameRate.Fps11988, dropFrame: true));
    }

    [Theory]
    [InlineData("00:00:59;119", 7199)]
    [InlineData("00:01:00;008", 7200)]
    [InlineData("01:00:00;000", 431_568)]
    [InlineData("00:00:00;099", 99)]
    [InlineData("00:00:00;99", 99)]
    public void Three_digit_frames_are_read_at_11988(string text, long frame)
    {
        Assert.True(Timecode.TryParse(text, FrameRate.Fps11988, out var time, out _));
        Assert.Equal(frame, time.Value);
    }

    [Theory]
    [InlineData("00:00:00:120", 120, 1)]
    [InlineData("00:00:00:100", 100, 1)]
    [InlineData("00:00:00;120", 120000, 1001)]
    [InlineData("00:01:00;007", 120000, 1001)]
    [InlineData("00:01:00;000", 120, 1)]
    [InlineData("00:01:00;02", 60, 1)]
    public void A_frame_that_the_rate_does_not_count_is_refused(string text, int numerator, int denominator) =>
        Assert.False(Timecode.TryParse(text, new(numerator, denominator), out _, out _));

    /// <summary>The codes 00:00:00:00 to 23:59:59 in order, their digits put together here rather than by what is tested.</summary>
    ref struct Codes(int framesPerSecond, char separator)
    {
        readonly char[] _text = $"00:00:00{separator}{(framesPerSecond > 100 ? "000" : "00")}".ToCharArray();
        int _seconds;
        int _frame = -1;

        public readonly Codes Current => this;

        public readonly int Minute => _seconds / 60 % 60;

        public readonly int Second => _seconds % 60;

        public readonly int Frame => _frame;

        public readonly ReadOnlySpan<char> Text => _text;

        public readonly Codes GetEnumerator() => this;

        public bool MoveNext()
        {
            if (++_frame == framesPerSecond) (_frame, _seconds) = (0, _seconds + 1);
            if (_seconds == 86_400) return false;
            Put(0, _seconds / 3600);
            Put(3, Minute);
            Put(6, Second);
            if (framesPerSecond > 100) _text[9] = (char)('0' + _frame / 100);
            Put(_text.Length - 2, _frame % 100);
            return true;
        }

        readonly void Put(int at, int number) => (_text[at], _text[at + 1]) = ((char)('0' + number / 10), (char)('0' + number % 10));
    }
}
