using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Time;

public sealed class KnownRatesTests
{
    /// <summary>Numerator, denominator and flicks of a frame, worked out by hand from 705,600,000 flicks a second.</summary>
    public static TheoryData<FrameRate, int, int, long> FramesByHand => new()
    {
        { FrameRate.Fps23976, 24000, 1001, 29_429_400 },
        { FrameRate.Fps24, 24, 1, 29_400_000 },
        { FrameRate.Fps25, 25, 1, 28_224_000 },
        { FrameRate.Fps2997, 30000, 1001, 23_543_520 },
        { FrameRate.Fps30, 30, 1, 23_520_000 },
        { FrameRate.Fps47952, 48000, 1001, 14_714_700 },
        { FrameRate.Fps48, 48, 1, 14_700_000 },
        { FrameRate.Fps50, 50, 1, 14_112_000 },
        { FrameRate.Fps5994, 60000, 1001, 11_771_760 },
        { FrameRate.Fps60, 60, 1, 11_760_000 },
        { FrameRate.Fps95904, 96000, 1001, 7_357_350 },
        { FrameRate.Fps96, 96, 1, 7_350_000 },
        { FrameRate.Fps100, 100, 1, 7_056_000 },
        { FrameRate.Fps11988, 120000, 1001, 5_885_880 },
        { FrameRate.Fps120, 120, 1, 5_880_000 },
        { FrameRate.Audio44100, 44_100, 1, 16_000 },
        { FrameRate.Audio48000, 48_000, 1, 14_700 },
        { FrameRate.Audio88200, 88_200, 1, 8_000 },
        { FrameRate.Audio96000, 96_000, 1, 7_350 },
        { FrameRate.Audio192000, 192_000, 1, 3_675 },
    };

    /// <summary>Spellings found in files and menus, with the rate each means.</summary>
    public static TheoryData<FrameRate, double[]> Spellings => new()
    {
        { FrameRate.Fps23976, [23.976, 23.98, 23.9760, 23.97602, 23.976024, 23.976023976023978, 23.976024627685547] },
        { FrameRate.Fps2997, [29.97, 29.9700, 29.97003, 29.97002997, 29.97002997002997, 29.970029830932617] },
        { FrameRate.Fps47952, [47.952, 47.95, 47.95204795204795, 47.952049255371094] },
        { FrameRate.Fps5994, [59.94, 59.9401, 59.94005994, 59.94005994005994, 59.940060] },
        { FrameRate.Fps95904, [95.904, 95.9, 95.90409590409591] },
        { FrameRate.Fps11988, [119.88, 119.8801, 119.88011988011988] },
    };

    [Theory]
    [MemberData(nameof(FramesByHand))]
    public void Every_known_rate_has_a_whole_number_of_flicks_a_frame(FrameRate rate, int numerator, int denominator, long flicks)
    {
        Assert.Equal(new FrameRate(numerator, denominator), rate);
        Assert.Contains(rate, FrameRate.Known);
        Assert.Equal(new Flicks(flicks), Flicks.FromFrames(1, rate));
        Assert.Equal(Flicks.PerSecond * (long)denominator, flicks * numerator);
    }

    [Fact]
    public void The_table_by_hand_is_the_whole_table() => Assert.Equal(FramesByHand.Count, FrameRate.Known.Length);

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Every_spelling_snaps_to_its_rate(FrameRate rate, double[] spellings) => Assert.All(
        spellings,
        spelling => Assert.True(FrameRate.TryFromDouble(spelling, out var found) && found == rate, spelling.ToString("R")));

    [Fact]
    public void The_double_and_the_text_of_every_known_rate_read_back() => Assert.All(FrameRate.Known, rate =>
    {
        Assert.True(FrameRate.TryFromDouble(rate.ToDouble(), out var fromDouble));
        Assert.True(FrameRate.TryParse(rate.ToString(), out var fromText));
        Assert.Equal((rate, rate), (fromDouble, fromText));
    });

    [Fact]
    public void No_known_rate_is_taken_for_a_neighbour()
    {
        foreach (var rate in FrameRate.Known.Where(r => r.Denominator == 1 && r.Numerator < 1000))
        {
            foreach (var off in new[] { 0.01, 0.05, 0.1, -0.01, -0.05 })
            {
                Assert.False(
                    FrameRate.TryFromDouble(rate.ToDouble() + off, out var found) && found == rate,
                    $"{rate} {off:+0.00;-0.00}");
            }
        }
    }
}
