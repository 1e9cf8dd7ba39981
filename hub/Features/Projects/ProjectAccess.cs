using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Features.Projects;

/// <summary>Opens transactions on one project of the caller's organization.</summary>
public sealed class ProjectAccess(TenantDatabase database)
{
    /// <returns>Null when this organization has no such project; another organization's project is none of theirs.</returns>
    public async Task<ProjectTransaction?> OpenAsync(Membership member, string slug, CancellationToken ct)
    {
        var transaction = member.Guest is { } scope
            ? await database.BeginForGuestAsync(member.OrganizationId, scope, ct)
            : await database.BeginAsync(member.OrganizationId, ct);
        try
        {
            if (await ProjectStore.FindIdAsync(transaction, member.OrganizationId, slug, ct) is { } project)
            {
                return new ProjectTransaction(transaction, member.OrganizationId, project);
            }
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }

        await transaction.DisposeAsync();
        return null;
    }
}
