#pragma warning disable RS0030 // CPU time of processes can only be read from Process and /proc.
using System.Diagnostics;
using System.Globalization;

namespace CineGit.Benchmarks.Hub;

/// <summary>CPU time so far, in ms, of all that share the machine in a measurement: on a busy one it says more than the clock on the wall.</summary>
/// <param name="Hub">Without its PostgreSQL.</param>
/// <param name="Database">PostgreSQL with all its sessions, those that have ended as well.</param>
/// <param name="Load">This program.</param>
readonly record struct CpuShares(double Hub, double Database, double Load)
{
    /// <summary>The unit of /proc, on all machines of today.</summary>
    const double TicksPerSecond = 100;

    public static CpuShares Of(int hub, int? postmaster)
    {
        using var ours = Process.GetProcessById(hub);
        using var self = Process.GetCurrentProcess();
        return new(
            ours.TotalProcessorTime.TotalMilliseconds,
            postmaster is { } known ? OfFamily(known) : double.NaN,
            self.TotalProcessorTime.TotalMilliseconds);
    }

    public static CpuShares operator -(CpuShares after, CpuShares before) =>
        new(after.Hub - before.Hub, after.Database - before.Database, after.Load - before.Load);

    /// <summary>One figure for each, for one of so many things done.</summary>
    public IEnumerable<Figure> Each(string what, double count, (double Hub, double Database)? most = null)
    {
        yield return new($"{what}, CPU time of the hub", Hub / count, "ms", most?.Hub, null, "");
        yield return new($"{what}, CPU time of PostgreSQL", Database / count, "ms", most?.Database, null, "");
        yield return new($"{what}, CPU time of the load", Load / count, "ms", null, null, "");
    }

    /// <summary>A session that ends is counted by its parent from then on.</summary>
    static double OfFamily(int postmaster)
    {
        if (!OperatingSystem.IsLinux()) return double.NaN;
        var total = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(Path.GetFileName(folder)[0])))
        {
            if (Fields(Path.Combine(folder, "stat")) is not { } fields) continue;
            var isParent = Path.GetFileName(folder) == postmaster.ToString(CultureInfo.InvariantCulture);
            if (isParent) total += fields[13] + fields[14] + fields[15] + fields[16];
            else if (fields[3] == postmaster) total += fields[13] + fields[14];
        }

        return total * 1000 / TicksPerSecond;
    }

    /// <summary>Numbered from 0, as in proc(5) from 1; null when the process has just ended.</summary>
    static long[]? Fields(string stat)
    {
        try
        {
            var text = File.ReadAllText(stat);
            // The name may have spaces.
            var rest = text[(text.LastIndexOf(')') + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return [0, 0, 0, .. rest.Skip(1).Take(15).Select(field => long.Parse(field, CultureInfo.InvariantCulture))];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
