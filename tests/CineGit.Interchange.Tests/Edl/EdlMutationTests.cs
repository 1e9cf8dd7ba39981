using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Tests.Edl;

public sealed class EdlMutationTests
{
    [Fact]
    public void Four_thousand_damaged_lists_give_a_document_that_can_be_written_or_a_refusal()
    {
        var seeds = SeedLists();
        var random = new Random(20250611);
        int read = 0, refused = 0;
        for (var i = 0; i < 4000; i++)
        {
            var damaged = Damage(seeds[i % seeds.Count], random);
            try
            {
                var document = EdlFiles.Read(damaged).Document;
                var again = EdlFiles.Read(EdlFiles.WriteBytes(document), EdlFiles.RateOf(document));
                Assert.NotNull(again.Document.FirstTimeline());
                read++;
            }
            catch (InterchangeFormatException refusal)
            {
                Assert.False(string.IsNullOrEmpty(refusal.Message));
                refused++;
            }
        }

        Assert.True(read > 1000, $"only {read} were read, {refused} refused");
        Assert.True(refused > 10, $"only {refused} were refused");
    }

    /// <summary>Memory is counted rather than time, which says nothing on a busy machine.</summary>
    [Fact]
    public void Reading_and_writing_take_memory_in_proportion_to_the_list()
    {
        Allocated(Generate(500));
        var (small, large) = (Allocated(Generate(500)), Allocated(Generate(4000)));

        Assert.True(large < small * 8 * 3 / 2, $"500 events took {small:N0} bytes and 4,000 took {large:N0}");
    }

    static long Allocated(byte[] list)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        EdlFiles.WriteBytes(EdlFiles.Read(list).Document);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static byte[] Generate(int events)
    {
        var text = new StringBuilder("TITLE: LONG\nFCM: NON-DROP FRAME\n");
        for (var i = 0; i < events; i++)
        {
            var (sourceIn, recordIn) = (i % 80000 * 10, 86400 + i * 24);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1:D6}  A{i % 97:D3}C{i % 13:D3}_0101 AA/V  C        {Code(sourceIn)} {Code(sourceIn + 24)} {Code(recordIn)} {Code(recordIn + 24)}\n");
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"* FROM CLIP NAME:  SHOT {i}\n* LOC: {Code(recordIn + 2)} RED     note {i}\n* SOURCE FILE: A{i % 97:D3}C{i % 13:D3}_0101\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        static string Code(int frames) => CineGit.Timeline.Time.Timecode.Format(frames, CineGit.Timeline.Time.FrameRate.Fps24, false);
    }

    static List<byte[]> SeedLists()
    {
        var seeds = new List<byte[]> { Generate(12) };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var cases = Path.Combine(folder.FullName, "tests", "corpus", "edl");
            if (Directory.Exists(cases)) seeds.AddRange(Directory.EnumerateFiles(cases, "input.edl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
        }

        if (!Corpus.IsAbsent) seeds.AddRange(Corpus.Files("edl").Select(Corpus.Read).Where(b => b.Length < 4000));
        return seeds;
    }

    internal static byte[] Damage(byte[] list, Random random)
    {
        var bytes = list.ToList();
        for (var edits = random.Next(1, 6); edits > 0 && bytes.Count > 4; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)); break;
                case 2: bytes.Insert(at, "0123456789:;*ABDKMVW \n\r"u8[random.Next(23)]); break;
                case 3: bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count)).Take(random.Next(1, 90)).ToArray()); break;
                case 4: bytes[at] = "0123456789"u8[random.Next(10)]; break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }
}
