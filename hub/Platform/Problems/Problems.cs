using System.Globalization;
using CineGit.Contracts.Hub;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Platform;

/// <summary>Every problem+json answer of the hub; <c>code</c> is one of <see cref="ProblemCodes"/>.</summary>
public static class Problems
{
    public static ProblemHttpResult Invalid(string detail) =>
        Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidRequest, "The request cannot be understood", detail);

    public static ProblemHttpResult NotSignedIn() =>
        Of(StatusCodes.Status401Unauthorized, ProblemCodes.NotSignedIn, "Not signed in", "Sign in, then try again.");

    /// <summary>403: for those who may know that it is there; everybody else gets <see cref="NotFound()"/>.</summary>
    public static ProblemHttpResult NotAllowed(string detail) =>
        Of(StatusCodes.Status403Forbidden, ProblemCodes.NotAllowed, "This is not yours to do", detail);

    /// <summary>Also for what exists but is not theirs: the two are never told apart.</summary>
    public static ProblemHttpResult NotFound() =>
        NotFound("There is nothing at this address, or it is not yours.");

    public static ProblemHttpResult NotFound(string detail) =>
        Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "Not found", detail);

    public static ProblemHttpResult Conflict(string code, string detail, params ReadOnlySpan<(string Name, object? Value)> extra) =>
        Of(StatusCodes.Status409Conflict, code, "Something has changed, or the name is taken", detail, extra);

    public static ProblemHttpResult TooLarge(string detail) =>
        Of(StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge, "Too large", detail);

    /// <summary>422: the request is well formed, but what it names or carries cannot be taken.</summary>
    public static ProblemHttpResult Unprocessable(string code, string detail, params ReadOnlySpan<(string Name, object? Value)> extra) =>
        Of(StatusCodes.Status422UnprocessableEntity, code, "This cannot be taken", detail, extra);

    /// <summary>429 with Retry-After.</summary>
    public static ProblemHttpResult SlowDown(HttpContext context, TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (retryAfter.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Of(
            StatusCodes.Status429TooManyRequests,
            ProblemCodes.SlowDown,
            "Too many attempts",
            string.Create(CultureInfo.InvariantCulture, $"Try again in {seconds} seconds."));
    }

    public static ProblemHttpResult Of(
        int status, string code, string title, string detail, params ReadOnlySpan<(string Name, object? Value)> extra)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        foreach (var (name, value) in extra) extensions[name] = value;
        return TypedResults.Problem(detail: detail, statusCode: status, title: title, extensions: extensions);
    }
}
