using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CineGit.Hub.Features.Versions;

namespace CineGit.Hub.Features.Branches;

/// <summary>
/// Where a history goes on: the versions known to come, none of which was shown. A head that moves between two pages
/// changes nothing about the pages that follow.
/// </summary>
public static class HistoryCursor
{
    const char Separator = '.';
    const int HashBytes = 32;

    /// <returns>Null when everything was shown.</returns>
    public static string? After(IReadOnlyCollection<string> pending, ImmutableArray<StoredVersion> page)
    {
        var next = AncestryStore.StillToCome(pending, page);
        return next.Length == 0
            ? null
            : string.Join(Separator, next.Select(id => Base64Url.EncodeToString(Convert.FromHexString(id))));
    }

    public static bool TryParse(string cursor, [NotNullWhen(true)] out string[]? pending)
    {
        pending = null;
        var parts = cursor.Split(Separator);
        var ids = new string[parts.Length];
        Span<byte> hash = stackalloc byte[HashBytes];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!Base64Url.IsValid(parts[i], out var length) || length != HashBytes) return false;
            Base64Url.DecodeFromChars(parts[i], hash);
            ids[i] = Convert.ToHexStringLower(hash);
        }

        pending = ids;
        return true;
    }
}
