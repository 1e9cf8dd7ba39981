using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>Somebody else who says who people are: section <c>SignIn:Providers:{name}</c> of the configuration (OpenID Connect).</summary>
public sealed record SignInProvider
{
    public const string Section = "SignIn:Providers";

    /// <summary>Part of addresses, such as <c>studio</c>; never changed, because people's ways in are kept under it.</summary>
    public string Name { get; init; } = "";

    /// <summary>On the button; the name when it is not given.</summary>
    public string? Title { get; init; }

    /// <summary>The issuer; its <c>/.well-known/openid-configuration</c> says the rest.</summary>
    public string Authority { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>Only people with a verified address there come in; empty for any address.</summary>
    public ImmutableArray<string> Domains { get; init; } = [];

    /// <summary>Ids of organizations, to one of which a person must belong; empty for any.</summary>
    public ImmutableArray<Guid> Organizations { get; init; } = [];

    /// <summary>The id of the organization that people of <see cref="Domains"/> join when they come for the first time; null when only an invitation makes accounts.</summary>
    public Guid? JoinOrganization { get; init; }

    /// <summary>The role with which they join.</summary>
    public string? JoinRole { get; init; }

    /// <summary>When the provider says that it asked for a second factor, the hub does not ask for its own.</summary>
    public bool TrustsSecondFactor { get; init; }

    public string Scheme => "provider " + Name;

    public string ShownAs => Title ?? Name;

    public bool Admits(string? email) =>
        Domains.IsEmpty || (email is not null && Domains.Contains(email[(email.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase));
}

/// <summary>The providers of this hub's configuration.</summary>
public sealed partial class SignInProviders(ImmutableArray<SignInProvider> all)
{
    public ImmutableArray<SignInProvider> All => all;

    /// <exception cref="HubStartException">One of them cannot be used.</exception>
    public static SignInProviders Read(IConfiguration configuration)
    {
        ImmutableArray<SignInProvider> all =
            [.. configuration.GetSection(SignInProvider.Section).GetChildren().Select(section => Read(section) with { Name = section.Key })];
        var faults = all.Select(provider => (provider.Name, Why: WhyNot(provider))).Where(fault => fault.Why is not null).ToList();
        return faults.Count == 0
            ? new SignInProviders(all)
            : throw new HubStartException($"{SignInProvider.Section}:{faults[0].Name} cannot be used: {faults[0].Why}");
    }

    public SignInProvider? Find(string name) => all.FirstOrDefault(provider => provider.Name == name);

    static SignInProvider Read(IConfigurationSection section) => (section.Get<SignInProvider>() ?? new SignInProvider()) with
    {
        Domains = [.. section.GetSection(nameof(SignInProvider.Domains)).Get<string[]>() ?? []],
        Organizations = [.. section.GetSection(nameof(SignInProvider.Organizations)).Get<Guid[]>() ?? []],
    };

    static string? WhyNot(SignInProvider provider)
    {
        if (!Slug().IsMatch(provider.Name)) return "its name must be made of a-z, 0-9 and hyphens.";
        if (!Uri.TryCreate(provider.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
        {
            return "Authority must be an https address.";
        }

        if (provider.ClientId.Length == 0 || provider.ClientSecret.Length == 0) return "ClientId or ClientSecret is missing.";
        if (provider.JoinOrganization is null != provider.JoinRole is null) return "give JoinOrganization and JoinRole, or neither.";
        return provider.JoinOrganization is not null && provider.Domains.IsEmpty
            ? "JoinOrganization without Domains would let in everybody whom the provider knows."
            : null;
    }

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9])*$")]
    private static partial Regex Slug();
}
