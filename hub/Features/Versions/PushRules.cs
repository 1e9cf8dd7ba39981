using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;

namespace CineGit.Hub.Features.Versions;

/// <summary>A version of a push with the id that its content gives it.</summary>
public sealed record PushedVersion(string Id, VersionRecord Record);

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
        if (request.ExpectedHead is { } head && !IsHash(head)) return $"expectedHead '{head}' is not 64 hexadecimal digits.";
        if (request.Versions is null || request.Versions.Count == 0) return "versions is empty; name at least the version to push.";
        if (request.Versions.Count > MostVersions)
        {
            return $"versions has {request.Versions.Count} entries; push at most {MostVersions} at a time, oldest first.";
        }

        for (var i = 0; i < request.Versions.Count; i++)
        {
            if (WhyNot(request.Versions[i]) is { } why) return $"versions[{i}]: {why}";
        }

        return null;
    }

    /// <summary>The versions with their ids, moments at the precision that the ids cover.</summary>
    public static ImmutableArray<PushedVersion> Identify(PushRequest request) =>
        [.. request.Versions.Select(Normalize).Select(record => new PushedVersion(VersionIdentity.IdOf(record), record))];

    /// <summary>A version that leads nowhere would be kept and never be seen; the id of one such, or null.</summary>
    public static string? Stray(ImmutableArray<PushedVersion> versions)
    {
        var leading = new HashSet<string>(StringComparer.Ordinal) { versions[^1].Id };
        for (var i = versions.Length - 1; i >= 0; i--)
        {
            if (!leading.Contains(versions[i].Id)) return versions[i].Id;
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
