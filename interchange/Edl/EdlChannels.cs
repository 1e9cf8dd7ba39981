using System.Collections.Immutable;
using System.Globalization;

namespace CineGit.Interchange.Edl;

/// <summary>
/// The tracks an event records on: video 1… and audio 1…; <c>NONE</c> is neither. <c>A</c> is audio 1, <c>AA</c> audio 1 and 2,
/// <c>B</c> picture and audio 1.
/// </summary>
internal sealed record EdlChannels(ImmutableSortedSet<int> Video, ImmutableSortedSet<int> Audio)
{
    public static readonly EdlChannels None = new([], []);

    const int HighestTrack = 99;

    public bool IsNone => Video.IsEmpty && Audio.IsEmpty;

    public int Count => Video.Count + Audio.Count;

    public EdlChannels Union(EdlChannels other) => new(Video.Union(other.Video), Audio.Union(other.Audio));

    public bool Equals(EdlChannels? other) => other is not null && Video.SetEquals(other.Video) && Audio.SetEquals(other.Audio);

    public override int GetHashCode() => HashCode.Combine(Video.Count, Audio.Count);

    public static EdlChannels OfVideo(int track) => new([track], []);

    public static EdlChannels OfAudio(int track) => new([], [track]);

    /// <summary>Reads <c>V</c>, <c>V2</c>, <c>A</c>, <c>A12</c>, <c>AA</c>, <c>AA/V</c>, <c>A2/V</c>, <c>B</c>, <c>NONE</c>….</summary>
    public static bool TryParse(string text, out EdlChannels channels)
    {
        channels = None;
        if (text.Equals("NONE", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var part in text.Split('/', ',', '+'))
        {
            if (!TryParsePart(part.ToUpperInvariant(), ref channels)) return false;
        }

        return true;
    }

    static bool TryParsePart(string part, ref EdlChannels channels)
    {
        if (part.Length == 0) return false;
        var at = 0;
        while (at < part.Length)
        {
            var letter = part[at++];
            var digits = at;
            while (at < part.Length && char.IsAsciiDigit(part[at])) at++;
            var track = 1;
            if (at > digits && (at - digits > 2 || (track = int.Parse(part.AsSpan(digits, at - digits), CultureInfo.InvariantCulture)) is 0)) return false;
            switch (letter)
            {
                case 'V':
                    channels = channels.Union(OfVideo(track));
                    break;
                case 'B' when at == digits:
                    channels = channels.Union(new([1], [1]));
                    break;
                case 'A':
                    // The second bare A of AA is audio 2.
                    if (at == digits && channels.Audio.Contains(1) && track < HighestTrack) track = 2;
                    channels = channels.Union(OfAudio(track));
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>
    /// One event line's channel field and the AUD line it needs for more than two sounds; null when no single event can say
    /// this set (two pictures).
    /// </summary>
    public (string Field, string? Aud)? ToEvent()
    {
        if (IsNone) return ("NONE", null);
        if (Count == 1) return (Video.IsEmpty ? AudioName(Audio[0]) : VideoName(Video[0]), null);
        if (Video.Count > 1) return null;
        var basic = Audio.Where(a => a <= 2).ToArray();
        var sound = basic switch
        {
            [1, 2] => "AA",
            [1] => "A",
            [2] => "A2",
            _ => "",
        };
        // Sounds above 2 ride on an AUD line; without a lower one the first of them is the event's own.
        var riding = Audio.Where(a => a > 2);
        string field;
        if (Video.IsEmpty)
        {
            field = sound.Length > 0 ? sound : AudioName(Audio[0]);
            if (sound.Length == 0) riding = riding.Skip(1);
        }
        else
        {
            var picture = VideoName(Video[0]);
            field = sound.Length == 0 ? picture : sound == "A" && picture == "V" ? "B" : $"{sound}/{picture}";
        }

        var more = string.Join("    ", riding.Select(a => a.ToString(CultureInfo.InvariantCulture)));
        return (field, more.Length == 0 ? null : "AUD  " + more);
    }

    static string VideoName(int track) => track == 1 ? "V" : string.Create(CultureInfo.InvariantCulture, $"V{track}");

    static string AudioName(int track) => track == 1 ? "A" : string.Create(CultureInfo.InvariantCulture, $"A{track}");
}
