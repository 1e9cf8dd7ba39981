using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CineGit.Agent.Platform.LocalState;

namespace CineGit.Agent.Platform.HubClient;

/// <summary>
/// This machine's key for one hub, made when it is paired and readable by its owner only. The hub renews tokens for whoever has both
/// the refresh token and this key.
/// </summary>
internal sealed class BayKey(CineGitHome home, Uri hub)
{
    readonly string _file = home.KeyFile(hub);

    /// <summary>A new pair: base64 of the public half, and the private half to be kept once the hub has let the machine in.</summary>
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string PublicHalf(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    public static string Sign(ECDsa key, byte[] message) =>
        Base64Url.EncodeToString(key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public async Task SaveAsync(ECDsa key, CancellationToken ct)
    {
        CineGitHome.MakePrivateFolder(home.Folder);
        CineGitHome.MakePrivateFolder(Path.GetDirectoryName(_file) ?? home.Folder);
        await AtomicFile.WritePrivateAsync(_file, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()), ct);
    }

    /// <exception cref="NotSignedInException">There is no key here, or none that can be read: the machine has to be paired again.</exception>
    public async Task<string> SignAsync(byte[] message, CancellationToken ct)
    {
        if (!File.Exists(_file)) throw new NotSignedInException(hub);
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(await File.ReadAllTextAsync(_file, ct));
        }
        catch (Exception damaged) when (damaged is ArgumentException or CryptographicException)
        {
            throw new NotSignedInException(hub);
        }

        return Sign(key, message);
    }

    public void Delete() => File.Delete(_file);
}
