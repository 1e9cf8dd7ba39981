using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Retimes back to a <c>timeMap</c>.</summary>
internal static class FcpxmlRetimes
{
    const double FastestKnown = 1000;

    public static bool IsRetime(OtioObject effect) => effect.SchemaName is OtioSchema.LinearTimeWarp or OtioSchema.FreezeFrame or OtioSchema.TimeEffect;

    /// <summary>The map that was read while it still gives the effect's speed; else one made for that speed; null for none that can be said.</summary>
    public static FcpxmlTimeMap? MapOf(OtioObject effect, OtioObject item) => Kept(effect, item) ?? Made(effect, item);

    public static void Write(OtioObject effect, OtioObject item, XmlOutput output, FcpxmlGrid grid)
    {
        if (Stored(effect) is { } stored && (Kept(effect, item) is not null || effect.SchemaName == OtioSchema.TimeEffect))
        {
            XmlMetadata.Write(output, FcpxmlEffects.TimeMap, stored);
            return;
        }

        if (Made(effect, item) is not { } map) return;
        output.Start(FcpxmlEffects.TimeMap);
        if (Stored(effect) is OtioObject before) XmlMetadata.WriteAttributes(output, before);
        foreach (var point in map.Points)
        {
            output.Start("timept");
            output.Attribute("time", FcpxmlTime.Format(point.Time, grid));
            output.Attribute("value", FcpxmlTime.Format(point.Value, grid));
            output.Attribute("interp", "smooth2");
            output.End();
        }

        output.End();
    }

    static OtioValue? Stored(OtioObject effect) => FcpxmlLocal.Section(effect)?[FcpxmlEffects.TimeMap];

    static FcpxmlTimeMap? Kept(OtioObject effect, OtioObject item)
    {
        if (FcpxmlTimeMap.Of(Stored(effect)) is not { } map) return null;
        if (effect.SchemaName == OtioSchema.TimeEffect) return map;
        if (!map.IsConstant || Speed(effect) is not { } speed || OtioNumber.FromDouble(map.Speed) != OtioNumber.FromDouble(speed)) return null;
        return !map.IsFreeze || map.Points[0].Value == FcpxmlTimes.Of(item).Start ? map : null;
    }

    static double? Speed(OtioObject effect) => effect.SchemaName == OtioSchema.FreezeFrame ? 0 : effect.Number("time_scalar");

    static FcpxmlTimeMap? Made(OtioObject effect, OtioObject item)
    {
        if (effect.SchemaName == OtioSchema.TimeEffect || effect.Flag("enabled") is false) return null;
        if (Speed(effect) is not { } speed || !double.IsFinite(speed) || Math.Abs(speed) > FastestKnown) return null;
        var shown = FcpxmlTimes.Of(item);
        if (speed == 0) return FcpxmlTimeMap.Of([new(Flicks.Zero, shown.Start), new(Flicks.Max(shown.Duration, new(1)), shown.Start)]);
        if (Math.Abs(speed) < 1 / FastestKnown) return null;
        var whole = ItemTimes.Span(ItemTimes.ActiveMedia(item)?.Child("available_range")) is { IsEmpty: false } available
            ? available
            : speed > 0 ? new(shown.Start, Scaled(shown.Duration, speed)) : new(shown.Start - Scaled(shown.Duration, -speed), Scaled(shown.Duration, -speed));
        var length = Flicks.Max(new(1), Scaled(whole.Duration, 1 / Math.Abs(speed)));
        return speed > 0
            ? FcpxmlTimeMap.Of([new(Flicks.Zero, whole.Start), new(length, whole.End)])
            : FcpxmlTimeMap.Of([new(Flicks.Zero, whole.End), new(length, whole.Start)]);
    }

    static Flicks Scaled(Flicks time, double by) => new((long)Math.Clamp(Math.Round(time.Value * by), -OtioTimes.Limit.Value, OtioTimes.Limit.Value));
}
