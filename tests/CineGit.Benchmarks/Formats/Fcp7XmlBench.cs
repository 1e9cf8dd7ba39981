using System.Globalization;
using CineGit.Interchange;
using CineGit.Interchange.Fcp7Xml;
using CineGit.TestKit;

namespace CineGit.Benchmarks.Formats;

/// <summary>FCP7 XML as Premiere writes it: reading, writing from the document alone, writing beside the original.</summary>
static class Fcp7XmlBench
{
    const int SmallFile = 5_000;
    const int LargeFile = 50_000;
    const double Target = 120;

    /// <summary>OpenTimelineIO 0.18.1 with its fcp_xml adapter, CPU, on a file of this size on a quiet machine.</summary>
    const double OtioRead = 2_446;
    const double OtioWrite = 3_985;

    public static IEnumerable<Figure> Run(bool quick)
    {
        foreach (var figure in Of(SmallFile, 9, Target, true)) yield return figure;
        if (quick) yield break;
        foreach (var figure in Of(LargeFile, 3, Target * LargeFile / SmallFile, false)) yield return figure;
    }

    static IEnumerable<Figure> Of(int items, int rounds, double target, bool hasBaseline)
    {
        var format = new Fcp7XmlFormat();
        var bytes = PremiereXml.Make(items);
        var label = string.Create(CultureInfo.InvariantCulture, $"{items:N0} items, {bytes.Length / 1_000_000.0:F1} MB");
        var options = new ReadOptions(null, "reel.xml");
        var document = format.Read(new MemoryStream(bytes), options).Document;
        var read = CpuClock.Median(rounds, () => format.Read(new MemoryStream(bytes), options));
        yield return new($"fcp7xml read ({label})", read, "ms", target, hasBaseline ? OtioRead : null, "OpenTimelineIO");
        var write = CpuClock.Median(rounds, () => format.Write(document, Stream.Null, WriteOptions.Alone));
        yield return new($"fcp7xml write ({label})", write, "ms", target, hasBaseline ? OtioWrite : null, "OpenTimelineIO");
        var weave = CpuClock.Median(rounds, () => format.Write(document, Stream.Null, new WriteOptions(bytes)));
        yield return new($"fcp7xml write beside its original ({label})", weave, "ms", null, null, "");
    }
}
