using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Platform.Events;

/// <summary>What of a project's events a guest is told.</summary>
public static class GuestEvents
{
    public static bool IsFor(GuestScope scope, StoredEvent told)
    {
        if (told.Name is EventNames.GuestLinkCreated or EventNames.GuestLinkRevoked or EventNames.GuestJoined) return false;
        if (scope is not { Branches: { } branches, CutRequest: var request }) return true;
        using var json = JsonDocument.Parse(told.Json);
        var detail = json.RootElement.GetProperty("detail");
        if (detail.ValueKind is not JsonValueKind.Object) return false;
        return (detail.TryGetProperty("branch", out var branch) && branches.Contains(branch.GetString(), StringComparer.Ordinal))
            || (detail.TryGetProperty("number", out var number) && number.TryGetInt32(out var about) && about == request);
    }
}
