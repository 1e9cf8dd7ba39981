using System.Buffers;
using System.Text.Json;
using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Tests;

public sealed class BlameTests
{
    static readonly string[] ReportFields = ["elements", "version"];

    static readonly string[] ElementFields = ["atFrame", "changes", "durationFrames", "element", "inserted", "name", "timecode", "track"];

    static readonly string[] OriginFields = ["aspects", "authorName", "createdAt", "edits", "message", "version"];

    [Fact]
    public async Task Each_clip_names_who_brought_it_and_who_changed_what_of_it_last()
    {
        using var bay = await Bay.OfflineAsync();
        await CommitAsync(bay, "Ada", "start", ("a", 0, 24), ("b", 0, 48), ("c", 0, 24));
        await CommitAsync(bay, "Bob", "trim b", ("a", 0, 24), ("b", 0, 40), ("c", 0, 24));
        await CommitAsync(bay, "Cy", "title", ("a", 0, 24), ("x", 0, 12), ("b", 0, 40), ("c", 0, 24));
        await CommitAsync(bay, "Dee", "trim b more, slip c", ("a", 0, 24), ("x", 0, 12), ("b", 0, 30), ("c", 9, 24));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--json")).Out);
        Assert.Equal(
            [
                "a at 0: Ada start",
                "x at 24: Cy title",
                "b at 36: Ada start, tail Dee trim b more, slip c",
                "c at 66: Ada start, slip Dee trim b more, slip c",
            ],
            json.RootElement.GetProperty("elements").EnumerateArray().Select(Told));

        var words = (await bay.ExpectAsync(0, "blame", "main", "--clip", "B")).Out.Split('\n');
        Assert.Equal("V1  01:00:01:12  b  (30 frames)", words[0]);
        Assert.EndsWith("  Dee  “trim b more, slip c”: Trimmed the tail of b by 10 frames at 01:00:01:12 (V1), everything after moves up", words[1], StringComparison.Ordinal);
        Assert.EndsWith("  Ada  “start”: Brought it in", words[2], StringComparison.Ordinal);
        Assert.Equal(["", ""], [words[3], string.Concat(words[4..])]);
    }

