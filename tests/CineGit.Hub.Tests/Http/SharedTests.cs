using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Http;
using CineGit.Hub.Tests.Database;
using CineGit.Hub.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CineGit.Hub.Tests.Http;

/// <summary>What all routes have in common.</summary>
[Collection(HubFixture.Collection)]
public sealed partial class SharedTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Projects => HubRoutes.Projects.Replace("{organization}", hub.Organization, StringComparison.Ordinal);

    [Fact]
    public async Task Who_asks_too_often_is_slowed_down_alone()
    {
        await using var node = await TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct, "--Hub:RequestsPerPerson", "40", "--Hub:RequestsPerAddress", "40");
        var (fast, calm) = (await hub.CreateMemberAsync(Roles.Editor, Ct), await hub.CreateMemberAsync(Roles.Editor, Ct));
        using var greedy = node.ClientLike(fast.Client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => greedy.GetAsync(Projects, Ct)));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(answers.Count(answer => answer.IsSuccessStatusCode), 10, 29);
        Assert.NotEmpty(refused);
        await Answers.ProblemAsync(refused[0], HttpStatusCode.TooManyRequests, ProblemCodes.SlowDown);
        Assert.All(refused, answer => Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1L)));
        using var other = node.ClientLike(calm.Client);
        using var through = await other.GetAsync(Projects, Ct);
        Assert.Equal(HttpStatusCode.OK, through.StatusCode);
        foreach (var answer in answers) answer.Dispose();
        fast.Client.Dispose();
        calm.Client.Dispose();
    }

    [Fact]
    public async Task A_caller_s_trace_is_taken_over_into_answer_problem_and_header()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var nobody = hub.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Projects);
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var response = await nobody.SendAsync(request, Ct);
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
        Assert.Equal((trace, trace), (problem.GetProperty("traceId").GetString(), response.Headers.GetValues(Correlation.Header).Single()));

        using var second = await nobody.GetAsync(Projects, Ct);
        var own = second.Headers.GetValues(Correlation.Header).Single();
        Assert.Matches("^[0-9a-f]{32}$", own);
        Assert.NotEqual(trace, own);
    }

    [Fact]
    public async Task Ready_says_that_the_tables_are_as_the_hub_knows_them()
    {
        using var nobody = hub.CreateClient();
        using (var ready = await nobody.GetAsync(HubRoutes.Ready, Ct)) Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using (var ahead = owner.CreateCommand("insert into schema_migrations (number, name, checksum) values (9998, '9998_next.sql', '')"))
        {
            await ahead.ExecuteNonQueryAsync(Ct);
        }

        try
        {
            using var behind = await nobody.GetAsync(HubRoutes.Ready, Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, behind.StatusCode);
            Assert.Contains("\"behind\"", await behind.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        finally
        {
            await using var back = owner.CreateCommand("delete from schema_migrations where number = 9998");
            await back.ExecuteNonQueryAsync(Ct);
        }
    }

    [Fact]
    public async Task The_OpenAPI_document_has_every_route_with_a_summary_and_its_problems_and_no_other()
    {
        using var nobody = hub.CreateClient();
        using var document = JsonDocument.Parse(await nobody.GetStringAsync(HubRoutes.OpenApi, Ct));
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Key: $"{operation.Name.ToUpperInvariant()} {path.Name}", Operation: operation.Value)))
            .ToDictionary(each => each.Key, each => each.Operation, StringComparer.Ordinal);
        var running = ApiRoutes().SelectMany(route => MethodsOf(route).Select(method => $"{method} {Constraint().Replace(route.RoutePattern.RawText ?? "", "")}"));
        Assert.Equal(running.Order(StringComparer.Ordinal), described.Keys.Where(IsOfAFeature).Order(StringComparer.Ordinal));
        Assert.All(described, each =>
        {
            Assert.False(string.IsNullOrWhiteSpace(each.Value.GetProperty("summary").GetString()));
            var responses = each.Value.GetProperty("responses");
            Assert.True(responses.GetProperty("429").GetProperty("content").TryGetProperty("application/problem+json", out _), each.Key);
            if (each.Key.Contains("{organization}", StringComparison.Ordinal)) Assert.True(responses.TryGetProperty("404", out _), each.Key);
        });
    }

    [Fact]
    public void Every_problem_code_is_in_the_documents_and_no_other()
    {
        var codes = typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string?)field.GetRawConstantValue() ?? "").ToList();
        var listed = DocumentedCode().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "problems.md"))).Select(row => row.Groups[1].Value);
        Assert.Equal(codes.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(codes.Order(StringComparer.Ordinal), ProblemCodes.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Metrics_count_requests_and_are_for_the_own_machine_only()
    {
        using var nobody = hub.CreateClient();
        (await nobody.GetAsync(HubRoutes.Setup, Ct)).Dispose();
        using var response = await nobody.GetAsync(HubRoutes.Metrics, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Contains("# TYPE http_server_request_duration histogram\n", text, StringComparison.Ordinal);
        Assert.Matches("http_server_request_duration_count\\{[^}]*http_route=\"/api/v1/setup\"[^}]*\\} [1-9]", text);
        Assert.Matches("cinegit_events_listeners [0-9]", text + "cinegit_events_listeners 0");
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(# TYPE [a-z_]+ [a-z]+|[a-z_]+(\\{.*\\})? [-0-9.E+]+)$", line));

        using var passedOn = new HttpRequestMessage(HttpMethod.Get, HubRoutes.Metrics);
        passedOn.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var refused = await nobody.SendAsync(passedOn, Ct);
        await Answers.ProblemAsync(refused, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task Traces_and_metrics_reach_a_collector_by_OTLP()
    {
        var received = new System.Collections.Concurrent.ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{kind}", async (string kind, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, Ct);
            var isOurs = body.ToArray().AsSpan().IndexOf("cinegit-hub"u8) >= 0;
            received.AddOrUpdate(kind, isOurs ? body.Length : 0, (_, so) => so + (isOurs ? body.Length : 0));
        });
        await collector.StartAsync(Ct);
        await using (var node = await TestNode.StartAsync(hub.Folder.Path, "cinegit", Ct, "--Hub:Telemetry", collector.Urls.First()))
        {
            using var nobody = new HttpClient { BaseAddress = node.Address };
            (await nobody.GetAsync(HubRoutes.Setup, Ct)).Dispose();
        }

        Assert.True(received.GetValueOrDefault("traces") > 0, "No trace came.");
        Assert.True(received.GetValueOrDefault("metrics") > 0, "No metric came.");
    }

    [Fact]
    public async Task A_pushed_body_beyond_what_a_route_takes_is_refused_everywhere()
    {
        using var owner = await hub.CreateOwnerClientAsync(Ct);
        using var project = await Versions.TestProject.CreateAsync(hub);
        // A route without a body never looks at one.
        var readers = ApiRoutes().Where(route => route.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>() is not null);
        foreach (var route in readers.Where(route => route.RoutePattern.RawText != HubRoutes.Pushes))
        {
            foreach (var method in MethodsOf(route).Where(method => method is "POST" or "PUT"))
            {
                var address = Place().Replace(route.RoutePattern.RawText ?? "", place => AnyFor(place.Value))
                    .Replace("/organizations/x/", $"/organizations/{hub.Organization}/", StringComparison.Ordinal)
                    .Replace("/projects/x", $"/projects/{project.Slug}", StringComparison.Ordinal);
                using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new ByteArrayContent(new byte[1024 * 1024 + 1]) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.ExpectContinue = true;
                using var response = await owner.SendAsync(request, Ct);
                Assert.True(response.StatusCode is HttpStatusCode.RequestEntityTooLarge, $"{method} {address}: {response.StatusCode}");
            }
        }
    }

    static string AnyFor(string place) => place switch
    {
        _ when place.StartsWith("{number", StringComparison.Ordinal) => "1",
        _ when place.Contains(":guid", StringComparison.Ordinal) => Guid.Empty.ToString(),
        _ => "x",
    };

    IEnumerable<RouteEndpoint> ApiRoutes() => hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText is { } text && text.StartsWith(HubRoutes.Api, StringComparison.Ordinal) && text != HubFixture.MembershipRoute);

    static bool IsOfAFeature(string operation) =>
        operation.Contains(HubRoutes.Api, StringComparison.Ordinal) && !operation.EndsWith(HubFixture.MembershipRoute, StringComparison.Ordinal);

    static IReadOnlyList<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    [GeneratedRegex(":[a-z]+(?=\\})")]
    private static partial Regex Constraint();

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Place();

    [GeneratedRegex("^\\| `([a-z-]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex DocumentedCode();
}
