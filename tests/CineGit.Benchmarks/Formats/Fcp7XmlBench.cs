using System.Globalization;
using CineGit.Interchange.Fcp7Xml;
using CineGit.TestKit;

namespace CineGit.Benchmarks.Formats;

/// <summary>FCP7 XML as Premiere writes it: picture and two channels of sound, filters, markers, links.</summary>
static class Fcp7XmlBench
{
    /// <summary>Items that make a file of 10.9 MB, the size that the others were measured on.</summary>
    const int Usual = 5_630;
    const double Target = 120;

    public static IEnumerable<FormatFile> Files(bool quick)
    {
        if (quick) return [Of(500, 5, null, null, null)];
        return [Of(500, 15, null, null, null), Of(Usual, 9, Target, 2_446, 3_985), Of(50_000, 3, null, null, null)];
    }

    static FormatFile Of(int items, int rounds, double? target, double? otioReadMs, double? otioWriteMs) => new(
        string.Create(CultureInfo.InvariantCulture, $"fcp7xml, {items:N0} items"),
        new Fcp7XmlFormat(), PremiereXml.Make(items), new(null, "reel.xml"), Trimmed.InTheMiddle,
        rounds, target, target, otioReadMs, otioWriteMs);
}
