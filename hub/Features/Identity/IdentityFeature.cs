namespace CineGit.Hub.Features.Identity;

public static class IdentityFeature
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<Passwords>().AddSingleton<AttemptLimit>();
        services.AddSingleton<SessionStore>().AddSingleton<SetupStore>().AddSingleton<DeviceStore>().AddSingleton<AccessStore>();
        services.AddSingleton<SetupParts>().AddSingleton<SetupLink>();
        services.AddHostedService(provider => provider.GetRequiredService<SetupLink>());
        services.AddSingleton<ExpiredRowStore>();
        services.AddSingleton<ExpiredRows>();
        services.AddHostedService(provider => provider.GetRequiredService<ExpiredRows>());
        return services;
    }

    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapSetup();
        routes.MapSession();
        routes.MapDevices();
        routes.MapAccess();
    }
}
