using System.Buffers;
using System.Text.Json;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Tests;

public sealed class CheckTests
{
    static readonly string[] ReportFields = ["clean", "errors", "file", "findings", "notes", "warnings"];

    static readonly string[] FindingFields =
        ["atFrame", "code", "elements", "file", "location", "message", "severity", "subject", "timecode", "track"];

    [Fact]
    public async Task A_sound_cut_is_clean()
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 10, 48));
        Assert.Equal("0 errors, 0 warnings, 0 notes\n", (await bay.ExpectAsync(0, "check", "cut.otio")).Out);
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_place_and_counted()
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 990, 48));
        var result = await bay.ExpectAsync(1, "check", "cut.otio");
        Assert.Equal(
            [
                "Warnings",
                "  V1 01:00:01:00: b uses 38 frames after the end of b.mov, which the media does not have. Trim it, slip it, or relink it. (CG6020)",
                "0 errors, 1 warning, 0 notes",
                "",
            ],
            result.Out.Split('\n'));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Json_has_exactly_the_fields_that_are_documented()
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", ("a", 0, 24), ("b", 990, 48));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, "check", "cut.otio", "--json")).Out);
        var report = json.RootElement;
        Assert.Equal(ReportFields, Fields(report));
        Assert.Equal("cut.otio", report.GetProperty("file").GetString());
        Assert.False(report.GetProperty("clean").GetBoolean());
        Assert.Equal((0, 1, 0), (Number(report, "errors"), Number(report, "warnings"), Number(report, "notes")));
        var finding = Assert.Single(report.GetProperty("findings").EnumerateArray());
        Assert.Equal(FindingFields, Fields(finding));
        Assert.Equal(("CG6020", "warning", "cut.otio"), (Text(finding, "code"), Text(finding, "severity"), Text(finding, "file")));
        Assert.Equal(("V1", "b", "tracks/0/children/1"), (Text(finding, "track"), Text(finding, "subject"), Text(finding, "location")));
        Assert.Equal((24, "01:00:01:00"), (Number(finding, "atFrame"), Text(finding, "timecode")));
        Assert.Single(finding.GetProperty("elements").EnumerateArray());

        var documented = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "docs", "cli-json.md"), TestContext.Current.CancellationToken);
        Assert.All(ReportFields.Concat(FindingFields), field => Assert.Contains($"`{field}`", documented, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Notes_are_told_and_leave_a_cut_clean()
    {
        using var bay = new Bay();
        Write(bay, "empty.otio", OtioBuilders.Cut(OtioBuilders.Video("V1")));
        Assert.Equal("Notes\n  There is nothing in this cut. (CG6052)\n0 errors, 0 warnings, 1 note\n", (await bay.ExpectAsync(0, "check", "empty.otio")).Out);
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "check", "empty.otio", "--json")).Out);
        Assert.True(json.RootElement.GetProperty("clean").GetBoolean());
        var note = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, note.GetProperty("atFrame").ValueKind);
        Assert.Equal(JsonValueKind.Null, note.GetProperty("timecode").ValueKind);
    }

    [Fact]
    public async Task What_the_reader_of_a_list_says_is_a_finding_with_its_line()
    {
        using var bay = new Bay();
        const string list = "TITLE: R1\n001  A001     V     C        01:00:00:00 01:00:02:12 01:00:00:00 01:00:02:00\n";
        await File.WriteAllTextAsync(bay.PathOf("cut.edl"), list, TestContext.Current.CancellationToken);
        var result = await bay.ExpectAsync(1, "check", "cut.edl", "--rate", "24");
        Assert.Contains("  line 2: Event 001 takes 60 source frames for 48 record frames", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("0 errors, 1 warning, 0 notes\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_of_a_kind_are_counted_rather_than_listed()
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", [.. Enumerable.Range(0, 30).Select(i => ($"s{i}", 990L, 48L))]);
        var result = await bay.ExpectAsync(1, "check", "cut.otio");
        Assert.Contains("  … and 22 more of CG6020; --json lists them all.\n0 errors, 30 warnings, 0 notes\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(11, result.Out.Count(c => c == '\n'));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, "check", "cut.otio", "--json")).Out);
        Assert.Equal(30, json.RootElement.GetProperty("findings").GetArrayLength());
    }

    [Theory]
    [InlineData("{\"OTIO_SCHEMA\": \"Timeline.1\", \"tracks\": ")]
    [InlineData("{\"OTIO_SCHEMA\": \"Marker.3\"}")]
    [InlineData("not a timeline at all")]
    public async Task What_cannot_be_read_cannot_be_checked(string content)
    {
        using var bay = new Bay();
        await File.WriteAllTextAsync(bay.PathOf("bad.otio"), content, TestContext.Current.CancellationToken);
        foreach (var arguments in (string[][])[["check", "bad.otio"], ["check", "bad.otio", "--json"]])
        {
            var result = await bay.ExpectAsync(2, arguments);
            Assert.Contains("bad.otio", result.Error, StringComparison.Ordinal);
            Assert.Empty(result.Out);
        }

        Assert.Contains("cinegit check FILE", (await bay.ExpectAsync(64, "check")).Error, StringComparison.Ordinal);
    }

    static void Write(Bay bay, string file, OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        File.WriteAllBytes(bay.PathOf(file), buffer.WrittenSpan);
    }

    static IEnumerable<string> Fields(JsonElement element) => element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);

    static string? Text(JsonElement element, string field) => element.GetProperty(field).GetString();

    static int Number(JsonElement element, string field) => element.GetProperty(field).GetInt32();

    static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CineGit.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("CineGit.sln was not found above the test assembly.");
    }
}
