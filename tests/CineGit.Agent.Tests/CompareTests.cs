using System.Text.Json;

namespace CineGit.Agent.Tests;

public sealed class CompareTests
{
    [Fact]
    public async Task Equal_timelines_differ_in_nothing()
    {
        using var bay = new Bay();
        bay.WriteCut("a.otio", ("a", 0, 24));
        bay.WriteCut("b.otio", ("a", 0, 24));
        Assert.Equal("No differences.\n", (await bay.ExpectAsync(0, "diff", "a.otio", "b.otio")).Out);
    }

    [Fact]
    public async Task Differences_are_counted_in_frames_and_said_in_words()
    {
        using var bay = new Bay();
        bay.WriteCut("a.otio", ("a", 0, 24), ("b", 0, 48));
        bay.WriteCut("b.otio", ("a", 0, 24), ("new", 0, 12), ("b", 0, 48));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, "diff", "a.otio", "b.otio", "--json")).Out);
        Assert.False(json.RootElement.GetProperty("equal").GetBoolean());
        var edit = Assert.Single(json.RootElement.GetProperty("edits").EnumerateArray());
        Assert.Equal("insert", edit.GetProperty("kind").GetString());
        Assert.Equal(24, edit.GetProperty("atFrame").GetInt64());
        Assert.Equal(12, edit.GetProperty("durationFrames").GetInt64());
        Assert.Equal("01:00:01:00", edit.GetProperty("timecode").GetString());
        Assert.Contains("new", (await bay.ExpectAsync(1, "diff", "a.otio", "b.otio")).Out, StringComparison.Ordinal);
        Assert.Contains("gone.otio is not there", (await bay.ExpectAsync(2, "diff", "a.otio", "gone.otio")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Media_in_another_folder_is_counted_and_no_edit_and_what_is_printed_is_documented()
    {
        string[] fields = ["assumptions", "edits", "equal", "pairings", "relocated", "shifted"];
        using var bay = new Bay();
        bay.WriteCut("a.otio", ("a", 0, 24), ("b", 0, 48));
        var elsewhere = (await File.ReadAllTextAsync(bay.PathOf("a.otio"), TestContext.Current.CancellationToken)).Replace("file:///media/", "file:///mnt/raid/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(bay.PathOf("b.otio"), elsewhere, TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, "diff", "a.otio", "b.otio", "--json")).Out);

        Assert.Equal(fields, DocumentedJson.Fields(json.RootElement));
        await DocumentedJson.AssertNamedAsync("diff", fields);
        Assert.Equal((false, 0, 2), (json.RootElement.GetProperty("equal").GetBoolean(), json.RootElement.GetProperty("edits").GetArrayLength(), json.RootElement.GetProperty("relocated").GetInt32()));
        Assert.Equal("2 clips only found the media in another folder.\n", (await bay.ExpectAsync(1, "diff", "a.otio", "b.otio")).Out);
    }

    [Fact]
    public async Task A_scene_is_one_edit_with_its_parts_in_it()
    {
        using var bay = new Bay();
        bay.WriteCut("a.otio", ("a", 0, 24), ("b", 0, 48));
        bay.WriteCut("b.otio", ("a", 0, 24), ("x", 0, 12), ("y", 0, 10), ("z", 0, 8), ("b", 0, 48));
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, "diff", "a.otio", "b.otio", "--json")).Out);
        var scene = Assert.Single(json.RootElement.GetProperty("edits").EnumerateArray());
        var parts = scene.GetProperty("children").EnumerateArray().ToList();
        Assert.Equal(["x", "y", "z"], parts.Select(p => p.GetProperty("subject").GetString()));
        Assert.Equal([24, 36, 46], parts.Select(p => p.GetProperty("atFrame").GetInt64()));
        Assert.All(parts, p => Assert.Equal(0, p.GetProperty("children").GetArrayLength()));
    }

    [Fact]
    public async Task Edits_in_different_places_merge_without_ids_in_the_files()
    {
        using var bay = Trio([("a", 0, 20), ("b", 0, 48), ("c", 0, 24)], [("a", 0, 24), ("b", 0, 48), ("c", 0, 30)]);
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "merge", "base.otio", "ours.otio", "theirs.otio", "-o", "out.otio", "--json")).Out);
        Assert.Equal("out.otio", json.RootElement.GetProperty("out").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("conflicts").GetArrayLength());
        Assert.Equal(20 + 48 + 30, await DurationAsync(bay, "out.otio"));
    }

    [Fact]
    public async Task A_clash_is_data_in_the_output_and_favour_answers_it()
    {
        using var bay = Trio([("a", 0, 24), ("b", 0, 40), ("c", 0, 24)], [("a", 0, 24), ("b", 0, 30), ("c", 0, 24)]);
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, "merge", "base.otio", "ours.otio", "theirs.otio", "-o", "out.otio", "--json")).Out);
        var conflict = Assert.Single(json.RootElement.GetProperty("conflicts").EnumerateArray());
        Assert.Equal("b", conflict.GetProperty("subject").GetString());
        using var written = JsonDocument.Parse(await File.ReadAllBytesAsync(bay.PathOf("out.otio"), TestContext.Current.CancellationToken));
        var kept = written.RootElement.GetProperty("metadata").GetProperty("cinegit").GetProperty("conflicts");
        Assert.Equal(conflict.GetProperty("id").GetString(), Assert.Single(kept.EnumerateArray()).GetProperty("id").GetString());

        await bay.ExpectAsync(0, "merge", "base.otio", "ours.otio", "theirs.otio", "-o", "out.otio", "--favor", "ours");
        Assert.Equal(24 + 40 + 24, await DurationAsync(bay, "out.otio"));
        await bay.ExpectAsync(0, "merge", "base.otio", "ours.otio", "theirs.otio", "-o", "out.otio", "--favor", "theirs");
        Assert.Equal(24 + 30 + 24, await DurationAsync(bay, "out.otio"));
        Assert.DoesNotContain("conflicts", await File.ReadAllTextAsync(bay.PathOf("out.otio"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_conflict_is_answered_by_its_id_with_a_choice_or_a_typed_in_value()
    {
        using var bay = Trio([("a", 0, 24), ("b", 0, 40), ("c", 0, 24)], [("a", 0, 24), ("b", 0, 30), ("c", 0, 24)]);
        string[] merge = ["merge", "base.otio", "ours.otio", "theirs.otio", "-o", "out.otio"];
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, [.. merge, "--json"])).Out);
        var conflict = Assert.Single(json.RootElement.GetProperty("conflicts").EnumerateArray());
        var id = conflict.GetProperty("id").GetString();
        Assert.Equal(["ours", "theirs", "base", "manual"], conflict.GetProperty("offers").EnumerateArray().Select(o => o.GetProperty("choice").GetString()));
        Assert.Contains($"--answer {id}=manual:VALUE", (await bay.ExpectAsync(1, merge)).Out, StringComparison.Ordinal);

        await bay.ExpectAsync(0, [.. merge, "--answer", $"{id}=manual:-10"]);
        Assert.Equal(24 + 38 + 24, await DurationAsync(bay, "out.otio"));
        await bay.ExpectAsync(0, [.. merge, "--answer", $"{id}=theirs"]);
        Assert.Equal(24 + 30 + 24, await DurationAsync(bay, "out.otio"));
        Assert.Contains("would leave nothing", (await bay.ExpectAsync(64, [.. merge, "--answer", $"{id}=manual:-48"])).Error, StringComparison.Ordinal);
        Assert.Contains("no conflict dead", (await bay.ExpectAsync(64, [.. merge, "--answer", "dead=ours"])).Error, StringComparison.Ordinal);
        Assert.Contains("is no answer", (await bay.ExpectAsync(64, [.. merge, "--answer", $"{id}=mine"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_prints_one_line_per_merge_in_order_and_goes_on_after_a_bad_one()
    {
        using var bay = Trio([("a", 0, 20), ("b", 0, 48), ("c", 0, 24)], [("a", 0, 24), ("b", 0, 48), ("c", 0, 30)]);
        await File.WriteAllTextAsync(
            bay.PathOf("list"),
            "base.otio\tours.otio\ttheirs.otio\t1.otio\nbase.otio\tgone.otio\ttheirs.otio\t2.otio\nbase.otio\tours.otio\tours.otio\t3.otio\n",
            TestContext.Current.CancellationToken);
        var lines = (await bay.ExpectAsync(2, "merge", "--batch", "list", "--json")).Out.TrimEnd('\n').Split('\n');
        var merges = lines.Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(["1.otio", "2.otio", "3.otio"], merges.Select(m => m.GetProperty("out").GetString()));
        Assert.True(merges[0].GetProperty("ms").GetDouble() > 0);
        Assert.Contains("gone.otio", merges[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(20 + 48 + 24, await DurationAsync(bay, "3.otio"));
    }

    [Fact]
    public async Task A_batch_merges_the_sides_changed_over_and_what_it_wrote_itself()
    {
        using var bay = Trio([("a", 0, 20), ("b", 0, 48), ("c", 0, 24)], [("a", 0, 24), ("b", 0, 48), ("c", 0, 30)]);
        bay.WriteCut("later.otio", ("a", 0, 24), ("b", 0, 40), ("c", 0, 24));
        await File.WriteAllTextAsync(
            bay.PathOf("list"),
            "base.otio\tours.otio\ttheirs.otio\t1.otio\nbase.otio\ttheirs.otio\tours.otio\t2.otio\n"
                + "base.otio\tours.otio\ttheirs.otio\t./ours.otio\nbase.otio\tours.otio\tlater.otio\t4.otio\n",
            TestContext.Current.CancellationToken);
        await bay.ExpectAsync(0, "merge", "--batch", "list", "--json");
        Assert.Equal(20 + 48 + 30, await DurationAsync(bay, "1.otio"));
        Assert.Equal(20 + 48 + 30, await DurationAsync(bay, "2.otio"));
        Assert.Equal(20 + 40 + 30, await DurationAsync(bay, "4.otio"));
    }

    [Fact]
    public async Task A_merge_into_a_file_of_one_line_is_one_line()
    {
        using var bay = Trio([("a", 0, 20), ("b", 0, 48), ("c", 0, 24)], [("a", 0, 24), ("b", 0, 48), ("c", 0, 30)]);
        var ours = JsonDocument.Parse(await File.ReadAllTextAsync(bay.PathOf("ours.otio"), TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(bay.PathOf("ours.otio"), JsonSerializer.Serialize(ours), TestContext.Current.CancellationToken);
        await bay.ExpectAsync(0, "merge", "base.otio", "ours.otio", "theirs.otio", "-o", "out.otio");
        Assert.DoesNotContain('\n', await File.ReadAllTextAsync(bay.PathOf("out.otio"), TestContext.Current.CancellationToken));
        Assert.Equal(20 + 48 + 30, await DurationAsync(bay, "out.otio"));
        await bay.ExpectAsync(0, "merge", "base.otio", "theirs.otio", "ours.otio", "-o", "out.otio");
        Assert.Contains('\n', await File.ReadAllTextAsync(bay.PathOf("out.otio"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_bad_list_is_told_by_line()
    {
        using var bay = new Bay();
        await File.WriteAllTextAsync(bay.PathOf("list"), "\na\tb\n", TestContext.Current.CancellationToken);
        Assert.Contains("list, line 2", (await bay.ExpectAsync(2, "merge", "--batch", "list", "--json")).Error, StringComparison.Ordinal);
        await bay.ExpectAsync(64, "merge", "--batch", "list");
    }

    static Bay Trio((string, long, long)[] ours, (string, long, long)[] theirs)
    {
        var bay = new Bay();
        bay.WriteCut("base.otio", ("a", 0, 24), ("b", 0, 48), ("c", 0, 24));
        bay.WriteCut("ours.otio", ours);
        bay.WriteCut("theirs.otio", theirs);
        return bay;
    }

    static async Task<long> DurationAsync(Bay bay, string file)
    {
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "info", file, "--json")).Out);
        return json.RootElement.GetProperty("durationFrames").GetInt64();
    }
}
