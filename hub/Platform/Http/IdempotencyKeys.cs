using System.Security.Cryptography;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Host;
using Microsoft.AspNetCore.Http.Features;

namespace CineGit.Hub.Platform.Http;

/// <summary>
/// A write whose answer was lost can be sent again with its key: it is carried out once, and answered as the first time. Versions
/// need none, a push that was taken is taken once anyway.
/// </summary>
public sealed class IdempotencyKeys(IdempotencyStore store, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    /// <summary>On an answer that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";

    public const int Longest = 200;

    /// <summary>A longer answer is not kept, and its key does nothing.</summary>
    const int LongestAnswer = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || SignedInUser.IdOf(context.User) is not { } person || !IsKeyed(context.Request))
        {
            await next(context);
            return;
        }

        if (key.Length > Longest || key.Any(char.IsControl))
        {
            await Problems.Invalid($"{Header} has more than {Longest} characters, or a control character.").ExecuteAsync(context);
            return;
        }

        var ct = context.RequestAborted;
        var request = new KeyedRequest(person, key, await HashAsync(context.Request, ct));
        if (await store.BeginAsync(request, clock.GetUtcNow(), ct) is { } known)
        {
            await AnswerAgainAsync(context, request, known);
            return;
        }

        await CarryOutAsync(context, next, request);
    }

    static bool IsKeyed(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        && request.ContentType?.StartsWith(VersionStream.ContentType, StringComparison.OrdinalIgnoreCase) is not true;

    static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken ct)
    {
        request.EnableBuffering((int)HubLimits.Body);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;) hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    static async Task AnswerAgainAsync(HttpContext context, KeyedRequest request, KeptAnswer known)
    {
        if (!known.Request.AsSpan().SequenceEqual(request.Request))
        {
            await Problems.Unprocessable(
                ProblemCodes.KeyReused, $"This {Header} was used for another request; take a new one for each thing that is to be done.")
                .ExecuteAsync(context);
            return;
        }

        if (known.Status is not { } status)
        {
            context.Response.Headers.RetryAfter = "1";
            await Problems.Conflict(ProblemCodes.KeyInUse, "The first request with this key is still being carried out; ask again in a moment.")
                .ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = status;
        context.Response.Headers[Replayed] = "true";
        if (known.ContentType is { } type) context.Response.ContentType = type;
        if (known.Location is { } location) context.Response.Headers.Location = location;
        if (known.Body is { Length: > 0 } body) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    async Task CarryOutAsync(HttpContext context, RequestDelegate next, KeyedRequest request)
    {
        var answered = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var copy = new CopiedBody(answered.Stream, LongestAnswer);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(copy, answered));
        var isKept = false;
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            var response = context.Response;
            if (copy.Bytes is not { } body || IsForAnotherTry(response.StatusCode)) return;

            // Whoever waited has gone, but what was done was done.
            await store.KeepAsync(
                request, new(request.Request, response.StatusCode, response.ContentType, response.Headers.Location, body), CancellationToken.None);
            isKept = true;
        }
        finally
        {
            context.Features.Set(answered);
            if (!isKept) await store.ForgetAsync(request, CancellationToken.None);
        }
    }

    /// <summary>The same request may be answered otherwise in a moment.</summary>
    static bool IsForAnotherTry(int status) =>
        status is >= StatusCodes.Status500InternalServerError
            or StatusCodes.Status401Unauthorized or StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests or 499;
}
