using System.Diagnostics;

namespace CineGit.Hub.Platform.Http;

/// <summary>
/// One id for a request in answers, logs and traces: the trace id of W3C Trace Context, taken over from a caller that sends
/// <c>traceparent</c>.
/// </summary>
public static class Correlation
{
    public const string Header = "X-Correlation-Id";

    public static string IdOf(HttpContext context) =>
        context.Features.Get<Request>()?.TraceId ?? Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>To be used before anything that answers or logs.</summary>
    public static IApplicationBuilder UseCorrelation(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // The server makes an activity only when somebody listens; problems name their trace in any case.
        using var own = Activity.Current is null ? Begin(context.Request) : null;
        var id = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        context.Features.Set(new Request(id));
        context.Response.Headers[Header] = id;
        await next(context);
    });

    static Activity Begin(HttpRequest request)
    {
        var activity = new Activity("hub.request").SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, out var parent))
        {
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        }

        return activity.Start();
    }

    sealed record Request(string TraceId);
}
