using System.Globalization;
using System.Text;

namespace CineGit.Interchange.Otio;

/// <summary>Names of files in a bundle's one flat folder: unique on file systems that take A for a, and names on all of them.</summary>
sealed class BundleNames
{
    const string Forbidden = "<>:\"/\\|?*";

    readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What stands after the last folder of a URL or path.</summary>
    public static string Last(string reference)
    {
        var isUrl = reference.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        var name = reference[(reference.LastIndexOfAny(['/', '\\']) + 1)..];
        return isUrl ? Uri.UnescapeDataString(name) : name;
    }

    /// <summary>The name, or with a number when another file has it: <c>A001-2.mov</c>.</summary>
    public string Claim(string wanted)
    {
        var name = Safe(wanted).TrimEnd(' ', '.') is { Length: > 0 } safe ? safe : "media";
        if (_taken.Add(name)) return name;
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var number = 2; ; number++)
        {
            var numbered = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}{extension}");
            if (_taken.Add(numbered)) return numbered;
        }
    }

    /// <summary>A prefix with which none of the names is taken.</summary>
    public string ClaimPrefix(string wanted, IReadOnlyList<string> endings)
    {
        var safe = Safe(wanted);
        var prefix = safe;
        for (var number = 2; endings.Any(e => _taken.Contains(prefix + e)); number++)
        {
            prefix = string.Create(CultureInfo.InvariantCulture, $"{number}-{safe}");
        }

        foreach (var ending in endings) _taken.Add(prefix + ending);
        return prefix;
    }

    static string Safe(string name) => string.Concat(name.EnumerateRunes().Select(r => IsForbidden(r) ? "_" : r.ToString()));

    /// <summary>Half a surrogate pair reads as the replacement character.</summary>
    static bool IsForbidden(Rune rune) =>
        Rune.IsControl(rune) || rune == Rune.ReplacementChar || Forbidden.Contains(rune.ToString(), StringComparison.Ordinal);
}
