using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CineGit.Hub.Tests.Identity;

/// <summary>A provider of the tests' own: discovery, authorization with PKCE, token, keys and user information. RS256.</summary>
public sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "cinegit";
    public const string ClientSecret = "the client's secret";

    const string KeyId = "k1";

    readonly WebApplication app;
    readonly RSA key = RSA.Create(2048);
    readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> codes = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> subjects = new(StringComparer.Ordinal);

    TestProvider(WebApplication app) => this.app = app;

    public string Authority => app.Urls.First();

    /// <summary>Who is in front of the browser, as the provider knows them.</summary>
    public Dictionary<string, object> Person { get; set; } = [];

    /// <summary>What the provider does to an identity token before it signs it.</summary>
    public Action<Dictionary<string, object>> Twist { get; set; } = _ => { };

    /// <summary>Somebody else's key, to sign with; null for the provider's own.</summary>
    public RSA? ForgedWith { get; set; }

    /// <summary>Claims of the person that only the user information has.</summary>
    public bool TellsByUserInfoOnly { get; set; }

    public int CodesRefused { get; private set; }

    public static async Task<TestProvider> StartAsync(Func<DateTimeOffset> now)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new TestProvider(builder.Build());
        provider.Map(now);
        await provider.app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    void Map(Func<DateTimeOffset> now)
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Authority,
            ["authorization_endpoint"] = Authority + "/authorize",
            ["token_endpoint"] = Authority + "/token",
            ["userinfo_endpoint"] = Authority + "/userinfo",
            ["jwks_uri"] = Authority + "/jwks",
        }));
        app.MapGet("/jwks", () =>
        {
            var open = key.ExportParameters(false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Encode(open.Modulus ?? []), e = Encode(open.Exponent ?? []) } } });
        });
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", async (HttpRequest request) => Token(await request.ReadFormAsync(), now()));
        app.MapGet("/userinfo", (HttpRequest request) =>
            subjects.ContainsKey(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)) ? Results.Json(Person) : Results.Unauthorized());
    }

    IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256") return Results.BadRequest();
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        codes[code] = (query["code_challenge"].ToString(), query["nonce"].ToString(), query["redirect_uri"].ToString());
        return Results.Redirect(QueryHelpers.AddQueryString(
            query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    IResult Token(IFormCollection form, DateTimeOffset now)
    {
        var proof = Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret
            || !codes.TryRemove(form["code"].ToString(), out var asked) || asked.Challenge != proof || asked.Redirect != form["redirect_uri"])
        {
            CodesRefused++;
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var claims = new Dictionary<string, object>(TellsByUserInfoOnly ? new() { ["sub"] = Person["sub"] } : Person)
        {
            ["iss"] = Authority,
            ["aud"] = ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["nonce"] = asked.Nonce,
        };
        Twist(claims);
        var access = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        subjects[access] = "";
        return Results.Json(new { access_token = access, token_type = "Bearer", expires_in = 300, id_token = Sign(claims) });
    }

    string Sign(Dictionary<string, object> claims)
    {
        var signed = Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", kid = KeyId, typ = "JWT" })) + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        return signed + "." + Encode((ForgedWith ?? key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
