using System.Text;

namespace CineGit.Contracts.Hub;

/// <summary>
/// What a bay signs to show that it still has the key it was paired with: ECDSA over P-256 and SHA-256, the signature as r and s in
/// 64 bytes, base64url. Codes and refresh tokens open once, so a signature that is overheard opens nothing.
/// </summary>
public static class MachineProof
{
    /// <summary>For <see cref="DeviceTokenRequest"/>.</summary>
    public static byte[] OfPairing(string deviceCode) => Encoding.UTF8.GetBytes("cinegit pairing\n" + deviceCode);

    /// <summary>For <see cref="RefreshRequest"/>.</summary>
    public static byte[] OfRefresh(string refreshToken) => Encoding.UTF8.GetBytes("cinegit refresh\n" + refreshToken);
}
