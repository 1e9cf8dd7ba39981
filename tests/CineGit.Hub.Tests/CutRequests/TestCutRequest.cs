using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.Versions;
using CineGit.Timeline.Model;

namespace CineGit.Hub.Tests.CutRequests;

/// <summary>A project with <c>main</c> and a branch from it, and the calls on its cut requests.</summary>
public sealed class TestCutRequest(TestProject project, string start) : IDisposable
{
    public const string Source = "kims-trims";

    public TestProject Project => project;

    /// <summary>The version that both branches begin with.</summary>
    public string Start => start;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Both branches at <see cref="Films.First"/>, then one cut onto each that is given.</summary>
    public static async Task<TestCutRequest> CreateAsync(HubFixture hub, Sequence? onSource, Sequence? onMain)
    {
        var project = await TestProject.CreateAsync(hub);
        var start = await project.CommitAsync("main", Films.First, "First");
        await project.BranchAsync(Source, start);
        if (onSource is not null) await project.CommitAsync(Source, onSource, "On the branch");
        if (onMain is not null) await project.CommitAsync("main", onMain, "On main");
        return new TestCutRequest(project, start);
    }

    public void Dispose() => project.Dispose();

    public async Task<CutRequestResponse> OpenAsync(string title = "Kim's trims", string source = Source, string target = "main")
    {
        using var response = await project.Client.PostAsJsonAsync(
            project.At(HubRoutes.CutRequests), new CreateCutRequestRequest(title, "Please look.", source, target), Ct);
        return await ReadAsync<CutRequestResponse>(response, HttpStatusCode.Created);
    }

    public Task<CutRequestResponse> ShowAsync(int number) => project.GetAsync<CutRequestResponse>(HubRoutes.CutRequest, Text(number));

    public Task<HttpResponseMessage> ResolveAsync(int number, string conflict, string choice) => project.Client.PutAsJsonAsync(
        project.At(HubRoutes.Resolution, Text(number), conflict), new ResolveRequest(choice), Ct);

    public async Task<CutRequestResponse> ResolvedAsync(int number, string conflict, string choice)
    {
        using var response = await ResolveAsync(number, conflict, choice);
        return await ReadAsync<CutRequestResponse>(response, HttpStatusCode.OK);
    }

    public Task<HttpResponseMessage> MergeAsync(int number, string? source, string? target) => project.Client.PostAsJsonAsync(
        project.At(HubRoutes.Merge, Text(number)), new MergeCutRequestRequest(source ?? "", target ?? ""), Ct);

    /// <summary>Merges what the request shows.</summary>
    public async Task<string> MergedAsync(CutRequestResponse shown)
    {
        using var response = await MergeAsync(shown.Number, shown.SourceHead, shown.TargetHead);
        return (await ReadAsync<MergeCutRequestResponse>(response, HttpStatusCode.OK)).Version;
    }

    public Task<HttpResponseMessage> CloseAsync(int number) =>
        project.Client.PostAsync(project.At(HubRoutes.Close, Text(number)), null, Ct);

    public static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {body}");
        return await response.Content.ReadFromJsonAsync<T>(Ct) ?? throw new InvalidOperationException("The hub answered null.");
    }
}
