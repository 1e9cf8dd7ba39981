using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CineGit.Contracts.Hub;

/// <summary>The one rule for version ids, so that hub and agent agree.</summary>
public static class VersionIdentity
{
    /// <summary>
    /// SHA-256, as 64 hexadecimal digits, over length-prefixed UTF-8 fields in the order of <see cref="VersionRecord"/>;
    /// times as Unix milliseconds.
    /// </summary>
    public static string IdOf(VersionRecord version)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "cinegit-version-2");
        Append(hash, version.Parents.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var parent in version.Parents) Append(hash, parent);
        Append(hash, version.Cut);
        Append(hash, version.Native ?? "");
        Append(hash, version.NativeName ?? "");
        Append(hash, version.AuthorName);
        Append(hash, version.Message);
        Append(hash, version.CreatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Append(IncrementalHash hash, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(field);
        hash.AppendData(Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(bytes);
    }
}
