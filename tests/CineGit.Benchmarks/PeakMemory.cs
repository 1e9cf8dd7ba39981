#pragma warning disable RS0030 // A peak is a process's own, so the work is done in a second one.
using System.Diagnostics;
using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks;

/// <summary>What reading a file and writing it again adds to a process at its largest.</summary>
static class PeakMemory
{
    public const string Command = "peak-memory";

    /// <summary>In sizes of the file.</summary>
    public static double OfReadAndWrite(byte[] file)
    {
        var folder = Directory.CreateTempSubdirectory("cinegit-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "reel.otio");
            File.WriteAllBytes(path, file);
            string[] arguments = [typeof(PeakMemory).Assembly.Location, Command, path];
            using var child = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })
                ?? throw new InvalidOperationException("dotnet could not be started");
            var printed = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            if (!File.ReadAllBytes(path + ".out").AsSpan().SequenceEqual(file)) throw new InvalidOperationException("the file was not written as it was read");
            return double.Parse(printed, CultureInfo.InvariantCulture) / file.Length;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>In the second process: the bytes that its peak grew by.</summary>
    public static long Measure(string path)
    {
        var before = Peak();
        var document = OtioReader.Read(File.ReadAllBytes(path), new DiagnosticBag());
        using (var output = File.Create(path + ".out")) OtioWriter.Write(document, output);
        GC.KeepAlive(document);
        return Peak() - before;
    }

    static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
