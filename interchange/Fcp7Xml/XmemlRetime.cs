using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// The <c>timeremap</c> filter: where in its media a clip is at each frame of the retimed clip, which is what its in, out,
/// duration and markers count. <c>speed</c> is in percent; <c>graphdict</c> gives media frames for retimed frames and is used
/// where the speed varies (<c>variablespeed</c> is not 0). Backwards, frame 0 is the end of the media.
/// </summary>
internal sealed record XmemlRetime
{
    public const string EffectId = "timeremap";

    /// <summary>Premiere's limit.</summary>
    const decimal Fastest = 100_000;

    XmemlRetime(decimal percent, ImmutableArray<(decimal When, decimal Value)> graph)
    {
        Percent = percent;
        Graph = graph;
    }

    /// <summary>Signed; 0 stands still.</summary>
    public decimal Percent { get; }

    /// <summary>Empty for one speed.</summary>
    public ImmutableArray<(decimal When, decimal Value)> Graph { get; }

    public bool IsVariable => Graph.Length > 1;

    public bool IsNormal => !IsVariable && Percent == 100;

    /// <summary>One media frame throughout.</summary>
    public bool StandsStill => IsVariable ? Graph.All(k => k.Value == Graph[0].Value) : Percent == 0;

    public bool RunsBackwards => IsVariable ? Graph[^1].Value < Graph[0].Value : Percent < 0;

    public double Scalar => (double)(Percent / 100);

    /// <summary>Whether one of these filters is such.</summary>
    public static bool IsIn(IReadOnlyList<Xml.XmlNode> filters) => filters.Any(f => f.Child("effect").TextOf("effectid")?.Trim() == EffectId);

    /// <param name="effect">The filter's effect as kept in metadata.</param>
    /// <param name="scalar">What the document's effect says; null to go by the filter alone.</param>
    public static XmemlRetime Of(OtioObject effect, double? scalar)
    {
        var percent = Number(Parameter(effect, "speed")?["value"]) is { } speed && Math.Abs(speed) <= Fastest ? speed : 100;
        if (IsTrue(Parameter(effect, "reverse")?["value"])) percent = -percent;
        var isVariable = Number(Parameter(effect, "variablespeed")?["value"]) is { } flag && flag != 0;
        var graph = isVariable ? GraphOf(Parameter(effect, "graphdict")) : [];
        if (scalar is null || scalar == (double)(percent / 100)) return new(percent, graph);
        return OfScalar(scalar.Value);
    }

    /// <summary>Speeds that no program here can play are cut down to the fastest.</summary>
    public static XmemlRetime OfScalar(double scalar) => new(
        double.IsFinite(scalar) ? (decimal)Math.Clamp(scalar * 100, -(double)Fastest, (double)Fastest) : 100, []);

    /// <summary>The time in the media at a retimed frame.</summary>
    /// <param name="at">Retimed frames.</param>
    /// <param name="mediaLength">Media frames; where playing backwards begins.</param>
    /// <param name="rate">Of both counts.</param>
    public Flicks MediaAt(decimal at, decimal mediaLength, FrameRate rate) => ToFlicks(FramesAt(at, mediaLength), rate);

    /// <summary>The retimed frame at which the media is at a time; of several the one nearest to <paramref name="hint"/>.</summary>
    public decimal RetimedAt(Flicks media, decimal mediaLength, FrameRate rate, decimal hint)
    {
        var frames = ToFrames(media, rate);
        if (!IsVariable) return Percent == 0 ? frames : ((Percent < 0 ? frames - mediaLength : frames) * 100) / Percent;
        decimal? best = null;
        for (var i = 0; i + 1 < Graph.Length; i++)
        {
            if (Crossing(i, frames) is { } at && (best is null || Math.Abs(at - hint) < Math.Abs(best.Value - hint))) best = at;
        }

        return best ?? hint;
    }

    public static decimal ToFrames(Flicks time, FrameRate rate) => (decimal)time.Value * rate.Numerator / Flicks.PerSecond / rate.Denominator;

    public static Flicks ToFlicks(decimal frames, FrameRate rate)
    {
        var flicks = Math.Round(frames * Flicks.PerSecond / rate.Numerator * rate.Denominator, MidpointRounding.AwayFromZero);
        return new((long)Math.Clamp(flicks, -OtioTimes.Limit.Value, OtioTimes.Limit.Value));
    }

    decimal FramesAt(decimal at, decimal mediaLength)
    {
        if (!IsVariable) return Percent == 0 ? at : (Percent < 0 ? mediaLength : 0) + (at * Percent / 100);
        var segment = 0;
        while (segment + 2 < Graph.Length && Graph[segment + 1].When <= at) segment++;
        var (from, to) = (Graph[segment], Graph[segment + 1]);
        return from.Value + ((at - from.When) * (to.Value - from.Value) / (to.When - from.When));
    }

    /// <summary>Where a segment passes a media frame; the first and the last go on beyond the keyframes.</summary>
    decimal? Crossing(int segment, decimal frames)
    {
        var (from, to) = (Graph[segment], Graph[segment + 1]);
        if (from.Value == to.Value) return from.Value == frames ? from.When : null;
        var at = from.When + ((frames - from.Value) * (to.When - from.When) / (to.Value - from.Value));
        var isInside = (segment == 0 || at >= from.When) && (segment + 2 == Graph.Length || at <= to.When);
        return isInside ? at : null;
    }

    /// <summary>Keyframes in order of time; of two at one moment the first.</summary>
    static ImmutableArray<(decimal When, decimal Value)> GraphOf(OtioObject? parameter)
    {
        const decimal most = 1_000_000_000;
        var keyframes = Items(parameter?["keyframe"])
            .Select(k => (When: Number(k["when"]), Value: Number(k["value"])))
            .Where(k => Math.Abs(k.When ?? most) < most && Math.Abs(k.Value ?? most) < most)
            .Select(k => (When: k.When ?? 0, Value: k.Value ?? 0))
            .DistinctBy(k => k.When)
            .OrderBy(k => k.When)
            .ToImmutableArray();
        return keyframes.Length > 1 ? keyframes : [];
    }

    public static OtioObject? Parameter(OtioObject effect, string id) =>
        Items(effect["parameter"]).FirstOrDefault(p => p.Text("parameterid")?.Trim() == id);

    /// <summary>What stands under a name once or several times.</summary>
    public static IEnumerable<OtioObject> Items(OtioValue? value) => value switch
    {
        OtioObject one => [one],
        OtioArray several => several.Items.OfType<OtioObject>(),
        _ => [],
    };

    static bool IsTrue(OtioValue? value) =>
        value is OtioString text && text.Value.AsSpan().Trim().Equals("TRUE", StringComparison.OrdinalIgnoreCase);

    static decimal? Number(OtioValue? value) =>
        value is OtioString text && decimal.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1_000_000_000_000 ? number : null;
}
