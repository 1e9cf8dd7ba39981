using CineGit.Hub.Features.Branches;
using CineGit.Hub.Features.Checks;
using CineGit.Hub.Features.CutRequests;
using CineGit.Hub.Features.Events;
using CineGit.Hub.Features.Guests;
using CineGit.Hub.Features.Identity;
using CineGit.Hub.Features.Identity.Providers;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Features.Search;
using CineGit.Hub.Features.Tags;
using CineGit.Hub.Features.Versions;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Host;
using Microsoft.AspNetCore.Connections;

namespace CineGit.Hub;

public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = Build(args, _ => { });
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"CineGit hub ready at {app.Urls.First()}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (HubStartException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
        catch (Exception failure) when (failure is System.Net.Sockets.SocketException or FormatException or IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync($"The hub cannot listen: {failure.Message} Choose another address with --Hub:Url.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            // Stopped while it was starting.
            return 0;
        }
    }

    /// <summary>The whole hub, not started. Tests put their clock into the services with <paramref name="configure"/>.</summary>
    public static WebApplication Build(string[] args, Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddHubPlatform();
        builder.Services.AddOrganizations();
        builder.Services.AddIdentity();
        builder.Services.AddProviders(builder.Configuration);
        builder.Services.AddGuests();
        builder.Services.AddProjects();
        builder.Services.AddVersions();
        builder.Services.AddCutRequests();
        builder.Services.AddChecks();
        builder.Services.AddEvents();
        configure(builder.Services);

        var app = builder.Build();
        app.UseHubPlatform();
        app.MapIdentity();
        app.MapOrganizations();
        app.MapGuests();
        app.MapProjects();
        app.MapBranches();
        app.MapVersions();
        app.MapTags();
        app.MapSearch();
        app.MapCutRequests();
        app.MapChecks();
        app.MapEvents();
        app.RequireDeclaredRoutes();
        return app;
    }
}
