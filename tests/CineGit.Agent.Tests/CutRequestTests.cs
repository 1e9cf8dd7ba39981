using System.Text.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Tests;

/// <summary>The command's side of cut requests; what the hub does with them is tried in the hub's own tests.</summary>
public sealed class CutRequestTests
{
    static readonly ConflictResponse Clash = new(
        "c0ffee01", "value", ["b3f9a1c2d4e5f607-1"], ["V1"], 24, "01:00:01:00", "b", "Both trimmed b.",
        new("2 s", 24, 48), new("1 s", 24, 24), new("3 s", 24, 72), ["ours", "theirs"],
        [new("ours", "As on main", null, null, null), new("theirs", "As on bobs", null, null, null), new("manual", "Type another number of frames", "frames", -23, null)],
        null, null, null, []);

    [Fact]
    public async Task An_open_conflict_is_shown_answered_and_the_request_merged()
    {
        var answered = false;
        await using var server = new LoopbackServer(r => Answer(r, ref answered));
        using var bay = await SignedInAsync(server);
        Assert.Contains("1\topen\tbobs\tmain\tBob\tTighter", (await bay.ExpectAsync(0, "cut-request", "list")).Out, StringComparison.Ordinal);
        Assert.Contains("Conflict c0ffee01: Both trimmed b.", (await bay.ExpectAsync(0, "cut-request", "show", "1")).Out, StringComparison.Ordinal);
        Assert.Contains("1 conflict is open", (await bay.ExpectAsync(1, "cut-request", "merge", "1")).Error, StringComparison.Ordinal);

        Assert.Contains("    manual  Type another number of frames", (await bay.ExpectAsync(0, "cut-request", "show", "1")).Out, StringComparison.Ordinal);
        await bay.ExpectAsync(0, "cut-request", "resolve", "1", "c0ff", "manual", "--value=-6");
        var sent = server.Requests.Single(r => r.Method == "PUT");
        using var body = JsonDocument.Parse(sent.Body);
        Assert.Equal(("manual", "-6"), (body.RootElement.GetProperty("choice").GetString(), body.RootElement.GetProperty("value").GetString()));
        Assert.EndsWith("/cut-requests/1/resolutions/c0ffee01", sent.Path, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await bay.ExpectAsync(0, "cut-request", "merge", "1", "--json")).Out);
        Assert.Equal(new string('m', 64), json.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_before_the_hub_is_changed()
    {
        var answered = false;
        await using var server = new LoopbackServer(r => Answer(r, ref answered));
        using var bay = await SignedInAsync(server);
        Assert.Contains("has no conflict dead", (await bay.ExpectAsync(64, "cut-request", "resolve", "1", "dead", "ours")).Error, StringComparison.Ordinal);
        Assert.Contains("needs a value", (await bay.ExpectAsync(64, "cut-request", "resolve", "1", "c0ffee01", "manual")).Error, StringComparison.Ordinal);
        Assert.Contains("leave it out", (await bay.ExpectAsync(64, "cut-request", "resolve", "1", "c0ffee01", "ours", "--value", "6")).Error, StringComparison.Ordinal);
        Assert.Contains("choose one of: ours, theirs, manual", (await bay.ExpectAsync(64, "cut-request", "resolve", "1", "c0ffee01", "both")).Error, StringComparison.Ordinal);
        Assert.Contains("both are main", (await bay.ExpectAsync(64, "cut-request", "create", "--title", "T")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Method is "PUT" || r.Path.EndsWith("/merge", StringComparison.Ordinal));
    }

    static async Task<Bay> SignedInAsync(LoopbackServer server)
    {
        var bay = new Bay();
        await bay.ExpectAsync(0, "login", server.Url);
        await bay.ExpectAsync(0, "init", "--hub", server.Url, "--project", "acme/film");
        return bay;
    }

    static ServerAnswer Answer(ServerRequest request, ref bool answered)
    {
        const string Requests = "/api/v1/organizations/acme/projects/film/cut-requests";
        answered |= request.Method == "PUT";
        return request.Path switch
        {
            Requests => Json<IReadOnlyList<CutRequestSummary>>(
                [new(1, "Tighter", CutRequestStates.Open, "bobs", "main", "Bob", DateTimeOffset.UnixEpoch)], HubJson.Default.IReadOnlyListCutRequestSummary),
            Requests + "/1" or Requests + "/1/resolutions/c0ffee01" => Json(Request(answered), HubJson.Default.CutRequestResponse),
            Requests + "/1/merge" => Json(new(new('m', 64)), HubJson.Default.MergeCutRequestResponse),
            _ => new MemoryHub().Answer(request),
        };
    }

    static CutRequestResponse Request(bool answered) => new(
        1, "Tighter", "", CutRequestStates.Open, "bobs", "main", new('s', 64), new('t', 64), null, "Bob", DateTimeOffset.UnixEpoch,
        [], [], 0, 0, 0, [Clash with { Chosen = answered ? "theirs" : null }], [], answered, answered ? null : "1 conflict is open", null, null, null, null);

    static ServerAnswer Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        new(200, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");
}
