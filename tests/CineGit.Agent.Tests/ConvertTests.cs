using System.Text;
using System.Text.Json;
using CineGit.TestKit;

namespace CineGit.Agent.Tests;

public sealed class ConvertTests
{
    const string Edl = "TITLE: R1\nFCM: NON-DROP FRAME\n001  A001     V     C        01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00\n";

    [Fact]
    public async Task An_edl_becomes_otio_and_an_edl_again()
    {
        using var bay = new Bay();
        await File.WriteAllTextAsync(bay.PathOf("a.edl"), Edl, TestContext.Current.CancellationToken);
        await bay.ExpectAsync(0, "convert", "a.edl", "a.otio", "--rate", "24");
        await bay.ExpectAsync(0, "convert", "a.otio", "b.edl");
        var back = await File.ReadAllTextAsync(bay.PathOf("b.edl"), TestContext.Current.CancellationToken);
        Assert.Contains("01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_goes_back_into_the_list_that_it_came_from()
    {
        const string oddly = "TITLE: R1\nFCM: NON-DROP FRAME\n\n1  A001     V     C    01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00\n* a note of somebody's\n";
        using var bay = new Bay();
        await File.WriteAllTextAsync(bay.PathOf("a.edl"), oddly, TestContext.Current.CancellationToken);
        await bay.ExpectAsync(0, "convert", "a.edl", "a.otio", "--rate", "24");
        await bay.ExpectAsync(0, "convert", "a.otio", "b.edl", "--original", "a.edl");
        Assert.Equal(oddly, await File.ReadAllTextAsync(bay.PathOf("b.edl"), TestContext.Current.CancellationToken));
        var other = await bay.ExpectAsync(64, "convert", "a.otio", "c.edl", "--original", "a.otio");
        Assert.Contains("name a file of the same format", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fcp7xml", "xml", "<xmeml")]
    [InlineData("fcpxml", "fcpxml", "<fcpxml")]
    public async Task A_merge_of_exports_without_ids_is_written_in_their_own_format(string format, string extension, string root)
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 0, 48), ("c", 0, 24), ("d", 0, 24));
        await bay.ExpectAsync(0, "convert", "cut.otio", $"base.{extension}", "--to", format);
        bay.WriteCut("cut.otio", ("a", 0, 20), ("b", 0, 48), ("c", 0, 24), ("d", 0, 24));
        await bay.ExpectAsync(0, "convert", "cut.otio", $"ours.{extension}", "--to", format);
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 0, 48), ("c", 0, 30), ("d", 0, 24));
        await bay.ExpectAsync(0, "convert", "cut.otio", $"theirs.{extension}", "--to", format);

        await bay.ExpectAsync(0, "merge", $"base.{extension}", $"ours.{extension}", $"theirs.{extension}", "-o", $"out.{extension}");

