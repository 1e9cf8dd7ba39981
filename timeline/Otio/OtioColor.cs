using System.Globalization;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Label colours: a name in Marker.2, a Color object (since OTIO 0.18) on items and in Marker.3. A Color object without a name
/// is spelled <c>#RRGGBB</c> or <c>#RRGGBBAA</c>.
/// </summary>
static class OtioColor
{
    /// <summary>OpenTimelineIO's own values, in which pink is magenta.</summary>
    static readonly (string Name, double R, double G, double B, double A)[] Named =
    [
        ("Pink", 1, 0, 1, 1), ("Red", 1, 0, 0, 1), ("Orange", 1, 0.5, 0, 1), ("Yellow", 1, 1, 0, 1), ("Green", 0, 1, 0, 1),
        ("Cyan", 0, 1, 1, 1), ("Blue", 0, 0, 1, 1), ("Purple", 0.5, 0, 0.5, 1), ("Magenta", 1, 0, 1, 1), ("Black", 0, 0, 0, 1),
        ("White", 1, 1, 1, 1), ("Transparent", 0, 0, 0, 0),
    ];

    /// <summary>The names that every program knows, as a cut spells them.</summary>
    public static IEnumerable<string> Names => Named.Select(n => Known(n.Name));

    /// <summary>What a person calls pink, for finding the nearest name.</summary>
    static readonly (string Name, double R, double G, double B, double A) SeenAsPink = ("Pink", 1, 0.75, 0.8, 1);

    /// <summary>A colour's name in capitals, so that Marker.2's RED is Marker.3's Red; any other name as it is.</summary>
    public static string? Read(OtioValue? color) => color switch
    {
        OtioString { Value.Length: > 0 } name => Known(name.Value),
        OtioObject { SchemaName: OtioSchema.Color } shade => shade.Text("name") is { Length: > 0 } name ? Known(name) : Hexadecimal(shade),
        _ => null,
    };

    /// <summary>In the original's form: a name where a name stood, else a Color object.</summary>
    public static OtioValue Write(OtioValue? original, string? color)
    {
        if (color is null) return original is OtioString ? new OtioString("") : OtioNull.Value;
        return original is OtioString ? color : Shade(original as OtioObject, color);
    }

    /// <summary>
    /// Marker.3's Color for Marker.2's name, as OpenTimelineIO upgrades it: a name that is no colour becomes white of that name.
    /// No name is no colour. What is no text stays.
    /// </summary>
    public static OtioValue FromName(OtioValue color)
    {
        if (color is not OtioString { Value: var name }) return color;
        if (name.Length == 0) return OtioNull.Value;
        foreach (var known in Named)
        {
            if (known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return Of(known.Name, known.R, known.G, known.B, known.A);
        }

        return Of(name, 1, 1, 1, 1);
    }

    /// <summary>Marker.2's name for Marker.3's Color: in capitals when it is a colour, the nearest when it has none.</summary>
    public static OtioValue ToName(OtioValue color)
    {
        if (color is not OtioObject shade) return color;
        var name = shade.Text("name") is { Length: > 0 } own ? own : Nearest(shade);
        if (name is null) return OtioNull.Value;
        return Known(name);
    }

    static string Known(string name) =>
        Array.Exists(Named, n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? name.ToUpperInvariant() : name;

    public static bool HasName(OtioObject shade) => shade.Text("name") is { Length: > 0 };

    static string? Nearest(OtioObject shade)
    {
        if (Byte(shade, "r") is not { } r || Byte(shade, "g") is not { } g || Byte(shade, "b") is not { } b) return null;
        var a = Byte(shade, "a") ?? 255;
        return Named.Skip(1).Append(SeenAsPink).MinBy(n => Square(n.R, r) + Square(n.G, g) + Square(n.B, b) + Square(n.A, a)).Name;
    }

    static double Square(double channel, int of255) => (channel * 255 - of255) * (channel * 255 - of255);

    static OtioObject Of(string name, double r, double g, double b, double a) =>
        OtioObject.Of("Color.1", ("r", r), ("g", g), ("b", b), ("a", a), ("name", name));

    static OtioObject Shade(OtioObject? original, string color)
    {
        if (!TryHexadecimal(color, out var rgba))
        {
            // A name that is no colour ("Iris") still needs four numbers; white is what an empty Color object holds.
            var known = Array.Find(Named, n => n.Name.Equals(color, StringComparison.OrdinalIgnoreCase));
            return known.Name is null ? Shade(original, color, 1, 1, 1, 1) : Shade(original, color, known.R, known.G, known.B, known.A);
        }

        return Shade(original, "", Channel(rgba, 24), Channel(rgba, 16), Channel(rgba, 8), Channel(rgba, 0));
    }

    static OtioObject Shade(OtioObject? original, string name, double r, double g, double b, double a) =>
        (original ?? OtioObject.Of("Color.1")).With("r", r).With("g", g).With("b", b).With("a", a).With("name", name);

    static double Channel(uint rgba, int shift) => ((rgba >> shift) & 0xFF) / 255.0;

    static string? Hexadecimal(OtioObject shade)
    {
        if (Byte(shade, "r") is not { } r || Byte(shade, "g") is not { } g || Byte(shade, "b") is not { } b) return null;
        var a = Byte(shade, "a") ?? 255;
        var opaque = string.Create(CultureInfo.InvariantCulture, $"#{r:X2}{g:X2}{b:X2}");
        return a == 255 ? opaque : opaque + a.ToString("X2", CultureInfo.InvariantCulture);
    }

    static int? Byte(OtioObject shade, string channel) =>
        shade.Number(channel) is { } value && double.IsFinite(value) ? (int)Math.Round(Math.Clamp(value, 0, 1) * 255) : null;

    static bool TryHexadecimal(string color, out uint rgba)
    {
        rgba = 0;
        if (color.Length is not (7 or 9) || color[0] != '#') return false;
        if (!uint.TryParse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out rgba)) return false;
        if (color.Length == 7) rgba = (rgba << 8) | 0xFF;
        return true;
    }
}
