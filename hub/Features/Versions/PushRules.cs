using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Hub.Features.Versions;

/// <summary>A version of a push with the id that its content gives it.</summary>
public sealed record PushedVersion(string Id, VersionRecord Record)
{
    public PackId CutPack => PackId.OfCut(VersionHash.Of(Id));

    public PackId NativePack => PackId.OfNative(VersionHash.Of(Id));
}

/// <summary>What a push may say; all that can be judged without the database.</summary>
public static class PushRules
{
    public const int MostVersions = 10_000;
    public const int LongestMessage = 10_000;
    public const int LongestName = 200;
    public const int LongestFileName = 255;

    static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why this push cannot be taken, naming the field; null when it can be looked at further.</summary>
    public static string? WhyNot(PushRequest request)
    {
        if (request.ExpectedHead is { } expected && !IsHash(expected)) return $"expectedHead '{expected}' is not 64 hexadecimal digits.";
        if (request.Head is { } head && !IsHash(head)) return $"head '{head}' is not 64 hexadecimal digits.";
        if (request.Branch is null != request.Head is null) return "branch and head go together; leave out both to store versions only.";
        return request.Branch is null && request.ExpectedHead is not null ? "expectedHead is given without branch." : null;
    }

    /// <summary>Reads all versions with their ids, moments at the precision that the ids cover; else why they cannot be taken.</summary>
    /// <exception cref="InvalidDataException">The versions were cut off or are something else.</exception>
    public static async Task<(ImmutableArray<PushedVersion> Versions, string? WhyNot)> ReadAsync(Stream spool, CancellationToken ct)
    {
        var versions = ImmutableArray.CreateBuilder<PushedVersion>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        spool.Position = 0;
        await foreach (var packed in VersionStream.ReadVersionsAsync(spool, ct))
        {
            if (versions.Count == MostVersions) return ([], $"versions has more than {MostVersions} entries; push fewer at a time, oldest first.");
            if (WhyNot(packed.Version) is { } why) return ([], $"versions[{versions.Count}]: {why}");
            var record = Normalize(packed.Version);
            var id = VersionIdentity.IdOf(record);
            if (!ids.Add(id)) return ([], $"versions[{versions.Count}]: {id} comes a second time.");
            versions.Add(new(id, record));
        }

        return spool.Position == spool.Length ? (versions.ToImmutable(), null) : ([], "Something follows the end of the versions.");
    }

    /// <summary>
    /// A version that does not lead to the branch's new head would be kept and never be seen. Without a branch, a later push
    /// will lead there.
    /// </summary>
    /// <returns>What is wrong; null when all lead there.</returns>
    public static string? Stray(PushRequest request, ImmutableArray<PushedVersion> versions)
    {
        if (request.Head is not { } head) return null;
        var leading = new HashSet<string>(StringComparer.Ordinal) { head };
        for (var i = versions.Length - 1; i >= 0; i--)
        {
            if (!leading.Contains(versions[i].Id)) return $"versions has {versions[i].Id}, which does not lead to the head; push it to its own branch.";
            leading.UnionWith(versions[i].Record.Parents);
        }

        return null;
    }

    public static bool IsHash(string? text) => ContentHash.TryParse(text, out _);

    static VersionRecord Normalize(VersionRecord record) => record with
    {
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(record.CreatedAt.ToUnixTimeMilliseconds()),
    };

    static string? WhyNot(VersionRecord? version)
    {
        if (version is null) return "is null.";
        if (version.Parents is null) return "parents is missing; give an empty list for a first version.";
        if (version.Parents.Count > 2) return $"parents has {version.Parents.Count} entries; a version has none, one or two.";
        if (!version.Parents.All(IsHash)) return "parents has an entry that is not 64 hexadecimal digits.";
        if (version.Parents.Count == 2 && version.Parents[0] == version.Parents[1]) return "parents names one version twice.";
        if (!IsHash(version.Cut)) return $"cut '{version.Cut}' is not 64 hexadecimal digits.";
        if (version.CreatedAt < Earliest || version.CreatedAt > Latest) return $"createdAt {version.CreatedAt:O} is not between 1970 and 2200.";
        return WhyNotNative(version) ?? WhyNotWords(version);
    }

    static string? WhyNotNative(VersionRecord version)
    {
        if (version.Native is null) return version.NativeName is null ? null : "nativeName is given without native.";
        if (!IsHash(version.Native)) return $"native '{version.Native}' is not 64 hexadecimal digits.";
        return version.NativeName switch
        {
            null or "" => "nativeName is missing; give the committed file's name.",
            { Length: > LongestFileName } name => $"nativeName has {name.Length} characters; at most {LongestFileName} are allowed.",
            "." or ".." => $"nativeName '{version.NativeName}' is no file name.",
            var name when name.AsSpan().IndexOfAny('/', '\\') >= 0 => $"nativeName '{name}' has a folder in it; give the file name alone.",
            var name when name.Any(char.IsControl) => "nativeName has a control character.",
            _ => null,
        };
    }

    static string? WhyNotWords(VersionRecord version)
    {
        if (string.IsNullOrWhiteSpace(version.AuthorName)) return "authorName is missing.";
        if (version.AuthorName.Length > LongestName) return $"authorName has {version.AuthorName.Length} characters; at most {LongestName} are allowed.";
        if (version.AuthorName.Any(char.IsControl)) return "authorName has a control character.";
        if (version.Message is null) return "message is missing; it may be empty.";
        if (version.Message.Length > LongestMessage) return $"message has {version.Message.Length} characters; at most {LongestMessage} are allowed.";
        return version.Message.Any(IsUnprintable) ? "message has a control character." : null;
    }

    /// <summary>Control characters that are no part of a text: PostgreSQL cannot even keep NUL.</summary>
    public static bool IsUnprintable(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
