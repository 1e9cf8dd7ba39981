using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Platform.Auth;

/// <summary>The permission that a route of an organization needs.</summary>
public sealed record NeededPermission(Permission Permission);

/// <summary>Every route says who may come in.</summary>
public static class RouteDeclarations
{
    static readonly string[] Alone = [Policies.SignedIn, Policies.InPerson];

    public static TBuilder RequirePermission<TBuilder>(this TBuilder route, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(Policies.Member).WithMetadata(new NeededPermission(permission));

    /// <exception cref="InvalidOperationException">A route says nothing, or what does not go with its address.</exception>
    public static void RequireDeclaredRoutes(this IEndpointRouteBuilder routes)
    {
        var faults = routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => WhyNot(route) is { } why ? $"{route.DisplayName}: {why}" : null)
            .OfType<string>().ToList();
        if (faults.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>What is wrong with a route's declaration; null when it is in order.</summary>
    public static string? WhyNot(RouteEndpoint route)
    {
        var needed = route.Metadata.GetOrderedMetadata<NeededPermission>();
        var policies = route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).Distinct().ToList();
        var inOrganization = Has(route, "organization");
        if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return inOrganization || needed.Count > 0 ? "a route of an organization is not for anybody; name a permission" : null;
        }

        if (inOrganization)
        {
            if (policies is not [Policies.Member] || needed is not [var only]) return "names no permission, or several; say RequirePermission once";
            var reach = Has(route, "project") ? PermissionReach.Project : PermissionReach.Organization;
            return PermissionTable.ReachOf(only.Permission) == reach
                ? null
                : $"{PermissionTable.NameOf(only.Permission)} is not asked for on routes of {(reach is PermissionReach.Project ? "a project" : "an organization")}";
        }

        return policies is [{ } policy] && Alone.Contains(policy) && needed.Count == 0
            ? null
            : "does not say who may come in; say AllowAnonymous, RequireAuthorization or RequirePermission";
    }

    static bool Has(RouteEndpoint route, string parameter) =>
        route.RoutePattern.Parameters.Any(each => each.Name == parameter);
}
