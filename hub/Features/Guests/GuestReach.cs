using System.Collections.Frozen;
using CineGit.Contracts.Hub;

namespace CineGit.Hub.Features.Guests;

/// <summary>Which kinds of links lead to a route.</summary>
[Flags]
public enum GuestReach
{
    None = 0,
    Project = 1,
    Branch = 2,
    CutRequest = 4,
    Any = Project | Branch | CutRequest,
}

/// <summary>The one place that says which routes guests may come to; what is not here does not exist for them.</summary>
public static class GuestRoutes
{
    static readonly FrozenDictionary<string, GuestReach> Reaches = new Dictionary<string, GuestReach>(StringComparer.Ordinal)
    {
        [HubRoutes.Project] = GuestReach.Any,
        [HubRoutes.Branches] = GuestReach.Project | GuestReach.Branch,
        [HubRoutes.Branch] = GuestReach.Project | GuestReach.Branch,
        [HubRoutes.History] = GuestReach.Project | GuestReach.Branch,
        [HubRoutes.Version] = GuestReach.Any,
        [HubRoutes.VersionTimeline] = GuestReach.Any,
        [HubRoutes.Compare] = GuestReach.Any,
        [HubRoutes.CutRequests] = GuestReach.Project,
        [HubRoutes.CutRequest] = GuestReach.Project | GuestReach.CutRequest,
        [HubRoutes.Outcomes] = GuestReach.Project | GuestReach.CutRequest,
        [HubRoutes.ProjectEvents] = GuestReach.Any,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static GuestReach Of(string? route) => route is not null && Reaches.TryGetValue(route, out var reach) ? reach : GuestReach.None;
}
