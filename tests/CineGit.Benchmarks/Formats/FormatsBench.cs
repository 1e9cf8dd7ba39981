using System.Globalization;
using CineGit.Interchange;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks.Formats;

/// <summary>One size of one format: a file to read, and a later version of it to write.</summary>
/// <param name="Name">The format and the size, <c>edl, 5,000 events</c>.</param>
/// <param name="Edit">One change, as a person would make it between two writes.</param>
/// <param name="OtioReadMs">What OpenTimelineIO's adapter needs for a file of this size; null where that was not measured.</param>
/// <param name="OtioWriteMs">As <paramref name="OtioReadMs"/>, for writing.</param>
sealed record FormatFile(
    string Name, ITimelineFormat Format, byte[] Bytes, ReadOptions Options, Func<OtioDocument, OtioDocument> Edit,
    int Rounds, double? ReadTarget, double? WriteTarget, double? OtioReadMs, double? OtioWriteMs);

/// <summary>Reading and writing the text formats, against OpenTimelineIO's adapters for them.</summary>
static class FormatsBench
{
    const double Megabyte = 1_000_000;
    const string Adapter = "OpenTimelineIO adapter";
    const int WarmUpCalls = 40;

    public static IEnumerable<Figure> Run(bool quick)
    {
        FormatFile[] files = [.. EdlBench.Files(quick), .. Fcp7XmlBench.Files(quick), .. FcpxmlBench.Files(quick)];
        foreach (var file in files) WarmUp(file);
        return files.SelectMany(Measure);
    }

    /// <summary>Until the runtime has compiled for good what is measured.</summary>
    static void WarmUp(FormatFile file)
    {
        for (var i = 0; i < Math.Max(1, WarmUpCalls * 1_000_000 / Math.Max(1_000_000, file.Bytes.Length)); i++)
        {
            var document = Read(file);
            Write(file, document, WriteOptions.Alone);
            Write(file, file.Edit(document), new(file.Bytes));
        }
    }

    static IEnumerable<Figure> Measure(FormatFile file)
    {
        var document = Read(file);
        var edited = file.Edit(document);
        var size = file.Bytes.Length / Megabyte;
        var label = string.Create(CultureInfo.InvariantCulture, $"{file.Name}, {size:F1} MB");
        var read = CpuClock.Median(file.Rounds, () => Read(file));
        var write = CpuClock.Median(file.Rounds, () => Write(file, document, WriteOptions.Alone));
        var patch = CpuClock.Median(file.Rounds, () => Write(file, edited, new(file.Bytes)));
        yield return new($"read {label}", read, "ms", file.ReadTarget, file.OtioReadMs, Adapter);
        yield return new("  per second", size / read * 1000, "MB/s", null, null, "");
        yield return new($"write {label}", write, "ms", file.WriteTarget, file.OtioWriteMs, Adapter);
        yield return new("  per second", size / write * 1000, "MB/s", null, null, "");
        yield return new("  one edit, into the file it came from", patch, "ms", null, file.OtioReadMs + file.OtioWriteMs, Adapter + ", read and write");
    }

    static OtioDocument Read(FormatFile file)
    {
        using var stream = new MemoryStream(file.Bytes, writable: false);
        return file.Format.Read(stream, file.Options).Document;
    }

    static void Write(FormatFile file, OtioDocument document, WriteOptions options)
    {
        using var stream = new MemoryStream(file.Bytes.Length + 4096);
        file.Format.Write(document, stream, options);
    }
}
