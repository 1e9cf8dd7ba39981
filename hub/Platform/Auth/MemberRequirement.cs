using CineGit.Hub.Platform.Database;
using Dapper;
using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Platform.Auth;

public sealed class MemberRequirement : IAuthorizationRequirement;

/// <summary>Finds the membership for the route's <c>{organization}</c> and leaves it on the request for the handler.</summary>
public sealed class MemberHandler(TenantDatabase database) : AuthorizationHandler<MemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MemberRequirement requirement)
    {
        if (context.Resource is not HttpContext http) return;
        if (http.GetRouteValue("organization") is not string slug) return;
        if (SignedInUser.IdOf(context.User) is not { } user) return;

        var membership = await FindAsync(user, slug, http.RequestAborted);
        if (membership is null) return;
        http.Features.Set(membership);
        context.Succeed(requirement);
    }

    async Task<Membership?> FindAsync(Guid userId, string slug, CancellationToken ct)
    {
        const string sql = """
            select m.organization_id, o.slug as organization_slug, m.user_id, u.display_name, m.role
            from memberships m
            join organizations o on o.id = m.organization_id
            join users u on u.id = m.user_id
            where m.user_id = @userId and o.slug = @slug
            """;
        await using var transaction = await database.BeginForUserAsync(userId, ct);
        return await transaction.Connection.QuerySingleOrDefaultAsync<Membership>(
            new CommandDefinition(sql, new { userId, slug }, transaction.Transaction, cancellationToken: ct));
    }
}
