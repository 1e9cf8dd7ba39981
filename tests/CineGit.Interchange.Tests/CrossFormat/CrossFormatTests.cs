using CineGit.Interchange.Otio;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.CrossFormat;

/// <summary>From every format to every other: what both can say arrives, and every loss is in the report by name.</summary>
public sealed class CrossFormatTests
{
    static readonly (FrameRate Rate, bool IsDropFrame)[] Rates =
    [
        (FrameRate.Fps23976, false), (FrameRate.Fps24, false), (FrameRate.Fps25, false), (FrameRate.Fps2997, false), (FrameRate.Fps2997, true),
        (FrameRate.Fps30, false), (FrameRate.Fps50, false), (FrameRate.Fps5994, false), (FrameRate.Fps5994, true),
    ];

    static readonly string[] Through = [.. TimelineFormats.All.Where(f => f is not OtiozFormat && f.Name != "ale").Select(f => f.Name)];

    /// <summary>What even the poorest format says of a plain shot: where it stands, where in its source it begins, and how fast it plays.</summary>
    static readonly string[] Essential = ["clip", "source", "speed"];

    static readonly string[] PlainShots = ["SC03", "SC04", "SC05", "SC07", "SC08"];

    public static TheoryData<string, string, string, bool> Pairs
    {
        get
        {
            var data = new TheoryData<string, string, string, bool>();
            foreach (var from in Through)
            {
                foreach (var to in Through)
                {
                    foreach (var (rate, isDropFrame) in Rates) data.Add(from, to, rate.ToString(), isDropFrame);
                }
            }

            return data;
        }
    }

    /// <summary>Media of another rate than the cut's, which plays them in real time.</summary>
    static readonly (FrameRate Rate, bool IsDropFrame, FrameRate Media)[] Mixed =
    [
        (FrameRate.Fps25, false, FrameRate.Fps23976), (FrameRate.Fps25, false, FrameRate.Fps24), (FrameRate.Fps25, false, FrameRate.Fps50),
        (FrameRate.Fps25, false, FrameRate.Fps5994), (FrameRate.Fps24, false, FrameRate.Fps25), (FrameRate.Fps23976, false, FrameRate.Fps2997),
        (FrameRate.Fps2997, true, FrameRate.Fps23976), (FrameRate.Fps5994, true, FrameRate.Fps50),
    ];

    public static TheoryData<string, string, string, bool, string> MixedPairs
    {
        get
        {
            var data = new TheoryData<string, string, string, bool, string>();
            foreach (var from in Through)
            {
                foreach (var to in Through)
                {
                    foreach (var (rate, isDropFrame, media) in Mixed) data.Add(from, to, rate.ToString(), isDropFrame, media.ToString());
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(MixedPairs))]
    public void Media_of_another_rate_keep_their_own_frames(string from, string to, string rateText, bool isDropFrame, string mediaText)
    {
        Assert.True(FrameRate.TryParse(rateText, out var rate));
        Assert.True(FrameRate.TryParse(mediaText, out var media));
        var film = Film.At(rate, isDropFrame, media);

        var first = Passed(film, from, rate);
        var second = Passed(first, to, rate);

        Assert.Equal(Plain(film, media), Plain(first, media));
        Assert.Equal(Plain(film, media), Plain(second, media));
    }

    public static TheoryData<string> Formats => [.. Through];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_Final_Cut_conforms_keeps_its_place_source_and_speed(string to)
    {
        var original = File.ReadAllBytes(Path.Combine(Fcpxml.FcpxmlCaseTests.Folder(), "conform-rate", "input.fcpxml"));
        var conformed = Fcpxml.FcpxmlFiles.Read(original).Document;

        var passed = Passed(conformed, to, FrameRate.Fps24);

        Assert.Equal(OfClips(conformed), OfClips(passed));
    }

    /// <summary>Places, and sources to the frame; what an M2 says of a speed has one decimal.</summary>
    static IEnumerable<Fact> OfClips(OtioDocument document) =>
        Fact.Of(document, FrameRate.Fps25).Where(f => f.Subject is "PAL" or "NTSC" && f.Kind is "clip" or "source");

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_both_say_arrives_and_every_loss_is_reported(string from, string to, string rateText, bool isDropFrame)
    {
        Assert.True(FrameRate.TryParse(rateText, out var rate));
        var film = Film.At(rate, isDropFrame);

        var first = Passed(film, from, rate);
        var second = Passed(first, to, rate);

        Assert.Equal(Plain(film), Plain(first));
        Assert.Equal(Plain(film), Plain(second));
    }

    static IEnumerable<Fact> Plain(OtioDocument document, FrameRate? media = null) =>
        Fact.Of(document, media).Where(f => Essential.Contains(f.Kind) && PlainShots.Contains(f.Subject));

    /// <summary>Written and read again; fails when something is gone that the writer did not name.</summary>
    static OtioDocument Passed(OtioDocument document, string name, FrameRate rate)
    {
        var format = TimelineFormats.ByName(name) ?? throw new ArgumentException(name, nameof(name));
        using var stream = new MemoryStream();
        var losses = format.Write(document, stream, WriteOptions.Alone);
        stream.Position = 0;
        var read = format.Read(stream, new(rate, "film" + format.Extensions[0]));
        var lost = Fact.Of(document).Except(Fact.Of(read.Document)).Where(f => !losses.Any(l => Names(l, f))).ToList();
        Assert.True(
            lost.Count == 0,
            $"{name} lost without a word:\n{string.Join('\n', lost)}\n-- read back:\n{string.Join('\n', Fact.Of(read.Document))}\n-- reported:\n{string.Join('\n', losses)}");
        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == Severity.Error);
        return read.Document;
    }

    static bool Names(Diagnostic loss, Fact fact) =>
        loss.Message.Contains(fact.Subject, StringComparison.Ordinal) || loss.Location.Contains(fact.Subject, StringComparison.Ordinal);
}
