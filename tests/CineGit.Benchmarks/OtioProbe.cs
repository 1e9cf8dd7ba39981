#pragma warning disable RS0030 // The library that is measured against is not .NET; a program of its own runs it.
using System.Diagnostics;
using System.Globalization;

namespace CineGit.Benchmarks;

/// <summary>
/// OpenTimelineIO's C++ library on the same file in the same run. The program is built by hand where that can be done:
/// <c>PROGRAM read-write IN OUT ROUNDS</c> prints the CPU milliseconds of a read and of a write, and its peak in kilobytes.
/// </summary>
sealed record OtioProbe(double ReadMs, double WriteMs, double PeakBytes)
{
    public static OtioProbe Of(string program, byte[] file, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("cinegit-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "reel.otio");
            File.WriteAllBytes(path, file);
            string[] arguments = ["read-write", path, path + ".out", rounds.ToString(CultureInfo.InvariantCulture)];
            using var child = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
                ?? throw new InvalidOperationException($"{program} could not be started");
            var printed = child.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            child.WaitForExit();
            if (child.ExitCode != 0 || printed.Length < 3) throw new InvalidOperationException($"{program} ended with {child.ExitCode}");
            var figures = printed.Take(3).Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
            return new(figures[0], figures[1], figures[2] * 1024);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
