using System.Globalization;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using EventAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    CineGit.Hub.Features.Events.EventStreamAnswer,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace CineGit.Hub.Features.Events;

/// <summary>What happens, as server-sent events. A reader that comes back with <c>Last-Event-ID</c> misses nothing and gets nothing twice.</summary>
public static class EventEndpoints
{
    /// <summary>A browser's first request can carry no header; the two mean the same.</summary>
    const string LastEventId = "Last-Event-ID";

    public static IServiceCollection AddEvents(this IServiceCollection services) => services.AddSingleton<EventStreams>();

    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Events");
        group.MapGet(HubRoutes.Events, OfOrganizationAsync).RequirePermission(Permission.OrganizationRead);
        group.MapGet(HubRoutes.ProjectEvents, OfProjectAsync).RequirePermission(Permission.ProjectRead);
        return routes;
    }

    static Task<EventAnswer> OfOrganizationAsync(string? after, Membership member, HttpContext context, EventStreams streams, CancellationToken ct) =>
        OpenAsync(after, project: null, member, context, streams, ct);

    static async Task<EventAnswer> OfProjectAsync(
        string project, string? after, Membership member, HttpContext context, EventStreams streams, ProjectAccess projects, CancellationToken ct)
    {
        await using (var tx = await projects.OpenAsync(member, project, ct))
        {
            if (tx is null) return Problems.NotFound();
        }

        return await OpenAsync(after, project, member, context, streams, ct);
    }

    static async Task<EventAnswer> OpenAsync(
        string? after, string? project, Membership member, HttpContext context, EventStreams streams, CancellationToken ct)
    {
        var given = context.Request.Headers[LastEventId].ToString() is { Length: > 0 } header ? header : after;
        long? from = null;
        if (!string.IsNullOrEmpty(given))
        {
            if (!long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            {
                return Problems.Invalid($"{LastEventId} is none of ours; send the id of the last event you saw, or none to listen from now on.");
            }

            from = sequence;
        }

        if (!await streams.ReachesAsync(member, from, ct))
        {
            return Problems.Of(
                StatusCodes.Status410Gone,
                ProblemCodes.EventsTooOld,
                "These events are no longer kept",
                "Fetch again what you show, then listen without Last-Event-ID.");
        }

        return new EventStreamAnswer(streams.ReadAsync(context, member, project, from, ct));
    }
}
