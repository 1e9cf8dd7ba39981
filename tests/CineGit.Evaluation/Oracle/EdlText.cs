using System.Globalization;
using System.Text;

namespace CineGit.Evaluation.Oracle;

/// <summary>A cut as a CMX 3600 edit decision list: picture and two channels of sound, cuts and dissolves.</summary>
static class EdlText
{
    const int Rate = 24;
    const long StartFrame = 3600 * Rate;

    /// <summary>One line of source on one or more channels. A dissolve begins where the event does.</summary>
    sealed record Event(string Channels, Shot Shot, long Start, long End, Shot? From, long Dissolve)
    {
        public long Source => Shot.Source + Start - Shot.Start;
    }

    public static byte[] Of(Cut cut)
    {
        var text = new StringBuilder("TITLE: reel 1\nFCM: NON-DROP FRAME\n\n");
        var number = 0;
        foreach (var e in Events(cut).OrderBy(e => e.Start).ThenBy(e => e.Channels, StringComparer.Ordinal)) Write(text, ++number, e);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static List<Event> Events(Cut cut)
    {
        var (picture, first, second) = (cut.Rows[0], cut.Rows[2], cut.Rows[3]);
        List<Event> events = [];
        HashSet<Shot> together = [];
        foreach (var shot in picture.Shots)
        {
            var (one, other) = (SoundOf(first, shot), SoundOf(second, shot));
            var isWhole = one is not null && other is not null && !picture.HasBlend(shot);
            if (isWhole) together.UnionWith([one!, other!]);
            events.Add(OfPicture(picture, shot, isWhole ? "AA/V" : "V"));
        }

        foreach (var (row, channel) in (ReadOnlySpan<(Row, string)>)[(first, "A"), (second, "A2")])
            events.AddRange(row.Shots.Where(s => !together.Contains(s)).Select(s => new Event(channel, s, s.Start, s.End, null, 0)));
        return events;
    }

    static Shot? SoundOf(Row row, Shot picture) => picture.Link is null
        ? null
        : row.Shots.Find(s => (s.Link, s.Start, s.Length, s.Source, s.Media, s.Name) == (picture.Link, picture.Start, picture.Length, picture.Source, picture.Media, picture.Name));

    static Event OfPicture(Row row, Shot shot, string channels)
    {
        var into = row.Blends.Find(b => b.Right == shot.Uid);
        var outOf = row.Blends.Find(b => b.Left == shot.Uid);
        var from = into is null ? null : row.Shots.Find(s => s.Uid == into.Left);
        return new(channels, shot, shot.Start - (into?.In ?? 0), shot.End - (outOf?.In ?? 0), from, into is null ? 0 : into.In + into.Out);
    }

    static void Write(StringBuilder text, int number, Event e)
    {
        if (e.From is { } from) Line(text, number, from, e.Channels, "C    ", from.Source + e.Start - from.Start, 0, e.Start);
        Line(text, number, e.Shot, e.Channels, e.From is null ? "C    " : string.Create(CultureInfo.InvariantCulture, $"D {e.Dissolve:D3}"), e.Source, e.End - e.Start, e.Start);
        if (e.From is { } outgoing) text.Append(CultureInfo.InvariantCulture, $"* FROM CLIP NAME: {outgoing.Name}\n* TO CLIP NAME: {e.Shot.Name}\n");
        else text.Append(CultureInfo.InvariantCulture, $"* FROM CLIP NAME: {e.Shot.Name}\n");
    }

    static void Line(StringBuilder text, int number, Shot shot, string channels, string transition, long source, long length, long record) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"{number:D3}  {Reel(shot.Media),-8} {channels,-5} {transition}    {Timecode(source)} {Timecode(source + length)} {Timecode(StartFrame + record)} {Timecode(StartFrame + record + length)}\n");

    /// <summary>Eight letters and digits are what the format has room for.</summary>
    static string Reel(string media) => string.Concat(Path.GetFileNameWithoutExtension(media).Where(char.IsAsciiLetterOrDigit).Take(8)).ToUpperInvariant();

    static string Timecode(long frames) => string.Create(
        CultureInfo.InvariantCulture, $"{frames / (Rate * 3600):D2}:{frames / (Rate * 60) % 60:D2}:{frames / Rate % 60:D2}:{frames % Rate:D2}");
}
