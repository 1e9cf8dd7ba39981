#pragma warning disable RS0030 // CPU time of this process can only be read from Process, and git is started beside it.
using System.Diagnostics;
using System.Globalization;

namespace CineGit.Benchmarks;

/// <summary>CPU time of this process: steadier than wall time on a shared machine.</summary>
static class CpuClock
{
    /// <summary>The median CPU milliseconds of one call, after warming up.</summary>
    public static double Median(int rounds, Action work) => Median(rounds, () => work, run => run());

    /// <summary>As above; what makes each round's input is not measured.</summary>
    public static double Median<T>(int rounds, Func<T> prepare, Action<T> work)
    {
        for (var i = 0; i < 3; i++) work(prepare());
        using var self = Process.GetCurrentProcess();
        var samples = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var input = prepare();
            self.Refresh();
            var before = self.UserProcessorTime + self.PrivilegedProcessorTime;
            work(input);
            self.Refresh();
            samples[i] = (self.UserProcessorTime + self.PrivilegedProcessorTime - before).TotalMilliseconds;
        }

        Array.Sort(samples);
        return samples[rounds / 2];
    }

    /// <summary>The median CPU milliseconds of a whole program, as bash's own <c>time</c> counts them.</summary>
    public static double MedianOfProgram(int rounds, string program, params IReadOnlyList<string> arguments)
    {
        const string script = "TIMEFORMAT='%U %S'; time \"$0\" \"$@\" >/dev/null 2>&1; true";
        var samples = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            using var child = Process.Start(new ProcessStartInfo("bash", ["-c", script, program, .. arguments]) { RedirectStandardError = true })
                ?? throw new InvalidOperationException("bash could not be started");
            var seconds = child.StandardError.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
            child.WaitForExit();
            samples[i] = seconds.Sum(s => double.Parse(s, CultureInfo.InvariantCulture)) * 1000;
        }

        Array.Sort(samples);
        return samples[rounds / 2];
    }
}
