using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>The speed that an item is written with, and the effect that gives it.</summary>
/// <param name="IsAverage">The effect's speed varies.</param>
internal sealed record EdlWarp(OtioObject Effect, double TimeScalar, bool IsAverage)
{
    const double Fastest = 1000;

    public static EdlWarp? Of(OtioObject item)
    {
        foreach (var value in item.List("effects"))
        {
            if (value is not OtioObject effect || effect.Flag("enabled") is false) continue;
            if (effect.SchemaName == OtioSchema.FreezeFrame) return new(effect, 0, false);
            if (effect.SchemaName == OtioSchema.LinearTimeWarp && effect.Number("time_scalar") is { } scalar && Math.Abs(scalar) < Fastest) return new(effect, scalar, false);
            if (effect.SchemaName == OtioSchema.TimeEffect && EdlRamp.AverageSpeed(effect) is { } average && Math.Abs(average) < Fastest) return new(effect, average, true);
        }

        return null;
    }
}