    [Fact]
    public async Task What_is_printed_is_documented()
    {
        using var bay = await Bay.OfflineAsync();
        await CommitAsync(bay, "Ada", "start", ("a", 0, 24));
        var head = await CommitAsync(bay, "Bob", "trim", ("a", 0, 20));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", head, "--json")).Out);
        var element = Assert.Single(json.RootElement.GetProperty("elements").EnumerateArray());
        Assert.Equal(ReportFields, DocumentedJson.Fields(json.RootElement));
        Assert.Equal(ElementFields, DocumentedJson.Fields(element));
        Assert.Equal(OriginFields, DocumentedJson.Fields(element.GetProperty("inserted")));
        var aspects = element.GetProperty("inserted").GetProperty("aspects").EnumerateArray()
            .Concat(element.GetProperty("changes")[0].GetProperty("aspects").EnumerateArray())
            .Select(a => a.GetString() ?? "");
        Assert.Equal(15, aspects.Distinct().Count());
        await DocumentedJson.AssertNamedAsync("blame", [.. ReportFields, .. ElementFields, .. OriginFields, .. aspects]);
        Assert.Equal(head, json.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Every_kind_of_change_is_named_apart()
    {
        using var bay = await Bay.OfflineAsync();
        var clip = OtioBuilders.At24.Clip("a", 100, 24);
        await CommitAsync(bay, "Ada", "start", Film(clip));
        clip = clip.With("name", new OtioString("renamed"));
        await CommitAsync(bay, "Bob", "name", Film(clip));
        clip = clip.With("effects", new OtioArray([OtioBuild.Effect("Blur", "Gaussian Blur")]));
        await CommitAsync(bay, "Cy", "effect", Film(clip));
        clip = clip.With("markers", new OtioArray([OtioBuilders.At24.Marker("look", 110)]));
        await CommitAsync(bay, "Dee", "marker", Film(clip));
        clip = clip.With("enabled", OtioBool.False);
        await CommitAsync(bay, "Eve", "off", Film(clip));
        clip = clip.With("media_references", OtioBuilders.At24.Clip("a_v2", 0, 24)["media_references"] ?? OtioNull.Value);
        await CommitAsync(bay, "Fay", "media", Film(clip));
        await CommitAsync(bay, "Gil", "gap", Film(OtioBuilders.At24.Gap(10), clip));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--json")).Out);
        var element = Assert.Single(json.RootElement.GetProperty("elements").EnumerateArray());
        Assert.Equal("renamed at 10: Ada start, place Gil gap, media Fay media, enabled Eve off, markers Dee marker, effects Cy effect, name Bob name", Told(element));
    }

    [Fact]
    public async Task A_roll_is_the_tail_of_one_clip_and_the_head_of_the_next()
    {
        using var bay = await Bay.OfflineAsync();
        await CommitAsync(bay, "Ada", "start", ("a", 0, 24), ("b", 100, 24), ("c", 0, 24));
        await CommitAsync(bay, "Bob", "roll", ("a", 0, 29), ("b", 105, 19), ("c", 0, 24));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--json")).Out);
        Assert.Equal(
            ["a at 0: Ada start, tail Bob roll", "b at 29: Ada start, head Bob roll", "c at 48: Ada start"],
            json.RootElement.GetProperty("elements").EnumerateArray().Select(Told));
    }

    [Fact]
    public async Task A_transition_is_a_change_of_both_its_clips_and_another_track_another_place()
    {
        using var bay = await Bay.OfflineAsync();
        var at = OtioBuilders.At24;
        var (a, b, c) = (at.Clip("a", 100, 24), at.Clip("b", 100, 24), at.Clip("c", 100, 24));
        await CommitAsync(bay, "Ada", "start", Film(a, b, c));
        await CommitAsync(bay, "Bob", "dissolve", Film(a, at.Dissolve(4, 4), b, c));
        a = a.With("metadata", OtioObject.Map(("note", "wide")));
        await CommitAsync(bay, "Cy", "note", Film(a, at.Dissolve(4, 4), b, c));
        var lifted = OtioBuilders.Cut(
            OtioBuilders.Video("V1", a, at.Dissolve(4, 4), b), OtioBuilders.Video("V2", at.Gap(48), c, at.Clip("d", 0, 24)));
        await CommitAsync(bay, "Dee", "c up", Bytes(lifted));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--json")).Out);
        Assert.Equal(
            [
                "a at 0: Ada start, metadata Cy note, transitions Bob dissolve",
                "b at 24: Ada start, transitions Bob dissolve",
                "c at 48: Ada start, place Dee c up",
                "d at 72: Dee c up",
            ],
            json.RootElement.GetProperty("elements").EnumerateArray().Select(Told));
        var last = json.RootElement.GetProperty("elements")[3].GetProperty("inserted").GetProperty("edits");
        Assert.Contains("V2", Assert.Single(last.EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_history_of_trims_and_inserts_is_blamed_on_who_made_them(int seed)
    {
        var random = new Random(seed);
        using var bay = await Bay.OfflineAsync();
        List<(string Name, long Start, long Frames)> film = [.. Enumerable.Range(0, 8).Select(i => ($"s{i}", 100L, (long)random.Next(40, 90)))];
        var inserted = film.ToDictionary(c => c.Name, _ => "v0");
        Dictionary<string, string> trimmed = [];
        await CommitAsync(bay, "Ada", "v0", [.. film]);
        for (var v = 1; v <= 6; v++)
        {
            foreach (var i in Enumerable.Range(0, film.Count).OrderBy(_ => random.Next()).Take(2).ToList())
            {
                film[i] = film[i] with { Frames = film[i].Frames - random.Next(1, 6) };
                trimmed[film[i].Name] = $"v{v}";
            }

            film.Insert(random.Next(film.Count + 1), ($"n{v}", 0, 24));
            inserted[$"n{v}"] = $"v{v}";
            await CommitAsync(bay, "Ada", $"v{v}", [.. film]);
        }

        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--json")).Out);
        Assert.Equal(
            film.Select(c => $"{c.Name} {inserted[c.Name]} {(trimmed.TryGetValue(c.Name, out var v) ? $"tail {v}" : "")}"),
            json.RootElement.GetProperty("elements").EnumerateArray().Select(e =>
                $"{e.GetProperty("name").GetString()} {e.GetProperty("inserted").GetProperty("message").GetString()} {string.Join(", ", Changes(e))}"));
    }

    [Fact]
    public async Task Across_a_merge_each_side_answers_for_its_own_part_of_one_clip()
    {
        await using var shared = await TwoBays.DivergedAsync(
            [("a", 0, 24), ("b", 100, 48), ("c", 0, 24)],
            [("a", 0, 24), ("b", 108, 40), ("c", 0, 24)],
            [("a", 0, 24), ("b", 100, 42), ("c", 0, 24), ("d", 0, 24)]);
        await shared.Bob.ExpectAsync(0, "pull");
        await CommitAsync(shared.Bob, "Bob", "trim a", ("a", 0, 20), ("b", 108, 34), ("c", 0, 24), ("d", 0, 24));
        using var json = JsonDocument.Parse((await shared.Bob.ExpectAsync(0, "blame", "--json")).Out);
        Assert.Equal(
            ["tail trim a", "head Ada's, tail Bob's", "", ""],
            json.RootElement.GetProperty("elements").EnumerateArray().Select(e => string.Join(", ", Changes(e).Order(StringComparer.Ordinal))));
        Assert.Equal(
            ["start", "start", "start", "Bob's"],
            json.RootElement.GetProperty("elements").EnumerateArray().Select(e => e.GetProperty("inserted").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task It_reads_no_older_version_than_the_answer_needs()
    {
        using var bay = await Bay.OfflineAsync();
        var first = await CommitAsync(bay, "Ada", "start", ("a", 0, 24));
        await CommitAsync(bay, "Ada", "more", ("a", 0, 24), ("b", 0, 24));
        await CommitAsync(bay, "Bob", "title", ("a", 0, 24), ("x", 0, 12), ("b", 0, 24));
        File.Delete(Path.Combine(bay.State, "versions", first + ".json"));
        Assert.Contains("Bob  “title”: Inserted x", (await bay.ExpectAsync(0, "blame", "--clip", "x")).Out, StringComparison.Ordinal);
        Assert.Contains($"The version {first} is missing", (await bay.ExpectAsync(2, "blame", "--clip", "a")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_answers_to_its_id_and_one_that_is_not_there_is_wrong_use()
    {
        using var bay = await Bay.OfflineAsync();
        Assert.Contains("no version here", (await bay.ExpectAsync(64, "blame")).Error, StringComparison.Ordinal);
        var first = await CommitAsync(bay, "Ada", "start", ("a", 0, 24), ("b", 0, 24), ("b", 50, 24));
        await CommitAsync(bay, "Bob", "without a", ("b", 0, 24), ("b", 50, 24));
        using var named = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--clip", "b", "--json")).Out);
        Assert.Equal(2, named.RootElement.GetProperty("elements").GetArrayLength());
        var id = named.RootElement.GetProperty("elements")[1].GetProperty("element").GetString() ?? "";
        using var one = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--clip", id, "--json")).Out);
        Assert.Equal(24, Assert.Single(one.RootElement.GetProperty("elements").EnumerateArray()).GetProperty("atFrame").GetInt64());

        Assert.Contains("see them all with: cinegit blame main", (await bay.ExpectAsync(64, "blame", "--clip", "a")).Error, StringComparison.Ordinal);
        await bay.ExpectAsync(0, "blame", first, "--clip", "a");
        Assert.Contains("abcdef is no branch", (await bay.ExpectAsync(64, "blame", "abcdef")).Error, StringComparison.Ordinal);
        using var nowhere = new Bay();
        Assert.Contains("cinegit init --hub URL", (await nowhere.ExpectAsync(64, "blame")).Error, StringComparison.Ordinal);
    }

    static string Told(JsonElement element)
    {
        var inserted = element.GetProperty("inserted");
        string[] parts =
        [
            $"{element.GetProperty("name").GetString()} at {element.GetProperty("atFrame").GetInt64()}: {inserted.GetProperty("authorName").GetString()} {inserted.GetProperty("message").GetString()}",
            .. element.GetProperty("changes").EnumerateArray().Select(c => $"{Aspects(c)} {c.GetProperty("authorName").GetString()} {c.GetProperty("message").GetString()}"),
        ];
        return string.Join(", ", parts);
    }

    static IEnumerable<string> Changes(JsonElement element) =>
        element.GetProperty("changes").EnumerateArray().Select(c => $"{Aspects(c)} {c.GetProperty("message").GetString()}");

    static string Aspects(JsonElement change) => string.Join('+', change.GetProperty("aspects").EnumerateArray().Select(a => a.GetString()));

    static byte[] Film(params OtioObject[] children) => Bytes(OtioBuilders.Cut(OtioBuilders.Video("V1", children)));

    static byte[] Bytes(OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static Task<string> CommitAsync(Bay bay, string author, string message, params (string, long, long)[] clips) =>
        CommitAsync(bay, author, message, Bay.Otio(clips));

    static async Task<string> CommitAsync(Bay bay, string author, string message, byte[] cut)
    {
        await File.WriteAllBytesAsync(bay.PathOf("cut.otio"), cut, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "commit", "cut.otio", "-m", message, "--author", author, "--json")).Out);
        return json.RootElement.GetProperty("version").GetString() ?? "";
    }
}
