using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Tests;

public sealed class TimelineFormatsTests
{
    [Theory]
    [InlineData("{\n  \"OTIO_SCHEMA\": \"Timeline.1\"", "cut.otio", "otio")]
    [InlineData("{\"OTIO_SCHEMA\": \"Timeline.1\"", "cut.edl", "otio")]
    [InlineData("TITLE: A\nFCM: NON-DROP FRAME\n", "cut.edl", "edl")]
    [InlineData("\r\n001  AX       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\r\n", "cut.txt", "edl")]
    [InlineData("no timeline at all", "cut.edl", "edl")]
    [InlineData("Heading\r\nFIELD_DELIM\tTABS\r\n", "day1.txt", "ale")]
    [InlineData("Headings are no log", "day1.ale", "ale")]
    [InlineData("TITLE: A\nFCM: NON-DROP FRAME\n", "day1.ale", "edl")]
    [InlineData("[1]", "cut.otio", "otio")]
    [InlineData("PK\u0003\u0004rest", "cut.otio", "otioz")]
    [InlineData("no zip", "cut.OTIOZ", "otioz")]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE fcpxml>\n<fcpxml version=\"1.10\">", "cut.xml", "fcpxml")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><!-- <xmeml> --><fcpxml version=\"1.9\">", "cut.edl", "fcpxml")]
    public void Content_comes_before_the_extension(string head, string fileName, string expected)
    {
        var found = Assert.IsType<FormatDetection.Found>(TimelineFormats.Detect(Encoding.UTF8.GetBytes(head), fileName));

        Assert.Equal(expected, found.Format.Name);
    }

    [Theory]
    [InlineData("\0\0\0\u0018ftypqt  ", "scene", "scene is a QuickTime or MPEG-4 movie, which this version does not read; it reads otio, otioz, edl, fcp7xml, fcpxml, ale.")]
    [InlineData("anything", "scene.aaf", "scene.aaf is AAF by its name, which this version does not read; it reads otio, otioz, edl, fcp7xml, fcpxml, ale.")]
    [InlineData("anything", "scene.txt", "scene.txt is in no format that this version reads (otio, otioz, edl, fcp7xml, fcpxml, ale); if it is one of them, say which with --from.")]
    [InlineData("", "scene.edl", "scene.edl is empty.")]
    public void A_kind_that_is_not_read_is_refused_by_its_own_name(string head, string fileName, string message)
    {
        var refused = Assert.IsType<FormatDetection.Refused>(TimelineFormats.Detect(Encoding.UTF8.GetBytes(head), fileName));

        Assert.Equal(message.Replace("NAMES", TimelineFormats.Names, StringComparison.Ordinal), refused.Message);
    }

    [Fact]
    public void A_compound_file_is_refused_as_aaf()
    {
        byte[] head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];

        var refused = Assert.IsType<FormatDetection.Refused>(TimelineFormats.Detect(head, "scene.otio"));

        Assert.StartsWith("scene.otio is AAF", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_corpus_file_is_told_by_its_content_alone()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        foreach (var (folder, format) in new[] { ("edl", "edl"), ("otio", "otio"), ("ale", "ale"), ("fcpxml", "fcpxml"), ("fcp7xml", "fcp7xml") })
        {
            foreach (var file in Corpus.Files(folder))
            {
                if (Path.GetExtension(file).TrimStart('.').Equals(format, StringComparison.OrdinalIgnoreCase) is false) continue;
                var bytes = Corpus.Read(file);
                var found = Assert.IsType<FormatDetection.Found>(TimelineFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, TimelineFormats.HeadLength)), "file"));
                Assert.True(found.Format.Name == format, file);
            }
        }

        foreach (var folder in new[] { "aaf" })
        {
            foreach (var file in Corpus.Files(folder))
            {
                var bytes = Corpus.Read(file);
                var detection = TimelineFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, TimelineFormats.HeadLength)), "file");
                Assert.True(detection is FormatDetection.Refused, file);
            }
        }
    }

    [Theory]
    [InlineData("otio")]
    [InlineData("edl")]
    [InlineData("fcp7xml")]
    [InlineData("fcpxml")]
    [InlineData("ale")]
    public void A_file_of_more_bytes_than_memory_holds_in_one_piece_is_refused(string name)
    {
        // It takes no room on the disk: nothing is ever written into it.
        using var huge = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        });
        huge.SetLength(3L << 30);

        Assert.Throws<InterchangeFormatException>(() => TimelineFormats.ByName(name)?.Read(huge, new(null, "cut")));
    }

    [Fact]
    public void Formats_are_found_by_name_and_by_extension_in_any_case()
    {
        Assert.Equal("edl", TimelineFormats.ByName("EDL")?.Name);
        Assert.Equal("otio", TimelineFormats.ByExtension("/tmp/Cut.OTIO")?.Name);
        Assert.Null(TimelineFormats.ByName("aaf"));
        Assert.Null(TimelineFormats.ByExtension("cut"));
    }
}
