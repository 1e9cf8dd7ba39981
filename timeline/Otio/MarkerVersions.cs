using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>Marker.1 calls its range <c>range</c>; Marker.2 names its colour; Marker.3 has a Color object.</summary>
static class MarkerVersions
{
    const string Second = "Marker.2";
    const string Third = "Marker.3";
    const string Color = "color";
    const string FirstRange = "range";
    const string Range = "marked_range";

    /// <summary>The field that holds the range: <c>range</c> in a Marker.1 that has no other.</summary>
    public static string RangeField(OtioObject marker) =>
        OtioSchema.VersionOf(marker.Schema) < 2 && marker[Range] is null && marker[FirstRange] is not null ? FirstRange : Range;

    public static OtioObject Upgrade(OtioObject marker)
    {
        marker = WithoutFirst(marker);
        var current = OtioSchema.VersionOf(marker.Schema) >= 3 ? marker : Recolored(marker, Second, Third, OtioColor.FromName, OtioColor.ToName);
        return Recovered(current, Third, color => OtioColor.FromName(OtioColor.ToName(color)));
    }

    public static OtioObject Downgrade(OtioObject marker, SchemaConversion conversion)
    {
        marker = WithoutFirst(marker);
        if (OtioSchema.VersionOf(marker.Schema) >= 3)
        {
            marker = Recovered(marker, Third, color => OtioColor.FromName(OtioColor.ToName(color)));
            if (marker[Color] is OtioObject color && !OtioColor.HasName(color))
            {
                conversion.Warn(
                    DiagnosticCodes.OtioColorApproximated,
                    $"The marker \"{marker.Text("name")}\" has a colour without a name, and Marker.2 has names only; {(OtioColor.ToName(color) as OtioString)?.Value ?? "none"} is written, the colour itself is kept in metadata.cinegit.kept.");
            }

            marker = Recolored(marker, Third, Second, OtioColor.ToName, OtioColor.FromName);
        }

        return Recovered(marker, Second, color => OtioColor.ToName(OtioColor.FromName(color)));
    }

    /// <summary>The colour in another version's form; the original is kept where it could not be told from that form.</summary>
    static OtioObject Recolored(OtioObject marker, string from, string to, Func<OtioValue, OtioValue> convert, Func<OtioValue, OtioValue> back)
    {
        if (marker[Color] is not { } color) return marker.With(OtioSchema.Key, to);
        var (converted, original) = (convert(color), KeptFields.Of(marker, to)?[Color]);
        if (original is not null)
        {
            // Nobody changed the colour since the original was kept: it is what the original becomes.
            if (back(original).Equals(color)) converted = original;
            marker = KeptFields.Without(marker, to);
        }

        var result = marker.With(Color, converted).With(OtioSchema.Key, to);
        return SaysTheSame(back(converted), color) ? result : KeptFields.With(result, from, OtioObject.Map((Color, color)));
    }

    /// <summary>A marker that another program converted still has what was kept for the version it is of.</summary>
    static OtioObject Recovered(OtioObject marker, string version, Func<OtioValue, OtioValue> thereAndBack)
    {
        if (KeptFields.Of(marker, version)?[Color] is not { } original) return marker;
        if (marker[Color] is { } color && thereAndBack(original).Equals(color)) marker = FieldPlaces.Replace(marker, Color, (Color, original));
        return KeptFields.Without(marker, version);
    }

    static OtioObject WithoutFirst(OtioObject marker)
    {
        if (OtioSchema.VersionOf(marker.Schema) >= 2) return marker;
        var field = RangeField(marker);
        if (field == FirstRange) marker = FieldPlaces.Replace(marker, FirstRange, (Range, marker[FirstRange] ?? OtioNull.Value));
        return marker.With(OtioSchema.Key, Second);
    }

    /// <summary>The same to the last digit and in the same order, so that nothing needs to be kept.</summary>
    static bool SaysTheSame(OtioValue a, OtioValue b) => (a, b) switch
    {
        (OtioNumber x, OtioNumber y) => x.Lexeme == y.Lexeme,
        (OtioObject x, OtioObject y) => x.Fields.Length == y.Fields.Length
            && x.Fields.Zip(y.Fields, (f, g) => f.Name == g.Name && SaysTheSame(f.Value, g.Value)).All(same => same),
        (OtioArray x, OtioArray y) => x.Items.Length == y.Items.Length && x.Items.Zip(y.Items, SaysTheSame).All(same => same),
        _ => a.Equals(b),
    };
}
