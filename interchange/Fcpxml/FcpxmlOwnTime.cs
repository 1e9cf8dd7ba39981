using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>An item's own time, in which what hangs on it and its markers are placed: where its start is, from where its source begins.</summary>
internal static class FcpxmlOwnTime
{
    /// <summary>Final Cut's gaps begin at an hour, rounded up to a frame.</summary>
    const long GapStartSeconds = 3600;

    public static void Settle(FcpxmlPlan plan, Flicks sourceStart, FrameRate rate)
    {
        foreach (var value in plan.Node.List("effects"))
        {
            if (value is not OtioObject effect || !FcpxmlRetimes.IsRetime(effect)) continue;
            plan.Conform = FcpxmlConform.Of(effect, rate);
            plan.Retime = plan.Conform is null ? FcpxmlRetimes.MapOf(effect, plan.Node) : null;
            break;
        }

        var stated = plan.Local?.Text("start");
        var before = stated is not null && FcpxmlTime.TryParse(stated, out var said) ? said : Flicks.Zero;
        plan.OwnStart = ToSource(plan, before) == sourceStart ? before : ToOwn(plan, sourceStart, before);
    }

    /// <summary>From an item's own time to that of its carrier in OTIO.</summary>
    public static Flicks ToSource(FcpxmlPlan plan, Flicks time) => (plan.Retime?.ToSource(time) ?? time) - Origin(plan);

    public static Flicks ToOwn(FcpxmlPlan plan, Flicks source, Flicks near)
    {
        var shown = source + Origin(plan);
        return plan.Retime is { } map ? map.ToClip(shown, near) ?? near : shown;
    }

    /// <summary>A gap's start in its own time.</summary>
    public static Flicks OfGap(OtioObject gap, FcpxmlFrame frame) =>
        FcpxmlTime.TryParse(FcpxmlLocal.In(gap)?.Text("start"), out var start) ? start
        : FcpxmlLocal.In(gap)?["start"] is OtioNull ? Flicks.Zero : GapStart(frame);

    public static FcpxmlPlan NewGap(Flicks start, Flicks duration, FcpxmlFrame frame) =>
        new(FcpxmlTracks.Space(duration, frame), FcpxmlRow.Video, 0, start, duration) { OwnStart = GapStart(frame) };

    static Flicks GapStart(FcpxmlFrame frame) =>
        Flicks.FromFrames(new Flicks(GapStartSeconds * Flicks.PerSecond).ToFrames(frame.Rate, Rounding.Ceiling), frame.Rate);

    /// <summary>What source time zero is called in the item's own time.</summary>
    static Flicks Origin(FcpxmlPlan plan)
    {
        if (FcpxmlTime.TryParse(plan.Section?.Text(FcpxmlKeys.Origin), out var origin)) return origin;
        var content = plan.Section?.List(FcpxmlKeys.Content) ?? [];
        return content is [OtioArray { Items: [OtioString { Value: "video" or "audio" or "gap" }, OtioObject shown] }] && ShownIn(shown) is { } media
            && FcpxmlTime.TryParse(media.Text("@start"), out var start) && FcpxmlTime.TryParse(media.Text("@offset"), out var offset)
                ? offset - start
                : Flicks.Zero;
    }

    static OtioObject? ShownIn(OtioObject content) => content["@ref"] is null ? FirstAudio(content) : content;

    public static OtioObject? FirstAudio(OtioObject element)
    {
        foreach (var field in element.Fields)
        {
            foreach (var child in field.Value is OtioArray list ? list.Items : [field.Value])
            {
                if (child is not OtioObject inner) continue;
                if (field.Name == "audio") return inner;
                if (FirstAudio(inner) is { } found) return found;
            }
        }

        return null;
    }
}
