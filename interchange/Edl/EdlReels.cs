using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>Reel names: as the list said, else made from the media's name, one per media and no two alike.</summary>
internal sealed class EdlReels(int width, DiagnosticBag diagnostics)
{
    public const string Black = "BL";

    const string Auxiliary = "AX";

    readonly Dictionary<string, string> _byMedia = [];
    readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { Black, Auxiliary, "BARS", "GAP" };
    readonly Dictionary<string, int> _suffixes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that a list already uses cannot be given to other media.</summary>
    public void Reserve(IEnumerable<OtioObject> items)
    {
        foreach (var item in items)
        {
            if (StatedReel(item) is { } reel) _taken.Add(reel);
        }
    }

    /// <summary>The reel of an item that states none.</summary>
    public string For(OtioObject item, string location)
    {
        var media = ItemTimes.ActiveMedia(item);
        if (media?.SchemaName == OtioSchema.GeneratorReference)
        {
            switch (media.Text("generator_kind"))
            {
                case "black": return Black;
                case "SMPTEBars": return "BARS";
                default:
                    diagnostics.Warn(DiagnosticCodes.EdlApproximated, location, $"The generator '{media.Text("generator_kind")}' was written as an event on reel {Auxiliary}.");
                    return Auxiliary;
            }
        }

        var key = Key(media, item);
        if (key.Length == 0) return Auxiliary;
        if (_byMedia.TryGetValue(key, out var known)) return known;
        var reel = Unique(Shorten(Stem(key)));
        _byMedia[key] = reel;
        if (!reel.Equals(Stem(key), StringComparison.Ordinal))
        {
            diagnostics.Note(DiagnosticCodes.EdlReelName, location, $"Reel {reel} stands for {key}.");
        }

        return reel;
    }

    public static string? StatedReel(OtioObject item) =>
        item.Child("metadata")?.Child(EdlKeys.Section)?.Text(EdlKeys.Reel) is { } reel && EdlLayout.IsReel(reel) ? reel : null;

    static string Key(OtioObject? media, OtioObject item) =>
        media?.Text("target_url") is { Length: > 0 } url ? url
        : media?.Text("target_url_base") is { Length: > 0 } folder ? folder + media.Text("name_prefix")
        : media?.Text("name") is { Length: > 0 } name ? name
        : item.Text("name") ?? "";

    /// <summary>The last part of a path or URL, without its extension.</summary>
    static string Stem(string key)
    {
        var end = key.TrimEnd('/', '\\');
        var file = end[(end.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = file.LastIndexOf('.');
        return dot > 0 ? file[..dot] : file;
    }

    string Shorten(string stem)
    {
        Span<char> kept = stackalloc char[Math.Min(stem.Length, width)];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = char.IsAsciiLetterOrDigit(stem[i]) || stem[i] is '_' or '-' or '.' ? stem[i] : '_';
        }

        return kept.Length == 0 ? Auxiliary : kept.ToString();
    }

    string Unique(string reel)
    {
        var unique = reel;
        var count = _suffixes.GetValueOrDefault(reel, 1);
        while (!_taken.Add(unique))
        {
            var suffix = (++count).ToString(CultureInfo.InvariantCulture);
            unique = reel[..Math.Min(reel.Length, width - suffix.Length)] + suffix;
        }

        _suffixes[reel] = count;
        return unique;
    }
}
