using System.Text;
using CineGit.Interchange.Tests.Edl;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Ale;

public sealed class AleTests
{
    const string Log = "Heading\nFIELD_DELIM\tTABS\nFPS\t24\n\nColumn\nName\tStart\tEnd\tScene\n\nData\nA\t01:00:00:00\t01:00:01:00\t1\nB\t02:00:00:00\t02:00:02:12\t2\n\nC\t\t\t3\n";

    public static TheoryData<string> Logs => Corpus.IsAbsent ? [""] : [.. Corpus.Files("ale")];

    [Theory]
    [MemberData(nameof(Logs))]
    public void Every_real_log_gives_a_clip_for_each_row_and_is_written_back_to_the_byte(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var log = Corpus.Read(file);
        var read = AleFiles.Read(log);

        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == Severity.Error);
        var rows = Encoding.UTF8.GetString(log).Split('\n').SkipWhile(l => l.Trim() != "Data").Skip(1).Count(l => l.Trim().Length > 0);
        Assert.Equal(rows, read.Document.Root.Objects("children").Count());
        Assert.Equal(log, AleFiles.Write(read.Document, log));
        var again = AleFiles.Read(AleFiles.Write(read.Document, [])).Document;
        Assert.Equal(read.Document.Root.Objects("children"), again.Root.Objects("children"));
    }

    [Fact]
    public void A_log_is_a_collection_with_a_word_that_there_is_no_sequence()
    {
        var read = AleFiles.Read(Encoding.UTF8.GetBytes(Log));

        Assert.Equal("SerializableCollection.1", read.Document.Root.Schema);
        Assert.Null(read.Document.FirstTimeline());
        Assert.Contains("3 clips and no sequence", Assert.Single(read.Diagnostics, d => d.Code == DiagnosticCodes.AleNoSequence).Message, StringComparison.Ordinal);
        var clip = read.Document.Root.Objects("children").ElementAt(1);
        Assert.True(OtioTimes.TryReadRange(clip.Child("source_range"), out var range));
        Assert.Equal((172_800L, 60L), (range.Start.ToFrames(FrameRate.Fps24, Rounding.Exact), range.Duration.ToFrames(FrameRate.Fps24, Rounding.Exact)));
        Assert.Equal("2", clip.Child("metadata")?.Child("ALE")?.Text("Scene"));
    }

    [Fact]
    public void A_renamed_clip_changes_its_own_row_and_no_other()
    {
        var log = Encoding.UTF8.GetBytes(Log);
        var root = AleFiles.Read(log).Document.Root;
        var clips = root.List("children");

        var written = AleFiles.Write(new(root.With("children", new OtioArray(clips.SetItem(1, ((OtioObject)clips[1]).With("name", "NEW"))))), log);

        Assert.Equal(Log.Replace("B\t02", "NEW\t02", StringComparison.Ordinal).Replace("2\n\nC", "2\nC", StringComparison.Ordinal), Encoding.UTF8.GetString(written));
    }

    [Fact]
    public void A_cut_becomes_a_table_with_a_word_for_all_that_a_table_cannot_say()
    {
        var cut = EdlFiles.Read("001  R1 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: ONE\n* LOC: 01:00:00:05 RED X\nM2   R1  048.0 00:00:00:00\n", FrameRate.Fps24).Document;

        var written = Encoding.UTF8.GetString(AleFiles.Write(cut, [], out var diagnostics));

        Assert.Equal("Heading\nFIELD_DELIM\tTABS\nFPS\t24\n\nColumn\nName\tTape\tStart\tEnd\n\nData\nONE\tR1\t00:00:00:00\t00:00:01:00\n", written);
        foreach (var word in (string[])["no sequence", "1 markers", "1 effects"]) Assert.Contains(diagnostics, d => d.Message.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_log_is_refused()
    {
        Assert.Throws<InterchangeFormatException>(() => AleFiles.Read("hello"u8.ToArray()));
        Assert.Throws<InterchangeFormatException>(() => AleFiles.Read(Encoding.UTF8.GetBytes("Heading\nFPS\t24\n\nData\nrow\n")));
        Assert.Throws<InterchangeFormatException>(() => AleFiles.Write(new(OtioBuild.Gap(new(1, FrameRate.Fps24))), []));
    }

    [Fact]
    public void Two_thousand_damaged_logs_are_refused_or_written_back_to_the_byte()
    {
        var random = new Random(11);
        var read = 0;
        for (var i = 0; i < 2000; i++)
        {
            var damaged = EdlMutationTests.Damage(Encoding.UTF8.GetBytes(Log), random);
            try
            {
                Assert.Equal(damaged, AleFiles.Write(AleFiles.Read(damaged).Document, damaged));
                read++;
            }
            catch (InterchangeFormatException refusal)
            {
                Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(read > 500, $"only {read} were read");
    }
}
