namespace CineGit.Contracts.Hub;

/// <summary>Names a project on a hub.</summary>
public sealed record ProjectAddress(string Organization, string Project);

/// <summary>
/// The hub as an agent sees it, whatever carries it (HTTP/2 today). Calls throw the transport's own exception for problems;
/// its <c>code</c> is one of <see cref="ProblemCodes"/>.
/// </summary>
public interface IHubConnection
{
    Task<SessionResponse> GetSessionAsync(CancellationToken ct);

    Task<DeviceCodeResponse> RequestDeviceCodeAsync(DeviceCodeRequest request, CancellationToken ct);

    Task<TokenResponse> RequestTokenAsync(DeviceTokenRequest request, CancellationToken ct);

    Task<TokenResponse> RefreshAsync(RefreshRequest request, CancellationToken ct);

    Task<IReadOnlyList<ProjectResponse>> ListProjectsAsync(string organization, CancellationToken ct);

    Task<ProjectResponse> CreateProjectAsync(string organization, CreateProjectRequest request, CancellationToken ct);

    Task<IReadOnlyList<BranchResponse>> ListBranchesAsync(ProjectAddress project, CancellationToken ct);

    Task<BranchResponse> GetBranchAsync(ProjectAddress project, string branch, CancellationToken ct);

    Task<BranchResponse> CreateBranchAsync(ProjectAddress project, CreateBranchRequest request, CancellationToken ct);

    Task<NegotiateResponse> NegotiateAsync(ProjectAddress project, NegotiateRequest request, CancellationToken ct);

    /// <summary>One round trip: the versions that are missing here, parents first, as they arrive.</summary>
    Task<Fetched> FetchAsync(ProjectAddress project, FetchRequest request, CancellationToken ct);

    /// <summary>One round trip; repeating it is harmless.</summary>
    Task<PushResponse> PushAsync(
        ProjectAddress project, PushRequest request, IReadOnlyList<PackedVersion> versions, CancellationToken ct);

    Task<CutRequestResponse> CreateCutRequestAsync(ProjectAddress project, CreateCutRequestRequest request, CancellationToken ct);

    Task<IReadOnlyList<CutRequestSummary>> ListCutRequestsAsync(ProjectAddress project, CancellationToken ct);

    Task<CutRequestResponse> GetCutRequestAsync(ProjectAddress project, int number, CancellationToken ct);

    Task<CutRequestResponse> ResolveAsync(ProjectAddress project, int number, string conflict, ResolveRequest request, CancellationToken ct);

    Task<IReadOnlyList<TagResponse>> ListTagsAsync(ProjectAddress project, CancellationToken ct);

    Task<TagResponse> CreateTagAsync(ProjectAddress project, CreateTagRequest request, CancellationToken ct);

    Task DeleteTagAsync(ProjectAddress project, string tag, CancellationToken ct);

    Task<MergeCutRequestResponse> MergeAsync(ProjectAddress project, int number, MergeCutRequestRequest request, CancellationToken ct);
}

/// <summary>An answer that is still coming in. Versions that were read are whole, however the rest ends.</summary>
public sealed record Fetched(FetchResponse Head, IAsyncEnumerable<PackedVersion> Versions);
