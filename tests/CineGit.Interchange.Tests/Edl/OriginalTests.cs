using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>A cut that nobody changed gives its list back, whatever the list looks like.</summary>
public sealed class OriginalTests
{
    static readonly FrameRate[] Rates =
        [FrameRate.Fps23976, FrameRate.Fps24, FrameRate.Fps25, FrameRate.Fps2997, FrameRate.Fps30, FrameRate.Fps50, FrameRate.Fps5994, FrameRate.Fps60];

    public static TheoryData<string> Lists => Corpus.IsAbsent ? [""] : [.. Corpus.Files("edl")];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_real_list_is_written_back_to_the_byte_at_every_rate_it_can_be_read_at(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var list = Corpus.Read(file);

        Assert.True(IsWrittenBack(list, null));
        foreach (var rate in Rates) IsWrittenBack(list, rate);
    }

    [Fact]
    public void Every_own_list_is_written_back_to_the_byte()
    {
        foreach (var list in EdlLists.OfCases()) Assert.True(IsWrittenBack(list, null));
    }

    [Theory]
    [InlineData("TITLE: A\r\n\n001  R1 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00   \r\n\r\n* A\n\t*B  \n002  R2 V C 00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00")]
    [InlineData("1 R1 V C 0:0:0:0 0:0:1:0 1:0:0:0 1:0:1:0\r2 R2 V C 0:0:0:0 0:0:1:0 1:0:1:0 1:0:2:0\r")]
    [InlineData("001  R1 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\u001a")]
    [InlineData("001  BL V D 025 00:00:00:00 00:00:01:00 01:00:27:14 01:00:28:14\n001  R1 V C 01:00:00:00 01:00:27:14 01:00:00:00 01:00:27:14\n001  BL V D 025 00:00:00:00 00:00:01:00 01:00:27:14 01:00:28:14\nM2   R1   035.0   01:00:00:00\n")]
    [InlineData("TITLE:  NOTHING   IN IT  \n\n* A\n")]
    [InlineData("001  R1 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n007  R1 V C 00:00:00:00 00:00:99:00 01:00:00:00 01:00:01:00\n\n")]
    [InlineData("FCM: DROP FRAME\n001  R1 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\nFCM: NON-DROP FRAME\nFCM: DROP FRAME\n\n002  R2 V C 00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\n")]
    [InlineData("001  R1 AA/V C 00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\nAUD   3   4\n001  R2 V2 C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n>>> SOURCE R1\n\n* REST\n")]
    public void Line_ends_blanks_and_odd_numbers_stay_as_they_are(string text)
    {
        foreach (var encoding in new[] { new UTF8Encoding(false), new UTF8Encoding(true), (Encoding)new UnicodeEncoding(false, true), new UnicodeEncoding(true, true) })
        {
            Assert.True(IsWrittenBack([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], FrameRate.Fps2997));
        }
    }

    [Fact]
    public void Accents_in_a_list_that_is_not_utf_8_stay_as_they_are()
    {
        Assert.True(IsWrittenBack(Encoding.Latin1.GetBytes("TITLE: Ann\u00e9e\r\n001  R1 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\r\n* FROM CLIP NAME: \u00c9t\u00e9\r\n"), FrameRate.Fps24));
    }

    [Fact]
    public void Two_thousand_damaged_lists_are_written_back_to_the_byte_when_they_can_be_read()
    {
        var seeds = EdlLists.OfCases().Concat(EdlLists.Generated(12)).ToList();
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < 2000; i++)
        {
            if (IsWrittenBack(EdlMutationTests.Damage(seeds[i % seeds.Count], random), FrameRate.Fps24)) read++;
        }

        Assert.True(read > 1000, $"only {read} were read");
    }

    /// <summary>False when the list cannot be read at the rate.</summary>
    static bool IsWrittenBack(byte[] list, FrameRate? rate)
    {
        OtioDocument document;
        try
        {
            document = EdlFiles.Read(list, rate).Document;
        }
        catch (InterchangeFormatException)
        {
            return false;
        }

        Same(list, EdlFiles.WriteInto(document, list));
        Same(list, EdlFiles.WriteInto(CutWriter.Write(CutReader.Read(document, new DiagnosticBag())), list));
        return true;
    }

    static void Same(byte[] expected, byte[] actual)
    {
        if (!expected.AsSpan().SequenceEqual(actual)) Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(actual));
    }
}
