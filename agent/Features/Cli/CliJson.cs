using System.Text.Json;
using System.Text.Json.Serialization;
using CineGit.Agent.Features.Blame;
using CineGit.Agent.Features.Check;
using CineGit.Agent.Features.Commit;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Features.Convert;
using CineGit.Agent.Features.CutRequests;
using CineGit.Agent.Features.History;
using CineGit.Agent.Features.Replay;
using CineGit.Agent.Features.Sync;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Cli;

/// <summary>Everything that <c>--json</c> prints; documented in docs/cli-json.md.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<FindingLine>))]
[JsonSerializable(typeof(TimelineReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(DiffReport))]
[JsonSerializable(typeof(MergeReport))]
[JsonSerializable(typeof(MergeFailure))]
[JsonSerializable(typeof(CommitReport))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(IReadOnlyList<VersionLine>))]
[JsonSerializable(typeof(IReadOnlyList<BranchLine>))]
[JsonSerializable(typeof(IReadOnlyList<TagResponse>))]
[JsonSerializable(typeof(BlameReport))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(PushReport))]
[JsonSerializable(typeof(PullReport))]
[JsonSerializable(typeof(IReadOnlyList<CutRequestSummary>))]
[JsonSerializable(typeof(CutRequestResponse))]
[JsonSerializable(typeof(CutRequestMerged))]
internal sealed partial class CliJson : JsonSerializerContext;
