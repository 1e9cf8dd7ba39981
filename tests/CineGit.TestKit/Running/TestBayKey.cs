using System.Buffers.Text;
using System.Security.Cryptography;

namespace CineGit.TestKit.Running;

/// <summary>A machine's key, for tests that speak to the hub without an agent.</summary>
public sealed class TestBayKey : IDisposable
{
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] PublicBytes => key.ExportSubjectPublicKeyInfo();

    public string PublicHalf => Convert.ToBase64String(PublicBytes);

    public string Sign(byte[] message) =>
        Base64Url.EncodeToString(key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public void Dispose() => key.Dispose();
}
