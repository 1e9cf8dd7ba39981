using System.Buffers.Text;
using System.Security.Cryptography;

namespace CineGit.Hub.Features.Identity;

/// <summary>The public half of the key that a bay was paired with.</summary>
public static class MachineKey
{
    const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>A P-256 key as it is kept, from base64 of its SubjectPublicKeyInfo; null when it is no such key.</summary>
    public static byte[]? Read(string? encoded)
    {
        if (encoded is not { Length: > 0 and < 1000 }) return null;
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(encoded), out _);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256 ? key.ExportSubjectPublicKeyInfo() : null;
        }
        catch (Exception notAKey) when (notAKey is FormatException or CryptographicException)
        {
            return null;
        }
    }

    public static bool Signed(byte[] publicKey, byte[] message, string? proof)
    {
        const int length = 64;
        if (proof is null || !Base64Url.IsValid(proof, out var decoded) || decoded != length) return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(message, Base64Url.DecodeFromChars(proof), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
