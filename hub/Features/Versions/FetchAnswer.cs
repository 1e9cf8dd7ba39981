using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.Versions;

/// <summary>
/// Versions as a body, sent while they are read. A few megabytes are held at a time, and no connection to the database while
/// they go out: versions never change, so what was promised is there later.
/// </summary>
/// <param name="head">What comes first.</param>
/// <param name="versions">Their ids, parents first.</param>
/// <param name="open">Opens the project once more.</param>
public sealed class FetchAnswer(
    FetchResponse head, ImmutableArray<string> versions, Func<CancellationToken, Task<ProjectTransaction?>> open) : IResult
{
    const int MostAtOnce = 256;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        var response = httpContext.Response;
        response.ContentType = VersionStream.ContentType;
        response.Headers.CacheControl = "private, no-store";
        await VersionStream.WriteHeadAsync(response.Body, head, HubJson.Default.FetchResponse, ct);
        for (var sent = 0; sent < versions.Length;)
        {
            var packed = await ReadAsync(versions.AsMemory().Slice(sent, Math.Min(MostAtOnce, versions.Length - sent)), ct);
            foreach (var version in packed) await VersionStream.WriteVersionAsync(response.Body, version, ct);
            sent += packed.Count;
        }

        await VersionStream.WriteEndAsync(response.Body, ct);
    }

    async Task<IReadOnlyList<PackedVersion>> ReadAsync(ReadOnlyMemory<string> ids, CancellationToken ct)
    {
        await using var tx = await open(ct) ?? throw new InvalidOperationException("The project went away while its versions were sent.");
        var found = await VersionStore.FindManyAsync(tx, ids.ToArray(), ct);
        var wanted = ids.ToArray().Select(id => found[id]).ToList();
        var packs = await new PackStore(tx).ReadAsync(wanted, ct);
        return [.. packs.Select((pack, i) => new PackedVersion(wanted[i].ToRecord(), pack.Cut, pack.Native))];
    }
}
