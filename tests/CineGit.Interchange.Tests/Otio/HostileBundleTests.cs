using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CineGit.Interchange.Otio;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Tests.Otio;

public sealed class HostileBundleTests
{
    const string Timeline = """{"OTIO_SCHEMA":"Timeline.1","name":"t"}""";

    static readonly OtiozFormat Format = new();

    [Theory]
    [InlineData("../evil")]
    [InlineData("media/../../evil")]
    [InlineData("media\\..\\..\\evil")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("\\\\server\\share")]
    [InlineData("C:/evil")]
    [InlineData("c:evil")]
    [InlineData("media/a\0.mov")]
    public void A_name_that_leaves_the_folder_refuses_the_bundle(string name) =>
        Refused(Zip((BundlePlan.ContentName, Timeline), (name, "x")), "outside of its folder");

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x21FF)]
    [InlineData(0x11FF)]
    public void A_link_or_device_refuses_the_bundle(int unixMode)
    {
        var zip = Made(archive =>
        {
            Add(archive, BundlePlan.ContentName, Timeline);
            Add(archive, "media/link", "/etc/passwd").ExternalAttributes = unixMode << 16;
        });
        Refused(zip, "a link or a device");
    }

    [Fact]
    public void Ordinary_files_and_folders_are_taken()
    {
        var zip = Made(archive =>
        {
            Add(archive, BundlePlan.ContentName, Timeline).ExternalAttributes = 0x81A4 << 16;
            Add(archive, "media/", "").ExternalAttributes = 0x41ED << 16;
            Add(archive, "media/..hidden..mov", "x");
            Add(archive, "media/a b..c", "x");
        });
        Assert.Equal("t", Read(zip).Document.Root.Text("name"));
    }

    [Fact]
    public void A_zip_without_a_timeline_says_so()
    {
        Refused(Zip(("word/document.xml", "<x/>")), "no OTIO bundle");
        Refused(Zip(("cut/content.otio", Timeline)), "no OTIO bundle");
        Refused(Zip(), "no OTIO bundle");
        Refused(Zip((BundlePlan.ContentName, Timeline), (BundlePlan.ContentName, Timeline)), "more than once");
    }

    [Fact]
    public void A_timeline_that_is_none_is_refused_with_its_place()
    {
        var refusal = Assert.Throws<InterchangeFormatException>(() => Read(Zip((BundlePlan.ContentName, "{\"OTIO_SCHEMA\":\"Timeline.1\",}"))));
        Assert.Equal("line 1, column 28", refusal.Location);
    }

    [Fact]
    public void A_bomb_is_not_unpacked_whatever_length_it_claims()
    {
        var bomb = Made(archive =>
        {
            using var stream = archive.CreateEntry(BundlePlan.ContentName).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++) stream.Write(zeros);
        });
        Assert.True(bomb.Length < 1 << 17);
        const long limit = 1 << 20;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Limited(bomb, limit);

        // A claim of a hundred bytes, in the directory and in front of the entry.
        var lying = bomb.ToArray();
        SetLength(lying, 100);
        Limited(lying, limit);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
        Refused(WithLength(bomb, uint.MaxValue - 1), "unpacks to more than 512 MB");
    }

    [Fact]
    public void A_changed_byte_or_a_cut_never_gives_another_timeline()
    {
        var text = $$"""{"OTIO_SCHEMA":"Timeline.1","name":"{{new string('t', 500)}}{{string.Concat(Enumerable.Range(0, 200))}}"}""";
        var whole = Zip((BundlePlan.ContentName, text), ("version.txt", "1.0.0"), ("media/a.mov", "pictures"));
        var (refused, read) = (0, 0);
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var damaged in new[] { whole[..at], Flipped(whole, at, 0x01), Flipped(whole, at, 0xFF) })
            {
                try
                {
                    Assert.Equal(text, Encoding.UTF8.GetString(TimelineBytes(damaged)));
                    read++;
                }
                catch (InterchangeFormatException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > whole.Length && read > 0, $"{refused} refused, {read} read");
    }

    static void Refused(byte[] zip, string words)
    {
        var refusal = Assert.Throws<InterchangeFormatException>(() => Read(zip));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', refusal.Message);
    }

    static void Limited(byte[] zip, long limit)
    {
        using var archive = BundleArchive.Open(new MemoryStream(zip));
        Assert.Throws<InterchangeFormatException>(() => archive.ReadContent(limit));
    }

    static Imported Read(byte[] zip) => Format.Read(new MemoryStream(zip), new(null, "x.otioz"));

    static byte[] TimelineBytes(byte[] zip)
    {
        using var archive = BundleArchive.Open(new MemoryStream(zip));
        return archive.ReadContent();
    }

    static byte[] Zip(params (string Name, string Text)[] entries) => Made(archive =>
    {
        foreach (var (name, text) in entries) Add(archive, name, text);
    });

    static byte[] Made(Action<ZipArchive> fill)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true)) fill(archive);
        return stream.ToArray();
    }

    static ZipArchiveEntry Add(ZipArchive archive, string name, string text)
    {
        var entry = archive.CreateEntry(name);
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
        return entry;
    }

    static byte[] Flipped(byte[] bytes, int at, byte mask)
    {
        var changed = bytes.ToArray();
        changed[at] ^= mask;
        return changed;
    }

    static byte[] WithLength(byte[] zip, uint length)
    {
        var changed = zip.ToArray();
        SetLength(changed, length);
        return changed;
    }

    /// <summary>Uncompressed length of the first entry, in its own header and in the directory's.</summary>
    static void SetLength(byte[] zip, uint length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(22), length);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(zip.AsSpan().IndexOf("PK\x1\x2"u8) + 24), length);
    }
}
