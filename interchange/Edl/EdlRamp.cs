using System.Globalization;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>
/// The average speed of a retime that varies. OTIO has no schema for its points, so they are found in the effect's metadata as
/// the other formats' readers leave them there: FCPXML's <c>timept</c> and FCP7 XML's <c>graphdict</c> keyframes.
/// </summary>
internal static class EdlRamp
{
    const int MostNodes = 10_000;

    /// <summary>Source time over clip time from the first point to the last; null where there are no two points.</summary>
    public static double? AverageSpeed(OtioObject effect)
    {
        (double Time, double Value)? first = null, last = null;
        var waiting = new Stack<OtioValue>();
        if (effect.Child("metadata") is { } metadata) waiting.Push(metadata);
        for (var seen = 0; seen < MostNodes && waiting.TryPop(out var node); seen++)
        {
            if (node is OtioArray list) PushAll(waiting, list.Items);
            if (node is not OtioObject map) continue;
            if (PointOf(map) is { } point)
            {
                first ??= point;
                last = point;
                continue;
            }

            PushAll(waiting, map.Fields.Select(f => f.Value));
        }

        return (first, last) is ({ } from, { } to) && from.Time != to.Time ? (to.Value - from.Value) / (to.Time - from.Time) : null;
    }

    static void PushAll(Stack<OtioValue> waiting, IEnumerable<OtioValue> values)
    {
        foreach (var value in values.Reverse())
        {
            if (value is OtioArray or OtioObject) waiting.Push(value);
        }
    }

    static (double Time, double Value)? PointOf(OtioObject map) =>
        Number(map["@time"] ?? map["when"]) is { } time && Number(map["@value"] ?? map["value"]) is { } value ? (time, value) : null;

    /// <summary>12, 12.5, 1001/24000s.</summary>
    static double? Number(OtioValue? value)
    {
        if (value is OtioNumber number) return number.ToDouble() is var known && double.IsFinite(known) ? known : null;
        if (value is not OtioString { Value: var text }) return null;
        var parts = text.AsSpan().TrimEnd('s');
        var slash = parts.IndexOf('/');
        if (!TryParse(slash < 0 ? parts : parts[..slash], out var numerator)) return null;
        if (slash < 0) return numerator;
        return TryParse(parts[(slash + 1)..], out var denominator) && denominator != 0 ? numerator / denominator : null;
    }

    static bool TryParse(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
