#pragma warning disable RS0030 // CPU time of this process and of finished children can only be read from Process.
using System.Diagnostics;

namespace CineGit.Benchmarks;

/// <summary>CPU time of this process: steadier than wall time on a shared machine.</summary>
static class CpuClock
{
    /// <summary>The median CPU milliseconds of one call, after warming up.</summary>
    public static double Median(int rounds, Action work)
    {
        for (var i = 0; i < 3; i++) work();
        using var self = Process.GetCurrentProcess();
        var samples = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            self.Refresh();
            var before = self.UserProcessorTime + self.PrivilegedProcessorTime;
            work();
            self.Refresh();
            samples[i] = (self.UserProcessorTime + self.PrivilegedProcessorTime - before).TotalMilliseconds;
        }

        Array.Sort(samples);
        return samples[rounds / 2];
    }

    /// <summary>The median CPU milliseconds of a whole program.</summary>
    public static double MedianOfProgram(int rounds, string program, params IReadOnlyList<string> arguments)
    {
        var samples = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            using var child = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
                ?? throw new InvalidOperationException($"{program} could not be started");
            child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            samples[i] = (child.UserProcessorTime + child.PrivilegedProcessorTime).TotalMilliseconds;
        }

        Array.Sort(samples);
        return samples[rounds / 2];
    }
}
