using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.CutRequests;
using CineGit.Hub.Tests.Platform;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.Http;

/// <summary>What the OpenAPI document says of bodies, against the running hub.</summary>
[Collection(HubFixture.Collection)]
public sealed partial class OpenApiBodyTests(HubFixture hub)
{
    const string Json = "application/json";

    /// <summary>What has no body.</summary>
    static readonly HashSet<string> Empty = ["202", "204", "304"];

    /// <summary>Streams without an end, what asks for a code that a bay shows, and the file that these versions have not.</summary>
    static readonly string[] NotRead = [HubRoutes.Events, HubRoutes.ProjectEvents, HubRoutes.DeviceApprovals, HubRoutes.VersionNative];

    /// <summary>No example can be the code of the moment.</summary>
    const string OfTheMoment = $"PUT {HubRoutes.AccountTwoFactor}";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_body_has_a_schema_and_every_JSON_body_an_example_of_it()
    {
        using var document = await DocumentAsync();
        var check = new SchemaCheck(document.RootElement);
        var faults = new List<string>();
        var examples = 0;
        foreach (var (name, operation) in Operations(document))
        {
            foreach (var (place, content) in Bodies(operation))
            {
                if (content is not { } types || !types.EnumerateObject().Any()) faults.Add($"{name} {place} says nothing of its body");
                else foreach (var type in types.EnumerateObject())
                {
                    if (!type.Value.TryGetProperty("schema", out var schema)) faults.Add($"{name} {place} {type.Name} has no schema");
                    else if (type.Name == Json && !type.Value.TryGetProperty("example", out _)) faults.Add($"{name} {place} has no example");
                    else if (type.Name == Json) faults.AddRange(check.Faults(schema, type.Value.GetProperty("example")).Select(fault => $"{name} {place} {fault}"));
                    examples++;
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(examples, 100, int.MaxValue);
    }

    [Fact]
    public async Task The_hub_understands_every_example_of_a_request()
    {
        using var document = await DocumentAsync();
        // Wrong passwords and secrets are counted, so they are tried at a node and by a person of their own.
        await using var node = await TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct);
        var member = await hub.CreateOrganizationAsync($"Examples {Guid.NewGuid():n}"[..20], Ct);
        using var project = await TestProject.CreateAsync(member.Client, member.Organization);
        using var client = node.ClientLike(member.Client);
        var faults = new List<string>();
        var sent = 0;
        foreach (var (name, operation) in Operations(document).Where(each => each.Operation.TryGetProperty("requestBody", out _) && each.Name != OfTheMoment))
        {
            if (!operation.GetProperty("requestBody").GetProperty("content").TryGetProperty(Json, out var body)) continue;
            var (method, route) = (name.Split(' ')[0], name.Split(' ')[1]);
            using var request = new HttpRequestMessage(new HttpMethod(method), Filled(route, member.Organization, project.Slug));
            request.Content = new StringContent(body.GetProperty("example").GetRawText(), Encoding.UTF8, new MediaTypeHeaderValue(Json));
            using var answer = await client.SendAsync(request, Ct);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            sent++;
            if ((int)answer.StatusCode >= 500 || text.Contains($"\"{ProblemCodes.InvalidRequest}\"", StringComparison.Ordinal)
                || answer.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.MethodNotAllowed)
            {
                faults.Add($"{name}: {(int)answer.StatusCode} {text}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(sent, 40, int.MaxValue);
    }

    [Fact]
    public async Task What_the_hub_answers_is_what_its_schema_says()
    {
        using var document = await DocumentAsync();
        var check = new SchemaCheck(document.RootElement);
        using var request = await TestCutRequest.CreateAsync(hub, Films.With("SC01", 90), Films.With("SC01", 80));
        var project = request.Project;
        var shown = await request.OpenAsync();
        Assert.NotEmpty(shown.Conflicts);
        await PrepareAsync(project, request.Start);
        var places = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["organization"] = project.Organization,
            ["project"] = project.Slug,
            ["branch"] = "main",
            ["version"] = request.Start,
            ["number"] = "1",
            ["tag"] = "first",
            ["conflict"] = shown.Conflicts[0].Id,
            ["clip"] = shown.Conflicts[0].Elements[0],
        };
        var faults = new List<string>();
        var read = 0;
        foreach (var (name, operation) in Operations(document).Where(each => each.Name.StartsWith("GET ", StringComparison.Ordinal)))
        {
            var route = name["GET ".Length..];
            if (NotRead.Contains(route) || !Place().Matches(route).All(place => places.ContainsKey(place.Groups[1].Value))) continue;
            var address = Place().Replace(route, place => Uri.EscapeDataString(places[place.Groups[1].Value])) + Query(route, shown);
            using var answer = await project.Client.GetAsync(address, Ct);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            read++;
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                faults.Add($"{name}: {(int)answer.StatusCode} {text}");
            }
            else if (operation.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty(Json, out var body))
            {
                using var told = JsonDocument.Parse(text);
                faults.AddRange(check.Faults(body.GetProperty("schema"), told.RootElement).Select(fault => $"{name}: {fault}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(read, 25, int.MaxValue);
    }

    /// <summary>A tag and a protected branch, so that there is something to tell of each.</summary>
    static async Task PrepareAsync(TestProject project, string version)
    {
        await project.ProtectAsync(Reviewing.Asking(approvals: 1));
        using var tagged = await project.Client.PostAsJsonAsync(project.At(HubRoutes.Tags), new CreateTagRequest("first", version, "The first"), Ct);
        tagged.EnsureSuccessStatusCode();
    }

    static string Query(string route, CutRequestResponse shown) => route switch
    {
        HubRoutes.Compare => $"?base={shown.BaseVersion}&head={shown.SourceHead}",
        HubRoutes.ChangeList => $"?base={shown.BaseVersion}&head={shown.SourceHead}&format=csv",
        HubRoutes.VersionExport => "?format=otio",
        HubRoutes.Uses => "?media=A001.mov",
        _ => "",
    };

    static string Filled(string route, string organization, string project) => Place().Replace(route, place => place.Groups[1].Value switch
    {
        "organization" => organization,
        "project" => project,
        "branch" => "main",
        "number" => "1",
        "version" => new string('a', 64),
        "user" or "agent" or "link" or "session" or "invitation" => Guid.Empty.ToString(),
        var other => other,
    });

    async Task<JsonDocument> DocumentAsync()
    {
        using var nobody = hub.CreateClient();
        return JsonDocument.Parse(await nobody.GetStringAsync(HubRoutes.OpenApi, Ct));
    }

    static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonDocument document) =>
        from path in document.RootElement.GetProperty("paths").EnumerateObject()
        where path.Name.StartsWith(HubRoutes.Api, StringComparison.Ordinal) && path.Name != HubFixture.MembershipRoute
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    static IEnumerable<(string Place, JsonElement? Content)> Bodies(JsonElement operation)
    {
        if (operation.TryGetProperty("requestBody", out var request)) yield return ("request", ContentOf(request));
        foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(response => !Empty.Contains(response.Name)))
        {
            yield return (response.Name, ContentOf(response.Value));
        }
    }

    static JsonElement? ContentOf(JsonElement body) => body.TryGetProperty("content", out var content) ? content : null;

    [GeneratedRegex("\\{([a-z]+)[^}]*\\}")]
    private static partial Regex Place();
}
