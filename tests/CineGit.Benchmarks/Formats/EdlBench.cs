using System.Globalization;
using System.Text;
using CineGit.Interchange.Edl;
using CineGit.Timeline.Time;

namespace CineGit.Benchmarks.Formats;

/// <summary>Lists of one picture track with names, files and a marker on every fifth event.</summary>
static class EdlBench
{
    const double Target = 20;

    public static IEnumerable<FormatFile> Files(bool quick)
    {
        if (quick) return [Of(500, 5, null, null, null)];
        return [Of(500, 25, null, null, null), Of(5_000, 25, Target, 613, 4_485), Of(50_000, 7, null, null, null)];
    }

    static FormatFile Of(int events, int rounds, double? target, double? otioReadMs, double? otioWriteMs) => new(
        string.Create(CultureInfo.InvariantCulture, $"edl, {events:N0} events"),
        new EdlFormat(), List(events), new(FrameRate.Fps24, "list.edl"), Trimmed.InTheMiddle,
        rounds, target, target, otioReadMs, otioWriteMs);

    static byte[] List(int events)
    {
        var random = new Random(20261121);
        var text = new StringBuilder("TITLE: REEL 1\r\nFCM: NON-DROP FRAME\r\n");
        var record = 86_400;
        for (var i = 0; i < events; i++)
        {
            var (start, length) = (random.Next(0, 80_000), random.Next(12, 96));
            var reel = $"A{random.Next(1, 99):D3}C{random.Next(1, 99):D3}";
            text.Append(CultureInfo.InvariantCulture, $"{i + 1:D6}  {reel,-8} V     C        {Code(start)} {Code(start + length)} {Code(record)} {Code(record + length)}\r\n");
            text.Append(CultureInfo.InvariantCulture, $"* FROM CLIP NAME:  SC{i:D5}_SHOT_T{random.Next(1, 9)}\r\n* SOURCE FILE: {reel}_261121_R1BC.MXF\r\n");
            if (i % 5 == 0) text.Append(CultureInfo.InvariantCulture, $"* LOC: {Code(record + 4)} RED     CHECK FOCUS {i}\r\n");
            if (i % 2 == 0) text.Append(CultureInfo.InvariantCulture, $"* ASC_SOP (1.0{i % 90:D2}0 1.0100 0.9900)(-0.0100 0.0000 0.0200)(1.0000 1.0000 1.0000)\r\n");
            record += length;
        }

        return Encoding.ASCII.GetBytes(text.ToString());

        static string Code(int frames) => Timecode.Format(frames, FrameRate.Fps24, false);
    }
}
