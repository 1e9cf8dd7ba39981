using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>A provider's proof that waits for the person's password or code: encrypted, in the hands of the browser, for ten minutes.</summary>
/// <param name="Link">The password is asked for, to link the two; else the code.</param>
public sealed record PendingProof(ProvenIdentity Identity, Guid User, bool Link, DateTimeOffset Until);

public sealed class PendingProofs(IDataProtectionProvider protection, TimeProvider time)
{
    const int Longest = 8_000;

    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    readonly IDataProtector protector = protection.CreateProtector("cinegit.pending-proof");

    public string Write(ProvenIdentity identity, Guid user, bool link) =>
        protector.Protect(JsonSerializer.Serialize(new PendingProof(identity, user, link, time.GetUtcNow() + Lifetime)));

    /// <summary>Null when it is none of this hub's, or too old.</summary>
    public PendingProof? Read(string? text)
    {
        if (text is not { Length: > 0 and < Longest }) return null;
        try
        {
            return JsonSerializer.Deserialize<PendingProof>(protector.Unprotect(text)) is { } proof && proof.Until > time.GetUtcNow() ? proof : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
