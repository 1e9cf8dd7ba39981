using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CineGit.Hub.Platform.Auth;

/// <summary>Random values that let somebody in. The hub keeps their SHA-256 only, so its database opens nothing.</summary>
public static class Secret
{
    /// <summary>256 random bits as 43 characters that need no escaping in an address.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
