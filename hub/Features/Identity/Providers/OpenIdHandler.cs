using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CineGit.Hub.Features.Identity.Providers;

public sealed class OpenIdOptions : OAuthOptions
{
    public SignInProvider Provider { get; set; } = new();

    public OpenIdDiscovery Discovery { get; set; } = new("");

    /// <summary>The endpoints are asked for when somebody comes, so that a hub starts while a provider is away.</summary>
    public override void Validate() => ArgumentException.ThrowIfNullOrEmpty(ClientId);
}

/// <summary>
/// OpenID Connect over the framework's OAuth handler, which has the code flow, PKCE, state and its cookie. Besides it: metadata,
/// nonce, and the identity token with its signature (OpenID Connect Core 3.1.3.7).
/// </summary>
public sealed class OpenIdHandler(IOptionsMonitor<OpenIdOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<OpenIdOptions>(options, logger, encoder)
{
    const string Nonce = "nonce";
    const int LongestSubject = 255;

    static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
    ];

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await DiscoverAsync(key: null);
        properties.Items[Nonce] = Secret.Create();
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri) =>
        QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), Nonce, properties.Items[Nonce] ?? "");

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        await DiscoverAsync(key: null);
        return await base.ExchangeCodeAsync(context);
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        if (tokens.Response?.RootElement.TryGetProperty("id_token", out var token) is not true || token.GetString() is not { } text)
        {
            throw new AuthenticationFailureException("The provider gave no identity token.");
        }

        var claims = await ValidateAsync(text, properties);
        if (!claims.HasClaim(claim => claim.Type == "email") && tokens.AccessToken is { } access) await AddUserInfoAsync(claims, access);
        identity.AddClaims(ProvenOf(claims).ToClaims());
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    async Task<ClaimsIdentity> ValidateAsync(string token, AuthenticationProperties properties)
    {
        var handler = new JsonWebTokenHandler { MapInboundClaims = false };
        var metadata = await DiscoverAsync(handler.CanReadToken(token) ? handler.ReadJsonWebToken(token).Kid : null);
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = metadata.Issuer,
            ValidAudience = Options.ClientId,
            IssuerSigningKeys = metadata.Keys,
            ValidAlgorithms = Algorithms,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && TimeProvider.GetUtcNow() < new DateTimeOffset(end, TimeSpan.Zero) + Skew,
        });
        if (!result.IsValid) throw new AuthenticationFailureException("The identity token does not hold.", result.Exception);
        var claims = result.ClaimsIdentity;
        if (!properties.Items.TryGetValue(Nonce, out var asked) || asked is null || !AreEqual(claims.FindFirst(Nonce)?.Value, asked))
        {
            throw new AuthenticationFailureException("The identity token answers another request.");
        }

        if (claims.FindFirst("azp") is { Value: var party } && party != Options.ClientId) throw new AuthenticationFailureException("The identity token is for another party.");
        return claims.FindFirst("sub")?.Value is { Length: > 0 and <= LongestSubject }
            ? claims
            : throw new AuthenticationFailureException("The identity token names nobody.");
    }

    /// <summary>Some providers say the address only there.</summary>
    async Task AddUserInfoAsync(ClaimsIdentity claims, string access)
    {
        if ((await DiscoverAsync(key: null)).UserInfoEndpoint is not { } endpoint) return;
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        using var response = await Backchannel.SendAsync(request, Context.RequestAborted);
        response.EnsureSuccessStatusCode();
        using var told = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Context.RequestAborted));
        if (!told.RootElement.TryGetProperty("sub", out var subject) || subject.GetString() != claims.FindFirst("sub")?.Value)
        {
            throw new AuthenticationFailureException("The provider told of somebody else.");
        }

        foreach (var name in (string[])["email", "email_verified", "name"])
        {
            if (told.RootElement.TryGetProperty(name, out var value) && !claims.HasClaim(claim => claim.Type == name)) claims.AddClaim(new Claim(name, value.ToString()));
        }
    }

    ProvenIdentity ProvenOf(ClaimsIdentity claims)
    {
        var email = claims.FindFirst("email")?.Value.Trim();
        var isVerified = string.Equals(claims.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase);
        var name = claims.FindFirst("name")?.Value;
        return new ProvenIdentity(
            Options.Provider.Name,
            claims.FindFirst("sub")?.Value ?? "",
            isVerified && PersonRules.IsEmail(email) ? email : null,
            PersonRules.IsName(name) ? name?.Trim() : null,
            claims.HasClaim(claim => claim is { Type: "amr", Value: "mfa" }));
    }

    async Task<OpenIdMetadata> DiscoverAsync(string? key)
    {
        var metadata = await Options.Discovery.GetAsync(Backchannel, key, TimeProvider.GetUtcNow(), Context.RequestAborted);
        (Options.AuthorizationEndpoint, Options.TokenEndpoint) = (metadata.AuthorizationEndpoint, metadata.TokenEndpoint);
        return metadata;
    }

    static bool AreEqual(string? given, string asked) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(asked));
}
