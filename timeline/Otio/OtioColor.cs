using System.Globalization;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Label colours: a name in Marker.2, a Color object (since OTIO 0.18) on items and in Marker.3. A Color object without a name
/// is spelled <c>#RRGGBB</c> or <c>#RRGGBBAA</c>.
/// </summary>
static class OtioColor
{
    static readonly (string Name, uint Rgba)[] Named =
    [
        ("PINK", 0xFFC0CBFF), ("RED", 0xFF0000FF), ("ORANGE", 0xFFA500FF), ("YELLOW", 0xFFFF00FF), ("GREEN", 0x00FF00FF),
        ("CYAN", 0x00FFFFFF), ("BLUE", 0x0000FFFF), ("PURPLE", 0x800080FF), ("MAGENTA", 0xFF00FFFF), ("BLACK", 0x000000FF),
        ("WHITE", 0xFFFFFFFF),
    ];

    public static string? Read(OtioValue? color) => color switch
    {
        OtioString { Value.Length: > 0 } name => name.Value,
        OtioObject { SchemaName: OtioSchema.Color } shade => shade.Text("name") is { Length: > 0 } name ? name : Hexadecimal(shade),
        _ => null,
    };

    /// <summary>In the original's form: a name where a name stood, else a Color object.</summary>
    public static OtioValue Write(OtioValue? original, string? color)
    {
        if (color is null) return original is OtioString ? new OtioString("") : OtioNull.Value;
        return original is OtioString ? color : Shade(original as OtioObject, color);
    }

    static OtioObject Shade(OtioObject? original, string color)
    {
        var isHexadecimal = TryHexadecimal(color, out var rgba);
        if (!isHexadecimal)
        {
            // A name that is no colour ("Iris") still needs four numbers; white is what an empty Color object holds.
            rgba = 0xFFFFFFFF;
            foreach (var (name, value) in Named)
            {
                if (name.Equals(color, StringComparison.OrdinalIgnoreCase)) rgba = value;
            }
        }

        return (original ?? OtioObject.Of("Color.1"))
            .With("r", Channel(rgba, 24))
            .With("g", Channel(rgba, 16))
            .With("b", Channel(rgba, 8))
            .With("a", Channel(rgba, 0))
            .With("name", isHexadecimal ? "" : color);
    }

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
