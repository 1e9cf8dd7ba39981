using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Host;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Versions;

/// <summary>Objects by hash. On their own they are bytes; only a version makes them a part of the film.</summary>
public static class ObjectEndpoints
{
    public static IEndpointRouteBuilder MapObjects(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.Member).WithTags("Objects");
        group.MapPut(HubRoutes.Object, PutAsync).Accepts<IFormFile>("application/octet-stream");
        group.MapMethods(HubRoutes.Object, [HttpMethods.Head], HeadAsync);
        group.MapGet(HubRoutes.Object, GetAsync);
        return routes;
    }

    static async Task<Results<Created, NoContent, ProblemHttpResult>> PutAsync(
        string project, string hash, HttpRequest request, Membership member, ProjectAccess projects, TimeProvider clock, CancellationToken ct)
    {
        if (!PushRules.IsHash(hash)) return NoHash(hash);
        await using (var there = await projects.OpenAsync(member, project, ct))
        {
            if (there is null) return Problems.NotFound();
        }

        // The intake has its own, larger limit, and answers with a problem.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var intake = await ObjectIntake.ReceiveAsync(request.Body, request.ContentLength, hash, HubLimits.Object, ct);
        return intake switch
        {
            IntakeResult.Received(var bytes) => await StoreAsync(project, hash, bytes, member, projects, clock, ct),
            IntakeResult.Mismatch(var actual) => Problems.Unprocessable(
                ProblemCodes.HashMismatch,
                $"The bytes have the SHA-256 {actual}, not {hash}; they were damaged on the way or belong elsewhere. Send them again.",
                ("actualHash", actual)),
            _ => Problems.TooLarge($"An object may have {HubLimits.Object:N0} bytes; commit a smaller file, without media in it."),
        };
    }

    static async Task<Results<Created, NoContent, ProblemHttpResult>> StoreAsync(
        string project, string hash, Stream bytes, Membership member, ProjectAccess projects, TimeProvider clock, CancellationToken ct)
    {
        await using var received = bytes;
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null) return Problems.NotFound();
        if (await VersionObjectStore.SizeAsync(tx, hash, ct) is not null) return TypedResults.NoContent();
        var added = await VersionObjectStore.AddAsync(tx, hash, received, clock.GetUtcNow(), ct);
        await tx.CommitAsync(ct);
        return added ? TypedResults.Created() : TypedResults.NoContent();
    }

    static async Task<Results<Ok, ProblemHttpResult>> HeadAsync(
        string project, string hash, HttpResponse response, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (!PushRules.IsHash(hash)) return NoHash(hash);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionObjectStore.SizeAsync(tx, hash, ct) is not { } size) return Problems.NotFound();
        response.ContentLength = size;
        response.Headers.ETag = $"\"{hash}\"";
        return TypedResults.Ok();
    }

    static async Task<Results<ObjectAnswer, ProblemHttpResult>> GetAsync(
        string project, string hash, Membership member, ProjectAccess projects, CancellationToken ct)
    {
        if (!PushRules.IsHash(hash)) return NoHash(hash);
        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionObjectStore.ReadAsync(tx, hash, ct) is not { } stored) return Problems.NotFound();
        return new ObjectAnswer(stored, hash, "application/octet-stream", fileName: null);
    }

    static ProblemHttpResult NoHash(string hash) =>
        Problems.Invalid($"'{hash}' is no object; give the SHA-256 of its bytes as 64 lower-case hexadecimal digits.");
}
