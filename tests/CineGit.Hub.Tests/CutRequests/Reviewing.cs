using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Tests.Versions;

namespace CineGit.Hub.Tests.CutRequests;

/// <summary>The calls that ask for reviews, give them, and protect branches.</summary>
public static class Reviewing
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static SetProtectionRequest Asking(int approvals = 0, string[]? checks = null, string[]? roles = null, Guid[]? people = null, bool directPush = false) =>
        new(approvals, checks, roles, people, directPush);

    public static async Task<ProtectionResponse> ProtectAsync(this TestProject project, SetProtectionRequest request, string branch = "main")
    {
        using var response = await project.Client.PutAsJsonAsync(project.At(HubRoutes.Protection, branch), request, Ct);
        return await TestCutRequest.ReadAsync<ProtectionResponse>(response, HttpStatusCode.OK);
    }

    public static Task<HttpResponseMessage> ReviewAsync(this TestProject project, HttpClient reviewer, int number, string verdict, string? version) =>
        reviewer.PutAsJsonAsync(project.At(HubRoutes.Reviews, TestCutRequest.Text(number)), new ReviewRequest(verdict, version ?? "", "Looked at it."), Ct);

    public static async Task<CutRequestResponse> ReviewedAsync(this TestProject project, HttpClient reviewer, int number, string verdict, string? version)
    {
        using var response = await project.ReviewAsync(reviewer, number, verdict, version);
        return await TestCutRequest.ReadAsync<CutRequestResponse>(response, HttpStatusCode.OK);
    }

    /// <summary>A refused merge's list of what is missing.</summary>
    public static async Task<string[]> BlockedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var problem = await Answers.ProblemAsync(response, HttpStatusCode.Conflict, ProblemCodes.MergeBlocked);
            return [.. problem.GetProperty("missing").EnumerateArray().Select(each => each.GetString() ?? "")];
        }
    }
}
