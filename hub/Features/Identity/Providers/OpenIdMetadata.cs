using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>Where a provider's endpoints are, and the keys that it signs with.</summary>
public sealed record OpenIdMetadata(string Issuer, string AuthorizationEndpoint, string TokenEndpoint, string? UserInfoEndpoint, IReadOnlyList<SecurityKey> Keys);

/// <summary>Asks a provider for its metadata, and remembers the answer for a while.</summary>
public sealed class OpenIdDiscovery(string authority) : IDisposable
{
    static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Tokens signed with an unknown key make the hub ask again, but not as often as somebody likes to send them.</summary>
    static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim turn = new(1);
    OpenIdMetadata? known;
    DateTimeOffset askedAt;

    /// <param name="key">The id of a key that has to be there; null for none in particular.</param>
    public async Task<OpenIdMetadata> GetAsync(HttpClient client, string? key, DateTimeOffset now, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var lacks = key is not null && known?.Keys.Any(each => each.KeyId == key) is false;
            if (known is not null && now - askedAt < (lacks ? Least : Kept)) return known;
            known = await AskAsync(client, ct);
            askedAt = now;
            return known;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    async Task<OpenIdMetadata> AskAsync(HttpClient client, CancellationToken ct)
    {
        var issuer = authority.TrimEnd('/');
        using var document = JsonDocument.Parse(await client.GetStringAsync($"{issuer}/.well-known/openid-configuration", ct));
        var root = document.RootElement;
        if (Text(root, "issuer") is not { } said || said.TrimEnd('/') != issuer) throw new AuthenticationFailureException("The provider's metadata name another issuer.");
        var keys = new JsonWebKeySet(await client.GetStringAsync(Needed(root, "jwks_uri"), ct));
        return new OpenIdMetadata(
            said, Needed(root, "authorization_endpoint"), Needed(root, "token_endpoint"), Text(root, "userinfo_endpoint"), [.. keys.GetSigningKeys()]);
    }

    static string Needed(JsonElement root, string name) =>
        Text(root, name) ?? throw new AuthenticationFailureException($"The provider's metadata have no {name}.");

    static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