        Assert.Contains(root, await File.ReadAllTextAsync(bay.PathOf($"out.{extension}"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var info = await bay.ExpectAsync(0, "info", $"out.{extension}", "--json");
        using var json = JsonDocument.Parse(info.Out);
        Assert.Equal(20 + 48 + 30 + 24, json.RootElement.GetProperty("durationFrames").GetInt64());
    }

    [Fact]
    public async Task Diagnostics_go_to_a_file_as_json()
    {
        using var bay = new Bay();
        await File.WriteAllTextAsync(bay.PathOf("a.edl"), Edl, TestContext.Current.CancellationToken);
        var result = await bay.ExpectAsync(0, "convert", "a.edl", "a.otio", "--diagnostics", "d.json");
        Assert.Empty(result.Out);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(bay.PathOf("d.json"), TestContext.Current.CancellationToken));
        var assumed = json.RootElement.EnumerateArray().Single(d => d.GetProperty("message").GetString()?.Contains("frame rate", StringComparison.Ordinal) == true);
        Assert.Equal("a.edl", assumed.GetProperty("file").GetString());
    }

    [Fact]
    public async Task The_content_decides_the_format_before_the_name_does()
    {
        using var bay = new Bay();
        bay.WriteCut("really-otio.edl", ("a", 0, 24));
        var info = await bay.ExpectAsync(0, "info", "really-otio.edl", "--json");
        using var json = JsonDocument.Parse(info.Out);
        Assert.Equal("otio", json.RootElement.GetProperty("format").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a timeline at all")]
    [InlineData("{\"OTIO_SCHEMA\": \"Timeline.1\", \"tracks\": ")]
    [InlineData("{\"OTIO_SCHEMA\": \"Timeline.1\"}{")]
    [InlineData("<fcpxml version=\"1.9\">")]
    public async Task Garbage_is_unreadable_in_one_sentence_that_names_the_file(string content)
    {
        using var bay = new Bay();
        await File.WriteAllTextAsync(bay.PathOf("bad.otio"), content, TestContext.Current.CancellationToken);
        var result = await bay.ExpectAsync(2, "convert", "bad.otio", "out.otio");
        Assert.Contains("bad.otio", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(bay.PathOf("out.otio")));
    }

    [Fact]
    public async Task Random_bytes_never_end_in_a_bug()
    {
        using var bay = new Bay();
        var random = new Random(7);
        for (var i = 0; i < 6; i++)
        {
            var bytes = new byte[random.Next(1, 4000)];
            random.NextBytes(bytes);
            await File.WriteAllBytesAsync(bay.PathOf("r.edl"), bytes, TestContext.Current.CancellationToken);
            var result = await bay.RunAsync("convert", "r.edl", "r.otio");
            Assert.True(result.ExitCode is 0 or 2, result.ToString());
        }
    }

    [Fact]
    public async Task A_missing_file_a_folder_and_an_unknown_format_are_told_apart()
    {
        using var bay = new Bay();
        Assert.Contains("is not there", (await bay.ExpectAsync(2, "info", "gone.otio")).Error, StringComparison.Ordinal);
        Assert.Contains("is a folder", (await bay.ExpectAsync(2, "info", ".")).Error, StringComparison.Ordinal);
        bay.WriteCut("a.otio", ("a", 0, 24));
        Assert.Contains("--from", (await bay.ExpectAsync(64, "convert", "a.otio", "b.otio", "--from", "xyz")).Error, StringComparison.Ordinal);
        Assert.Contains("--rate", (await bay.ExpectAsync(64, "convert", "a.otio", "b.otio", "--rate", "fast")).Error, StringComparison.Ordinal);
        Assert.Contains(".xyz", (await bay.ExpectAsync(3, "convert", "a.otio", "b.xyz")).Error, StringComparison.Ordinal);
        Assert.Contains("nowhere", (await bay.ExpectAsync(3, "convert", "a.otio", "nowhere/b.otio")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_counts_what_is_in_the_file()
    {
        using var bay = new Bay();
        bay.WriteCut("a.otio", ("a", 0, 24), ("b", 10, 48));
        var result = await bay.ExpectAsync(0, "info", "a.otio", "--json");
        using var json = JsonDocument.Parse(result.Out);
        var report = json.RootElement;
        Assert.Equal("Reel 1", report.GetProperty("name").GetString());
        Assert.Equal(72, report.GetProperty("durationFrames").GetInt64());
        Assert.Equal("01:00:00:00", report.GetProperty("startTimecode").GetString());
        Assert.Equal(2, report.GetProperty("tracks")[0].GetProperty("clips").GetInt32());
        Assert.Equal(2, report.GetProperty("media").GetArrayLength());
        Assert.Contains("72 frames", (await bay.ExpectAsync(0, "info", "a.otio")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_from_files_cannot_steer_the_terminal()
    {
        using var bay = new Bay();
        var text = Encoding.UTF8.GetString(Bay.Otio(("a", 0, 24))).Replace("\"Reel 1\"", "\"Reel\\u001b]0;owned\\u0007\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(bay.PathOf("a.otio"), text, TestContext.Current.CancellationToken);
        var result = await bay.ExpectAsync(0, "info", "a.otio");
        Assert.DoesNotContain('\u001b', result.Out);
        Assert.Contains("Reel\uFFFD]0;owned\uFFFD", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edl")]
    [InlineData("otio")]
    public async Task Files_of_the_corpus_are_written_or_refused_with_a_reason(string format)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        using var bay = new Bay();
        var files = Corpus.Files(format).Where(f => Path.GetExtension(f).Equals("." + format, StringComparison.OrdinalIgnoreCase)).ToList();
        // A process each is slow; an even choice of them stands for all, which the formats' own tests read in-process.
        foreach (var file in files.Where((_, i) => i % Math.Max(1, files.Count / 12) == 0))
        {
            var result = await bay.RunAsync("convert", Corpus.PathOf(file), "out.otio");
            if (result.ExitCode == 2)
            {
                Assert.Contains(Path.GetFileName(file), result.Error, StringComparison.Ordinal);
                continue;
            }

            Assert.True(result.ExitCode == 0, $"{file}: {result}");
            await bay.ExpectAsync(0, "convert", "out.otio", "again.otio");
            Assert.Equal(
                await File.ReadAllBytesAsync(bay.PathOf("out.otio"), TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(bay.PathOf("again.otio"), TestContext.Current.CancellationToken));
        }
    }
}
