using System.Collections.Immutable;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>A point of a retime: at this time of the clip, this time of its source.</summary>
internal readonly record struct FcpxmlTimePoint(Flicks Time, Flicks Value);

/// <summary>
/// A <c>timeMap</c>. Between its points, and beyond the outer ones, speed is taken as constant, which is what Final Cut plays for
/// two points; of the eased speed between more than two it is the mean.
/// </summary>
internal sealed class FcpxmlTimeMap
{
    readonly ImmutableArray<FcpxmlTimePoint> _points;

    FcpxmlTimeMap(ImmutableArray<FcpxmlTimePoint> points) => _points = points;

    /// <summary>From two points on, in rising order of clip time; null for what maps nothing.</summary>
    public static FcpxmlTimeMap? Of(ImmutableArray<FcpxmlTimePoint> points)
    {
        if (points.Length < 2) return null;
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i].Time <= points[i - 1].Time) return null;
        }

        return new(points);
    }

    /// <summary>From the element as metadata.</summary>
    public static FcpxmlTimeMap? Of(OtioValue? timeMap)
    {
        if (timeMap is not OtioObject element) return null;
        var points = ImmutableArray.CreateBuilder<FcpxmlTimePoint>();
        foreach (var point in FcpxmlRefs.All(element, "timept"))
        {
            if (!FcpxmlTime.TryParse(point.Text("@time"), out var time) || !FcpxmlTime.TryParse(point.Text("@value"), out var value)) return null;
            points.Add(new(time, value));
        }

        return Of(points.DrainToImmutable());
    }

    public ImmutableArray<FcpxmlTimePoint> Points => _points;

    public bool IsConstant => _points.Length == 2;

    public bool IsFreeze => IsConstant && _points[0].Value == _points[1].Value;

    /// <summary>The speed of a constant one: 2.0 plays twice as fast.</summary>
    public double Speed => (double)(_points[^1].Value - _points[0].Value).Value / (_points[^1].Time - _points[0].Time).Value;

    public Flicks ToSource(Flicks time)
    {
        var i = 1;
        while (i < _points.Length - 1 && time >= _points[i].Time) i++;
        var (a, b) = (_points[i - 1], _points[i]);
        return a.Value + Scale(time - a.Time, b.Value - a.Value, b.Time - a.Time);
    }

    /// <summary>The clip time that shows this source time, where several do the one nearest to <paramref name="near"/>; null when none does.</summary>
    public Flicks? ToClip(Flicks source, Flicks near)
    {
        Flicks? best = null;
        for (var i = 1; i < _points.Length; i++)
        {
            var (a, b) = (_points[i - 1], _points[i]);
            if (a.Value == b.Value)
            {
                if (source == a.Value) Offer(Flicks.Max(a.Time, Flicks.Min(b.Time, near)));
                continue;
            }

            var at = a.Time + Scale(source - a.Value, b.Time - a.Time, b.Value - a.Value);
            if ((at >= a.Time || i == 1) && (at <= b.Time || i == _points.Length - 1)) Offer(at);
        }

        return best;

        void Offer(Flicks at)
        {
            if (best is not { } so || (at - near).Magnitude < (so - near).Magnitude) best = at;
        }
    }

    static Flicks Scale(Flicks time, Flicks by, Flicks over)
    {
        var product = (Int128)time.Value * by.Value;
        var (quotient, rest) = Int128.DivRem(product, over.Value);
        if (Int128.Abs(rest) * 2 >= Int128.Abs(over.Value)) quotient += Int128.Sign(product) * Int128.Sign(over.Value);
        return Int128.Abs(quotient) > OtioTimes.Limit.Value ? Flicks.Zero : new((long)quotient);
    }
}
