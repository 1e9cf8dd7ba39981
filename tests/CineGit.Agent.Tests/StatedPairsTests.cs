using System.Text.Json;

namespace CineGit.Agent.Tests;

/// <summary>Clips that are taken for one another on thin evidence, and what a person says of them.</summary>
public sealed class StatedPairsTests
{
    static Bay Written(Bay bay)
    {
        bay.WriteCut("a.otio", ("a", 0, 40), ("b", 0, 40), ("z", 0, 9));
        bay.WriteCut("b.otio", ("c", 0, 40), ("z", 0, 9));
        return bay;
    }

    static async Task<JsonElement> DiffAsync(Bay bay, params string[] more)
    {
        using var json = JsonDocument.Parse((await bay.ExpectAsync(1, ["diff", "a.otio", "b.otio", "--json", .. more])).Out);
        return json.RootElement.Clone();
    }

    static IEnumerable<string?> Edits(JsonElement report) =>
        report.GetProperty("edits").EnumerateArray().Select(e => $"{e.GetProperty("kind").GetString()} {e.GetProperty("subject").GetString()}");

    [Fact]
    public async Task A_thin_pair_is_printed_as_it_can_be_typed_in_and_corrected()
    {
        using var bay = Written(new Bay());
        var pairing = Assert.Single((await DiffAsync(bay)).GetProperty("pairings").EnumerateArray());
        string[] fields = ["after", "before", "element", "sentence"];
        Assert.Equal(fields, DocumentedJson.Fields(pairing));
        var (before, after) = (pairing.GetProperty("before").GetString(), pairing.GetProperty("after").GetString());
        Assert.Equal(("V1@01:00:00:00", "V1@01:00:00:00"), (before, after));
        Assert.Equal("c on V1 was taken to be a of the version before.", pairing.GetProperty("sentence").GetString());
        Assert.EndsWith(
            "Assumed: c on V1 was taken to be a of the version before. If it is not: --not-same V1@01:00:00:00=V1@01:00:00:00\n",
            (await bay.ExpectAsync(1, "diff", "a.otio", "b.otio")).Out,
            StringComparison.Ordinal);

        var stated = await DiffAsync(bay, "--same", "V1@01:00:02:00=V1@01:00:01:00");
        var parted = await DiffAsync(bay, "--not-same", $"{before}={after}", "--not-same", "V1@01:00:01:16=V1@01:00:00:00");
        Assert.Empty(stated.GetProperty("pairings").EnumerateArray());
        Assert.Contains("delete a", Edits(stated));
        Assert.DoesNotContain("delete b", Edits(stated));
        Assert.Equal(["delete a", "delete b", "insert c"], Edits(parted).Order());
    }

    [Fact]
    public async Task Ids_that_were_printed_name_clips_too()
    {
        using var bay = Written(new Bay());
        var id = (await DiffAsync(bay)).GetProperty("pairings")[0].GetProperty("element").GetString();

        Assert.Contains("delete a", Edits(await DiffAsync(bay, "--not-same", $"{id}={id}")));
    }

    [Fact]
    public async Task What_names_no_clips_is_said_in_one_sentence()
    {
        using var bay = Written(new Bay());
        async Task AssertSaid(string sentence, params string[] more) =>
            Assert.Contains(sentence, (await bay.ExpectAsync(64, ["diff", "a.otio", "b.otio", .. more])).Error, StringComparison.Ordinal);

        await AssertSaid("“V1@01:00:00:00” names no two clips; write one of the earlier timeline, an equals sign and one of the later", "--same", "V1@01:00:00:00");
        await AssertSaid("“V1” names no clip; write its track and a timecode within it, as in V1@01:00:10:00, or its id.", "--same", "V1=V1@01:00:00:00");
        await AssertSaid("Nothing stands at V1@01:00:09:00 in b.otio.", "--same", "V1@01:00:00:00=V1@01:00:09:00");
        await AssertSaid("There is no clip 0000000000000001-1 in a.otio.", "--not-same", "0000000000000001-1=V1@01:00:00:00");
        await AssertSaid("a clip is one other at most.", "--same", "V1@01:00:00:00=V1@01:00:00:00", "--same", "V1@01:00:00:00=V1@01:00:01:16");
        Assert.Contains("does not say of which side", (await bay.ExpectAsync(64, "merge", "a.otio", "a.otio", "b.otio", "-o", "m.otio", "--same", "V1@01:00:00:00=V1@01:00:00:00")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_notes_thin_pairs_and_takes_what_is_stated_of_either_side()
    {
        using var bay = Written(new Bay());
        bay.WriteCut("kim.otio", ("a", 0, 40), ("b", 0, 30), ("z", 0, 9));
        async Task<JsonElement> MergeAsync(int exit, params string[] more)
        {
            using var json = JsonDocument.Parse((await bay.ExpectAsync(exit, ["merge", "a.otio", "kim.otio", "b.otio", "-o", "m.otio", "--json", .. more])).Out);
            return json.RootElement.Clone();
        }

        var conflict = Assert.Single((await MergeAsync(1)).GetProperty("conflicts").EnumerateArray());
        Assert.Equal(("delete", "b"), (conflict.GetProperty("kind").GetString(), conflict.GetProperty("subject").GetString()));
        Assert.Contains(
            "Assumed: c on V1 was taken to be a of the version before. If it is not: --not-same theirs:V1@01:00:00:00=V1@01:00:00:00",
            (await MergeAsync(1)).GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("sentence").GetString()));

        var stated = await MergeAsync(1, "--same", "theirs:V1@01:00:01:16=V1@01:00:00:00");
        Assert.Equal("meaning", Assert.Single(stated.GetProperty("conflicts").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Empty(stated.GetProperty("notes").EnumerateArray());
    }

    [Fact]
    public async Task A_version_keeps_the_ids_that_come_of_what_was_stated()
    {
        using var bay = await Bay.OfflineAsync();
        Written(bay);
        async Task<List<string?>> IdsAsync()
        {
            using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "blame", "--json")).Out);
            return [.. json.RootElement.GetProperty("elements").EnumerateArray().Select(e => e.GetProperty("element").GetString())];
        }

        await bay.ExpectAsync(0, "commit", "a.otio", "-m", "one");
        var first = await IdsAsync();
        using var commit = JsonDocument.Parse((await bay.ExpectAsync(0, "commit", "b.otio", "-m", "two", "--same", "V1@01:00:01:16=V1@01:00:00:00", "--json")).Out);

        Assert.Empty(commit.RootElement.GetProperty("pairings").EnumerateArray());
        Assert.Equal(first[1..], await IdsAsync());
        bay.WriteCut("c.otio", ("c", 0, 30), ("z", 0, 9));
        await bay.ExpectAsync(0, "commit", "c.otio", "-m", "three");
        Assert.Equal(first[1..], await IdsAsync());
    }
}
