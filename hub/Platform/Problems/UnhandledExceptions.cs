using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Http;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Platform;

/// <summary>The last place an exception reaches: it is logged once here and answered as a problem without its inner details.</summary>
public sealed partial class UnhandledExceptions(ILogger<UnhandledExceptions> logger) : IExceptionHandler
{
    const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        await ProblemOf(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Answers with an empty body, such as 405 and 415 from the framework, as a problem.</summary>
    public static Task DescribeStatusAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound().ExecuteAsync(context),
        StatusCodes.Status413PayloadTooLarge => Problems.TooLarge("The body is larger than the hub takes here.").ExecuteAsync(context),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(
            StatusCodes.Status415UnsupportedMediaType, ProblemCodes.InvalidRequest, "The request cannot be understood",
            $"The body must be JSON with the header Content-Type: application/json; pushed versions have {VersionStream.ContentType}.").ExecuteAsync(context),
        var status => Problems.Of(
            status, ProblemCodes.InvalidRequest, "The request cannot be understood", "The hub does not take this request here.")
            .ExecuteAsync(context),
    };

    ProblemHttpResult ProblemOf(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.TooLarge("The body is larger than the hub takes here.");
            case BadHttpRequestException bad:
                return Problems.Of(
                    bad.StatusCode, ProblemCodes.InvalidRequest, "The request cannot be understood",
                    bad.InnerException is { } cause ? $"{bad.Message} {cause.Message}" : bad.Message);
            case var database when DatabaseFailure.IsUnstorableText(database):
                return Problems.Invalid("A text has a zero character in it, which cannot be kept.");
            case var database when DatabaseFailure.IsAway(database):
                LogDatabaseAway(logger, context.Request.Method, context.Request.Path, database.Message);
                context.Response.Headers.RetryAfter = "2";
                return Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, ProblemCodes.Unavailable, "The hub is busy with its database",
                    "The database is away at this moment; try again in a few seconds.");
            default:
                LogFault(logger, context.Request.Method, context.Request.Path, Correlation.IdOf(context), exception);
                return Problems.Of(
                    StatusCodes.Status500InternalServerError, ProblemCodes.InternalError, "The hub made a mistake",
                    "Try again; if it stays, give the correlation id to whoever runs this hub.",
                    ("correlationId", Correlation.IdOf(context)));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path}: the database is away ({Reason})")]
    static partial void LogDatabaseAway(ILogger logger, string method, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, correlation id {CorrelationId}")]
    static partial void LogFault(ILogger logger, string method, string path, string correlationId, Exception fault);
}
