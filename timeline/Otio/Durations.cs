using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>How long OTIO's items are: by source_range, else by media, else by what they contain.</summary>
static class Durations
{
    public static Flicks Of(OtioObject node, CutReading reading, Place place)
    {
        if (reading.Range(node["source_range"], place, "source_range") is { } range) return range.Duration;
        return node.SchemaName switch
        {
            OtioSchema.Clip when MediaMapping.Active(node) is { } media =>
                reading.Range(media["available_range"], place, "available_range")?.Duration ?? Flicks.Zero,
            OtioSchema.Stack or OtioSchema.Track => OfChildren(node, reading, place),
            _ => Flicks.Zero,
        };
    }

    /// <summary>A stack is as long as its longest child, a track as its children together; transitions take no time.</summary>
    public static Flicks OfChildren(OtioObject node, CutReading reading, Place place)
    {
        var isStack = node.SchemaName == OtioSchema.Stack;
        var total = Flicks.Zero;
        foreach (var child in node.Objects("children"))
        {
            if (child.SchemaName == OtioSchema.Transition) continue;
            var duration = Of(child, reading, place);
            total = isStack ? Flicks.Max(total, duration) : Sum(total, duration, place);
        }

        return total;
    }

    /// <exception cref="InterchangeFormatException">The sum is longer than any timeline can be.</exception>
    public static Flicks Sum(Flicks total, Flicks duration, Place place)
    {
        if (duration <= OtioTimes.Limit - total) return total + duration;
        throw new InterchangeFormatException(
            $"The elements up to {place} add up to more than 100 years; a duration there is wrong.", place.ToString());
    }
}
