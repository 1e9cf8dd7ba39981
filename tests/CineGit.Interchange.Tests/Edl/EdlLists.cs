using System.Globalization;
using System.Text;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>Lists to try things on.</summary>
static class EdlLists
{
    public static IEnumerable<byte[]> OfCases()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var cases = Path.Combine(folder.FullName, "tests", "corpus", "edl");
            if (Directory.Exists(cases)) return Directory.EnumerateFiles(cases, "input.edl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
        }

        return [];
    }

    /// <summary>Seeded lists with cuts, dissolves, wipes, retimes, markers, colours and comments, on one track and on several.</summary>
    public static IEnumerable<byte[]> Generated(int count) => Enumerable.Range(0, count).Select(seed => Encoding.UTF8.GetBytes(Generate(new Random(seed), 12 + (seed * 5))));

    /// <summary>One picture track of plain cuts, each of its own source.</summary>
    public static byte[] Cuts(int events)
    {
        var random = new Random(events);
        var text = new StringBuilder("TITLE: CUTS\r\nFCM: NON-DROP FRAME\r\n");
        var record = 86_400;
        for (var i = 1; i <= events; i++)
        {
            var (start, length) = (86_400 + random.Next(0, 80_000), random.Next(12, 96));
            text.Append(CultureInfo.InvariantCulture, $"{i:D6}  A{random.Next(1, 99):D3}C{random.Next(1, 99):D3} V     C        {Code(start)} {Code(start + length)} {Code(record)} {Code(record + length)}\r\n* FROM CLIP NAME:  SC{i:D5}\r\n");
            record += length;
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    static string Generate(Random random, int events)
    {
        var end = random.Next(2) == 0 ? "\r\n" : "\n";
        var channels = random.Next(3) switch { 0 => new[] { "V" }, 1 => ["V", "AA/V", "B"], _ => ["V", "A", "A2", "AA"] };
        var isSpaced = random.Next(2) == 0;
        var text = new StringBuilder($"TITLE: CUT {events}{end}FCM: NON-DROP FRAME{end}");
        var record = 86_400;
        for (var i = 1; i <= events; i++)
        {
            var (start, length, reel) = (random.Next(0, 9000), random.Next(20, 90), $"R{random.Next(1, 9):D2}");
            var channel = channels[random.Next(channels.Length)];
            var isTransition = i > 1 && random.Next(5) == 0;
            if (isTransition)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i:D3}  R99      {channel,-5} C        {Code(100)} {Code(100)} {Code(record)} {Code(record)}{end}");
                text.Append(CultureInfo.InvariantCulture, $"{i:D3}  {reel,-8} {channel,-5} {(random.Next(2) == 0 ? "D   " : "W001")} 012 ");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{i:D3}  {reel,-8} {channel,-5} C        ");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Code(start)} {Code(start + length)} {Code(record)} {Code(record + length)}{end}");
            if (isTransition) text.Append(CultureInfo.InvariantCulture, $"* FROM CLIP NAME: OLD {i}{end}* TO CLIP NAME:   SHOT {i}{end}");
            else if (random.Next(4) > 0) text.Append(CultureInfo.InvariantCulture, $"* FROM CLIP NAME:   SHOT {i}{end}");
            if (random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"* SOMETHING   {i}{end}");
            if (random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"*LOC: {Code(record + 3)}   GREEN  LOOK {i}{end}");
            if (random.Next(4) == 0) text.Append(CultureInfo.InvariantCulture, $"*ASC_SOP (1.1 1.0 0.9)(0.0 -0.01 0.02)(1 1 1){end}* ASC_SAT 0.9{end}");
            if (random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"* SOURCE FILE: {reel}_{i}.MOV{end}");
            if (isSpaced) text.Append(end);
            record += length;
        }

        return text.ToString();
    }

    public static string Code(long frames) => Timecode.Format(frames, FrameRate.Fps24, false);
}
