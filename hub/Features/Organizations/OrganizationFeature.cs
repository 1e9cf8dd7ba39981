namespace CineGit.Hub.Features.Organizations;

public static class OrganizationFeature
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) =>
        services.AddSingleton<OrganizationStore>();

    public static IEndpointRouteBuilder MapOrganizations(this IEndpointRouteBuilder routes)
    {
        routes.MapMembers();
        routes.MapRoles();
        routes.MapAgents();
        return routes;
    }
}
