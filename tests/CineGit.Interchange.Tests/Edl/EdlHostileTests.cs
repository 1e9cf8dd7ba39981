using System.Text;
using CineGit.Interchange.Edl;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>Lists that nobody wrote to be read. Memory is counted, which says the same on a busy machine.</summary>
public sealed class EdlHostileTests
{
    const string Event = "001  R1       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n";

    [Fact]
    public void A_list_of_500_MB_is_refused_before_it_is_in_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.Throws<InterchangeFormatException>(() => new EdlFormat().Read(new EndlessStream(500L << 20), new(null, "big.edl")));

        Assert.Equal("big.edl is larger than 64 MB; check that it is an edit decision list.", refusal.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 300 << 20);
    }

    [Fact]
    public void A_line_of_60_MB_is_one_comment()
    {
        var read = EdlFiles.Read(Event + "* " + new string('x', 60_000_000) + "\n", FrameRate.Fps24);

        Assert.Single(EdlFiles.Children(read.Document, "V"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("1 ")]
    [InlineData("* A\n")]
    [InlineData("* LOC: 01:00:00:05 RED A\n")]
    public void Millions_of_the_same_take_memory_in_proportion(string part)
    {
        long Allocated(int times)
        {
            var list = Encoding.UTF8.GetBytes(Event + string.Concat(Enumerable.Repeat(part, times)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var document = EdlFiles.Read(list, FrameRate.Fps24).Document;
            EdlFiles.WriteInto(document, list);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var (small, large) = (Allocated(50_000), Allocated(500_000));
        Assert.True(large < small * 13, $"{small:N0} and {large:N0}");
    }

    [Fact]
    public void Ten_thousand_events_over_each_other_lie_on_ten_thousand_tracks()
    {
        var list = new StringBuilder();
        for (var i = 0; i < 10_000; i++) list.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i:D6}  R{i:D5}   V     C        00:00:00:00 00:20:00:00 {EdlLists.Code(i)} {EdlLists.Code(i + 28_800)}\n");
        var bytes = Encoding.ASCII.GetBytes(list.ToString());

        var document = EdlFiles.Read(bytes, FrameRate.Fps24).Document;

        Assert.Equal(10_000, EdlFiles.Tracks(document).Count());
        Assert.Equal(bytes, EdlFiles.WriteInto(document, bytes));
    }

    [Fact]
    public void A_name_that_is_a_path_or_a_device_is_only_a_name()
    {
        const string name = "../../../etc/passwd";
        var read = EdlFiles.Read($"TITLE: {name}\n001  ..\\..\\CON V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: {name}\n* SOURCE FILE: /dev/zero\n", FrameRate.Fps24);

        Assert.Equal(name, read.Document.Root.Text("name"));
        Assert.Equal("/dev/zero", EdlFiles.Children(read.Document, "V")[0].Child("media_references")?.Child(OtioSchema.DefaultMediaKey)?.Text("target_url"));
    }

    /// <summary>As long as it says, and nothing but the letter x.</summary>
    sealed class EndlessStream(long length) : Stream
    {
        long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(_left, count);
            buffer.AsSpan(offset, read).Fill((byte)'x');
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
