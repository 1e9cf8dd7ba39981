using System.Globalization;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>A marker's <c>color</c> element, of 0 to 255 each, and OTIO's colour words.</summary>
internal static class XmemlColors
{
    static readonly (string Name, int Red, int Green, int Blue)[] Named =
    [
        ("RED", 255, 0, 0), ("PINK", 255, 192, 203), ("ORANGE", 255, 128, 0), ("YELLOW", 255, 255, 0), ("GREEN", 0, 255, 0),
        ("CYAN", 0, 255, 255), ("BLUE", 0, 0, 255), ("PURPLE", 128, 0, 128), ("MAGENTA", 255, 0, 255), ("BLACK", 0, 0, 0), ("WHITE", 255, 255, 255),
    ];

    /// <summary>The word for the colour element in an item's metadata, the nearest, as programs mix their own; null without one.</summary>
    public static string? Of(OtioObject rest) =>
        rest.Child("color") is { } color && Byte(color, "red") is { } red && Byte(color, "green") is { } green && Byte(color, "blue") is { } blue
            ? Nearest(red, green, blue)
            : null;

    /// <summary>The word that a marker has, in capitals: a name (Marker.2), or a Color object's (Marker.3), else the nearest; null for none.</summary>
    public static string? NameOf(OtioValue? color) => color switch
    {
        OtioString { Value.Length: > 0 } name => name.Value.ToUpperInvariant(),
        OtioObject shade when shade.Text("name") is { Length: > 0 } name => name.ToUpperInvariant(),
        OtioObject shade when Channel(shade, "r") is { } red && Channel(shade, "g") is { } green && Channel(shade, "b") is { } blue => Nearest(red, green, blue),
        _ => null,
    };

    /// <summary>The colour element for a word; null for a word that is no colour here.</summary>
    public static OtioObject? Rgb(string name)
    {
        foreach (var (known, red, green, blue) in Named)
        {
            if (known == name) return OtioObject.Map(("alpha", "0"), ("red", Text(red)), ("green", Text(green)), ("blue", Text(blue)));
        }

        return null;
    }

    static string Nearest(int red, int green, int blue) =>
        Named.MinBy(n => Square(n.Red - red) + Square(n.Green - green) + Square(n.Blue - blue)).Name;

    static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    static int Square(int value) => value * value;

    static int? Byte(OtioObject color, string part) =>
        int.TryParse(color.Text(part), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= 255 ? value : null;

    static int? Channel(OtioObject shade, string channel) =>
        shade.Number(channel) is { } value && double.IsFinite(value) ? (int)Math.Round(Math.Clamp(value, 0, 1) * 255) : null;
}
