using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Http;
using CineGit.Hub.Tests.Platform;
using CineGit.TestKit.Running;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineGit.Hub.Tests.Fuzz;

/// <summary>Every route of the running hub, with bodies, addresses and headers that no honest caller sends: no fault, ever.</summary>
[Collection(HubFixture.Collection)]
public sealed partial class FuzzedRequestTests(HubFixture hub)
{
    const string Project = "fuzzed";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_makes_the_hub_fail()
    {
        var seed = LongRun.IsAsked ? Random.Shared.Next() : 7;
        var random = new Random(seed);
        // A node of its own, so that attempts to sign in that it counts are nobody else's.
        await using var node = await TestNode.StartAsync(
            hub.Folder.Path, "cinegit", Ct, "--Hub:RequestsPerPerson", "10000000", "--Hub:RequestsPerAddress", "10000000");
        var member = await hub.CreateOrganizationAsync($"Fuzz {Guid.NewGuid():n}"[..20], Ct);
        using var client = node.ClientLike(member.Client);
        using (var created = await client.PostAsJsonAsync(
            HubRoutes.Projects.Replace("{organization}", member.Organization, StringComparison.Ordinal), new CreateProjectRequest("Fuzzed", Project), Ct))
        {
            created.EnsureSuccessStatusCode();
        }

        using var document = JsonDocument.Parse(await client.GetStringAsync(HubRoutes.OpenApi, Ct));
        var fuzz = new SchemaFuzz(document.RootElement, random);
        var sent = new Dictionary<string, int>(StringComparer.Ordinal);
        var faults = new List<string>();
        var answered = new SortedDictionary<int, int>();
        foreach (var (route, method) in Routes(node))
        {
            var schema = BodyOf(document.RootElement, route, method);
            for (var i = 0; i < LongRun.Rounds(25, 400); i++)
            {
                using var request = Request(fuzz, random, member.Organization, route, method, schema);
                var words = $"{method} {request.RequestUri}";
                using var response = await SendAsync(client, request, $"seed {seed}, {words}");
                sent[$"{method} {route}"] = sent.GetValueOrDefault($"{method} {route}") + 1;
                answered[(int)response.StatusCode] = answered.GetValueOrDefault((int)response.StatusCode) + 1;
                if ((int)response.StatusCode >= 500) faults.Add($"seed {seed}, {words}: {await response.Content.ReadAsStringAsync(Ct)}");
            }
        }

        member.Client.Dispose();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
        Assert.True(sent.Count > 25, "The route table is empty, so nothing was sent.");
        // Requests got past the door, and into the handlers.
        Assert.True(((int[])[200, 400, 404, 415, 422]).All(answered.ContainsKey) && answered.Keys.Any(status => status is 201 or 202 or 204), string.Join(", ", answered));
    }

    /// <summary>A connection that ends without an answer is a fault too; the request that did it is named.</summary>
    static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, string words)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(Ct);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        }
        catch (HttpRequestException cut)
        {
            throw new InvalidOperationException($"{words}: no answer to {body[..Math.Min(body.Length, 500)]}", cut);
        }
    }

    /// <summary>Signing out would end the test's own session; everything else may be tried.</summary>
    static IEnumerable<(string Route, string Method)> Routes(TestNode node) =>
        from route in node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let text = route.RoutePattern.RawText ?? ""
        where text.StartsWith(HubRoutes.Api, StringComparison.Ordinal)
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where method != "DELETE" || text is not (HubRoutes.Session or HubRoutes.AccountSessions)
        select (text, method);

    static HttpRequestMessage Request(SchemaFuzz fuzz, Random random, string organization, string route, string method, JsonElement? schema)
    {
        var address = Place().Replace(route, place => place.Value switch
        {
            "{organization}" when random.Next(10) > 0 => organization,
            "{project}" when random.Next(10) > 0 => Project,
            "{branch}" when random.Next(3) == 0 => "main",
            "{number:int}" when random.Next(3) > 0 => random.Next(-1, 3).ToString(CultureInfo.InvariantCulture),
            _ => Uri.EscapeDataString(Whole(fuzz.Text())),
        });
        if (random.Next(3) == 0) address += $"?{random.GetItems(["cursor", "limit", "after", "format", "base", "head", "code"], 1)[0]}={Uri.EscapeDataString(Whole(fuzz.Text()))}";
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (random.Next(4) == 0) request.Headers.TryAddWithoutValidation(IdempotencyKeys.Header, Header(fuzz.Text()));
        if (random.Next(6) == 0) request.Headers.TryAddWithoutValidation("Last-Event-ID", Header(fuzz.Text()));
        if (random.Next(6) == 0) request.Headers.TryAddWithoutValidation("If-None-Match", Header(fuzz.Text()));
        if (random.Next(6) == 0) request.Headers.TryAddWithoutValidation("If-Match", Header(fuzz.Text()));
        if (random.Next(6) == 0) request.Headers.TryAddWithoutValidation("traceparent", Header(fuzz.Text()));
        if (method is "GET" or "DELETE") return request;

        var isPush = route == HubRoutes.Pushes;
        request.Content = new ByteArrayContent(isPush ? Push(fuzz, random) : fuzz.Body(schema));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(
            random.Next(20) == 0 ? "text/plain" : isPush ? VersionStream.ContentType : "application/json");
        return request;
    }

    /// <summary>A head and parts whose lengths may be lies.</summary>
    static byte[] Push(SchemaFuzz fuzz, Random random)
    {
        using var body = new MemoryStream();
        for (var parts = random.Next(6); parts >= 0; parts--)
        {
            var part = random.Next(3) > 0
                ? JsonSerializer.SerializeToUtf8Bytes(new PushRequest(random.Next(2) == 0 ? "main" : Whole(fuzz.Text()), null, new string('a', 64)), HubJson.Default.PushRequest)
                : fuzz.Body(null);
            var length = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(length, random.Next(5) == 0 ? (uint)random.Next() : (uint)part.Length);
            body.Write(length);
            body.Write(part);
        }

        return body.ToArray();
    }

    static JsonElement? BodyOf(JsonElement document, string route, string method)
    {
        var path = Constraint().Replace(route, "");
        return document.GetProperty("paths").TryGetProperty(path, out var operations)
            && operations.GetProperty(method.ToLowerInvariant()).TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out var json)
            && json.TryGetProperty("schema", out var schema)
                ? schema
                : null;
    }

    /// <summary>An address cannot say half a character.</summary>
    static string Whole(string text) => string.Concat(text.EnumerateRunes());

    static string Header(string text) => string.Concat(text.Where(letter => letter is >= ' ' and < (char)127));

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Place();

    [GeneratedRegex(":[a-z]+(?=\\})")]
    private static partial Regex Constraint();
}
