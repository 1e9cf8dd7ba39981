using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace CineGit.Hub.Features.Identity.Providers;

public static class ProviderFeature
{
    /// <summary>Long enough to sign in elsewhere, with a second factor and a lost telephone.</summary>
    static readonly TimeSpan LongestAway = TimeSpan.FromMinutes(15);

    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        var providers = SignInProviders.Read(configuration);
        services.AddSingleton(providers).AddSingleton<ExternalSignInStore>().AddSingleton<PendingProofs>();
        services.AddScoped<ProviderEntry>().AddScoped<ProviderCallback>().AddScoped<ProviderFinish>();
        var authentication = new AuthenticationBuilder(services);
        foreach (var provider in providers.All)
        {
            authentication.AddOAuth<OpenIdOptions, OpenIdHandler>(provider.Scheme, provider.ShownAs, options => Configure(options, provider));
        }

        return services;
    }

    static void Configure(OpenIdOptions options, SignInProvider provider)
    {
        options.Provider = provider;
        options.Discovery = new OpenIdDiscovery(provider.Authority);
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.CallbackPath = string.Create(CultureInfo.InvariantCulture, $"/sign-in/from/{provider.Name}");
        options.UsePkce = true;
        options.Scope.Add("openid");
        options.Scope.Add("email");
        options.Scope.Add("profile");
        options.RemoteAuthenticationTimeout = LongestAway;
        options.BackchannelTimeout = LongestAnswer;
        // The way back is a navigation from another site, which carries no strict cookies; Lax ones it does.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.Events = ProviderCallback.Events(provider);
    }
}
