using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using CineGit.Hub.Platform.Database.Embedded;
using CineGit.Hub.Platform.Events;
using CineGit.Hub.Platform.Http;
using CineGit.Hub.Platform.Jobs;

namespace CineGit.Hub.Platform.Host;

/// <summary>What every feature stands on, in the order in which a request meets it.</summary>
public static class HubPlatform
{
    static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(3);

    public static WebApplicationBuilder AddHubPlatform(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
        var folder = new HubFolder(options);
        folder.Take();
        builder.Logging.AddHubLogging(folder);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null) builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HubLimits.Body;
        });

        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(folder).AddSingleton(TimeProvider.System);
        services.AddSingleton<EmbeddedCluster>().AddSingleton<HubDatabase>().AddSingleton<TenantDatabase>();
        services.AddHostedService(provider => provider.GetRequiredService<HubDatabase>());
        services.AddSingleton<DatabaseSignals>().AddHostedService(provider => provider.GetRequiredService<DatabaseSignals>());
        services.AddSingleton<EventStore>().AddSingleton<EventFeeds>().AddSingleton<AuthorizationChanges>();
        services.AddSingleton<JobStore>().AddHostedService<JobRunner>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestDrain);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HubJson.Default));
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = problem =>
            problem.ProblemDetails.Extensions["traceId"] = Correlation.IdOf(problem.HttpContext));
        services.AddExceptionHandler<UnhandledExceptions>();
        services.AddHubOpenApi();
        services.AddRequestLimits(options);
        services.AddSingleton<IdempotencyStore>().AddSingleton<IdempotencyKeys>();
        services.AddSingleton<MetricsText>().AddHostedService<Telemetry>();
        services.AddHubAuth();
        return builder;
    }

    public static WebApplication UseHubPlatform(this WebApplication app)
    {
        app.UseCorrelation();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => UnhandledExceptions.DescribeStatusAsync(context.HttpContext));
        app.UseWebView();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAntiForgery();
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<IdempotencyKeys>().InvokeAsync);
        app.MapHealth();
        // Counts from the start, not from the first time that somebody reads it.
        app.Services.GetRequiredService<MetricsText>();
        app.MapMetrics();
        app.MapOpenApi(HubRoutes.OpenApi).AllowAnonymous();
        app.MapWebView();
        return app;
    }
}
