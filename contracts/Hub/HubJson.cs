using System.Text.Json;
using System.Text.Json.Serialization;

namespace CineGit.Contracts.Hub;

/// <summary>Source-generated JSON for everything on the hub's wire: camelCase, nulls written, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(SetupState))]
[JsonSerializable(typeof(SetupRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(DeviceCodeRequest))]
[JsonSerializable(typeof(DeviceCodeResponse))]
[JsonSerializable(typeof(DeviceApprovalRequest))]
[JsonSerializable(typeof(DeviceApprovalResponse))]
[JsonSerializable(typeof(DeviceTokenRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(CreateProjectRequest))]
[JsonSerializable(typeof(IReadOnlyList<ProjectResponse>))]
[JsonSerializable(typeof(CreateBranchRequest))]
[JsonSerializable(typeof(IReadOnlyList<BranchResponse>))]
[JsonSerializable(typeof(VersionRecord))]
[JsonSerializable(typeof(PushRequest))]
[JsonSerializable(typeof(PushResponse))]
[JsonSerializable(typeof(HistoryResponse))]
[JsonSerializable(typeof(CompareResponse))]
[JsonSerializable(typeof(TimelineResponse))]
[JsonSerializable(typeof(CreateCutRequestRequest))]
[JsonSerializable(typeof(IReadOnlyList<CutRequestSummary>))]
[JsonSerializable(typeof(CutRequestResponse))]
[JsonSerializable(typeof(ResolveRequest))]
[JsonSerializable(typeof(MergeCutRequestRequest))]
[JsonSerializable(typeof(MergeCutRequestResponse))]
public sealed partial class HubJson : JsonSerializerContext;
