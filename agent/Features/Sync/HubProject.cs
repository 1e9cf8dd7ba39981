using CineGit.Agent.Platform.HubClient;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Sync;

/// <summary>The project on the hub, made when it is not there.</summary>
internal static class HubProject
{
    /// <summary>True when it was made just now. Two bays may do this at once; the second finds the first's.</summary>
    public static async Task<bool> EnsureAsync(IHubConnection hub, ProjectAddress project, CancellationToken ct)
    {
        if (await ExistsAsync(hub, project, ct)) return false;
        try
        {
            await hub.CreateProjectAsync(project.Organization, new(project.Project, project.Project), ct);
            return true;
        }
        catch (HubProblemException taken) when (taken.Code == ProblemCodes.NameTaken)
        {
            return false;
        }
    }

    public static async Task<bool> ExistsAsync(IHubConnection hub, ProjectAddress project, CancellationToken ct) =>
        (await hub.ListProjectsAsync(project.Organization, ct)).Any(p => p.Slug == project.Project);

    /// <summary>Null when the hub has no such branch.</summary>
    public static async Task<BranchResponse?> BranchAsync(IHubConnection hub, ProjectAddress project, string branch, CancellationToken ct)
    {
        try
        {
            return await hub.GetBranchAsync(project, branch, ct);
        }
        catch (HubProblemException absent) when (absent.Code == ProblemCodes.NotFound)
        {
            return null;
        }
    }
}
