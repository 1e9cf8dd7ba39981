using System.Globalization;

namespace CineGit.Interchange.Edl;

/// <summary>
/// The tracks an event records on: video 1… and audio 1…, a bit each; <c>NONE</c> is neither. <c>A</c> is audio 1, <c>AA</c>
/// audio 1 and 2, <c>B</c> picture and audio 1.
/// </summary>
internal readonly record struct EdlChannels(UInt128 VideoBits, UInt128 AudioBits)
{
    public static EdlChannels None => default;

    public const int HighestTrack = 99;

    public IEnumerable<int> Video => Tracks(VideoBits);

    public IEnumerable<int> Audio => Tracks(AudioBits);

    public bool IsNone => VideoBits == 0 && AudioBits == 0;

    public int Count => (int)(UInt128.PopCount(VideoBits) + UInt128.PopCount(AudioBits));

    public static EdlChannels OfVideo(int track) => new(UInt128.One << track, 0);

    public static EdlChannels OfAudio(int track) => new(0, UInt128.One << track);

    public EdlChannels Union(EdlChannels other) => new(VideoBits | other.VideoBits, AudioBits | other.AudioBits);

    public bool Overlaps(EdlChannels other) => ((VideoBits & other.VideoBits) | (AudioBits & other.AudioBits)) != 0;

    public bool Contains(EdlChannels other) => Union(other) == this;

    /// <summary>Reads <c>V</c>, <c>V2</c>, <c>A</c>, <c>A12</c>, <c>AA</c>, <c>AA/V</c>, <c>A2/V</c>, <c>B</c>, <c>NONE</c>….</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EdlChannels channels)
    {
        channels = None;
        if (text.Equals("NONE", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var part in text.SplitAny('/', ',', '+'))
        {
            if (!TryParsePart(text[part], ref channels)) return false;
        }

        return true;
    }

    static bool TryParsePart(ReadOnlySpan<char> part, ref EdlChannels channels)
    {
        if (part.Length == 0) return false;
        var at = 0;
        while (at < part.Length)
        {
            var letter = char.ToUpperInvariant(part[at++]);
            var digits = at;
            while (at < part.Length && char.IsAsciiDigit(part[at])) at++;
            var isBare = at == digits;
            var track = 1;
            if (!isBare && (at - digits > 2 || (track = int.Parse(part[digits..at], CultureInfo.InvariantCulture)) is 0)) return false;
            switch (letter)
            {
                case 'V':
                    channels = channels.Union(OfVideo(track));
                    break;
                case 'B' when isBare:
                    channels = channels.Union(OfVideo(1)).Union(OfAudio(1));
                    break;
                case 'A':
                    // The second bare A of AA is audio 2.
                    channels = channels.Union(OfAudio(isBare && channels.Contains(OfAudio(1)) ? 2 : track));
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
        if (UInt128.PopCount(VideoBits) > 1) return null;
        var picture = VideoBits == 0 ? "" : Name('V', LowestTrack(VideoBits));
        var sound = (int)(AudioBits & 0b110) switch
        {
            0b110 => "AA",
            0b010 => "A",
            0b100 => "A2",
            _ => "",
        };
        // Sounds above 2 ride on an AUD line; without a lower one or a picture the first of them is the event's own.
        var riding = AudioBits & ~(UInt128)0b110;
        if (sound.Length == 0 && picture.Length == 0)
        {
            var own = LowestTrack(riding);
            sound = Name('A', own);
            riding &= ~(UInt128.One << own);
        }

        var field = sound.Length == 0 ? picture
            : picture.Length == 0 ? sound
            : sound == "A" && picture == "V" ? "B"
            : $"{sound}/{picture}";
        return (field, riding == 0 ? null : "AUD  " + string.Join("    ", Tracks(riding).Select(a => a.ToString(CultureInfo.InvariantCulture))));
    }

    static int LowestTrack(UInt128 bits) => (int)UInt128.TrailingZeroCount(bits);

    static IEnumerable<int> Tracks(UInt128 bits)
    {
        for (; bits != 0; bits &= bits - 1) yield return LowestTrack(bits);
    }

    static string Name(char kind, int track) => (kind, track) switch
    {
        ('V', 1) => "V",
        ('A', 1) => "A",
        _ => string.Create(CultureInfo.InvariantCulture, $"{kind}{track}"),
    };
}
