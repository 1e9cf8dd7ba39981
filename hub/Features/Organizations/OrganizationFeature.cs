namespace CineGit.Hub.Features.Organizations;

public static class OrganizationFeature
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) =>
        services.AddSingleton<OrganizationStore>().AddSingleton<Acceptance>().AddSingleton<InvitationParts>();

    public static IEndpointRouteBuilder MapOrganizations(this IEndpointRouteBuilder routes)
    {
        routes.MapMembers();
        routes.MapRoles();
        routes.MapAgents();
        routes.MapInvitations();
        return routes;
    }
}
