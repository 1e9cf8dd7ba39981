using System.Text;
using CineGit.TestKit;

namespace CineGit.Interchange.Tests.Edl;

public sealed class EdlCorpusTests
{
    public static TheoryData<string> Lists => Corpus.IsAbsent ? [""] : [.. Corpus.Files("edl")];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_real_list_comes_back_equal_from_writing_and_reading_it_again(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var first = EdlFiles.Read(Corpus.Read(file));

        var written = EdlFiles.WriteBytes(first.Document);
        var second = EdlFiles.Read(written, EdlFiles.RateOf(first.Document));

        try
        {
            TimelineAssert.SameDocument(first.Document, second.Document);
        }
        catch (TimelineMismatchException mismatch)
        {
            Assert.Fail(mismatch.Message + "\n" + string.Join("\n", first.Diagnostics.Take(5)) + "\n" + Encoding.UTF8.GetString(written)[..Math.Min(3000, written.Length)]);
        }
    }
}
