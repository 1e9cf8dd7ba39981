using System.Collections.Immutable;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>Empty time back to gap objects: those it was read from, stretched or shrunk at the end, dropped when gone and bare.</summary>
sealed class SpaceWriter(FrameRate rate)
{
    static readonly OtioObject NewGap = OtioBuild.Gap(new(0, FrameRate.Fps24)).With("source_range", OtioNull.Value);

    readonly CutReading _silent = new(new());

    public ImmutableArray<OtioObject> Write(Space space)
    {
        var total = space.Gaps.Aggregate(Flicks.Zero, (sum, gap) => sum + DurationOf(gap));
        if (total == space.Duration) return space.Gaps;
        if (space.Gaps.IsEmpty) return [WithDuration(NewGap, space.Duration)];
        if (total < space.Duration)
        {
            var last = space.Gaps[^1];
            return space.Gaps.SetItem(space.Gaps.Length - 1, WithDuration(last, DurationOf(last) + space.Duration - total));
        }

        return Shrunk(space.Gaps, total - space.Duration);
    }

    ImmutableArray<OtioObject> Shrunk(ImmutableArray<OtioObject> gaps, Flicks surplus)
    {
        var kept = new List<OtioObject>();
        foreach (var gap in gaps.Reverse())
        {
            var duration = DurationOf(gap);
            var taken = Flicks.Min(duration, surplus);
            surplus -= taken;
            if (taken.IsZero) kept.Add(gap);
            else if (taken < duration || CarriesSomething(gap)) kept.Add(WithDuration(gap, duration - taken));
        }

        kept.Reverse();
        return [.. kept];
    }

    Flicks DurationOf(OtioObject gap) => Durations.Of(gap, _silent, default);

    OtioObject WithDuration(OtioObject gap, Flicks duration)
    {
        var start = OtioTimes.TryReadRange(gap["source_range"], out var range) ? range.Start : Flicks.Zero;
        return gap.With("source_range", OtioTimes.WriteRange(gap["source_range"], new(start, duration), rate));
    }

    /// <summary>A name, an effect, a marker, a colour, somebody's metadata, a field that Gap does not have: more than empty time.</summary>
    static bool CarriesSomething(OtioObject gap) => gap.Fields.Any(field => field.Name switch
    {
        OtioSchema.Key or "source_range" => false,
        "metadata" => OwnMetadata.HasForeign(gap),
        "name" => field.Value is not (OtioNull or OtioString { Value: "" }),
        "enabled" => field.Value is not OtioBool { Value: true },
        _ => field.Value is not (OtioNull or OtioArray { Items.IsEmpty: true } or OtioString { Value: "" }),
    });
}
