using CineGit.Timeline.Objects;

namespace CineGit.Timeline.Tests.Objects;

public sealed class FileObjectsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(256 * 1024)]
    [InlineData(3_000_000)]
    public void A_file_comes_back_byte_for_byte(int length)
    {
        foreach (var file in new[] { Noise(length), new byte[length] })
        {
            var root = FileObjects.Encode(file);
            Assert.Equal(length, FileObjects.LengthOf(root));
            Assert.Equal(file, FileObjects.Decode(root).SelectMany(chunk => chunk.ToArray()).ToArray());
            Assert.Equal(root.Hash, FileObjects.Encode(file).Hash);
        }
    }

    [Fact]
    public void An_insertion_changes_the_chunks_it_touches_and_no_others()
    {
        var file = Noise(5_000_000);
        var longer = file.ToList();
        longer.InsertRange(2_000_000, new byte[] { 1, 2, 3 });
        var fresh = FileObjects.Encode(longer.ToArray()).MissingFrom(FileObjects.Encode(file));
        Assert.InRange(fresh.Count(o => o.Kind == ObjectKind.Chunk), 1, 3);
    }

    [Fact]
    public void Two_files_that_differ_in_one_byte_have_two_hashes()
    {
        var file = Noise(100_000);
        var other = (byte[])file.Clone();
        other[77_777] ^= 1;
        Assert.NotEqual(FileObjects.Encode(file).Hash, FileObjects.Encode(other).Hash);
    }

    static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
