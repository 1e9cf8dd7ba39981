using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Where an item stands on its track, in frames of the sequence.</summary>
/// <param name="Start">Its first frame, transitions cut at their cut point.</param>
/// <param name="HeadReach">How far a transition at its head begins before it; null without one, when start is not -1.</param>
/// <param name="TailReach">How far a transition at its tail goes on after it.</param>
internal readonly record struct XmemlPlace(long Start, long Duration, long? HeadReach, long? TailReach)
{
    public long End => Start + Duration;

    /// <summary>All that the item's in and out span: beside a transition they reach to its ends.</summary>
    public long Whole => (HeadReach ?? 0) + Duration + (TailReach ?? 0);
}

/// <summary>How far media reaches, in its own time: the timecode it begins at, and its length where that is known.</summary>
internal readonly record struct XmemlExtent(Flicks Start, Flicks? Length);

/// <summary>
/// The in and out of an item, counted in frames of the item's own rate from the start of its media, retimed where it is; and
/// the way back to the time in the media.
/// </summary>
internal sealed class XmemlSourceTimes(XmemlPlace place, FrameRate sequenceRate, FrameRate rate, XmemlExtent media, XmemlRetime? speed)
{
    /// <summary>Backwards from the end of media that nobody knows the length of is counted forwards, from its start.</summary>
    readonly XmemlRetime? _retime = media.Length is null && speed is { RunsBackwards: true, IsVariable: false } ? XmemlRetime.OfScalar(-speed.Scalar) : speed;

    const decimal MostFrames = 1_000_000_000_000;

    public XmemlPlace Place => place;

    public FrameRate Rate => rate;

    public bool IsRetimed => _retime is { IsNormal: false };

    /// <summary>Where the item begins in its media; of a clip that runs backwards, the earliest it shows.</summary>
    /// <param name="cutIn">The in point as it stands in the file.</param>
    public Flicks SourceStart(long cutIn)
    {
        if (_retime is null || !IsRetimed)
        {
            return media.Start + XmemlFrames.At(cutIn, rate) + XmemlFrames.At(place.HeadReach ?? 0, sequenceRate);
        }

        var at = cutIn + Rated(place.HeadReach ?? 0);
        if (_retime.RunsBackwards) at += Rated(place.Duration);
        return media.Start + _retime.MediaAt(at, MediaFrames, rate);
    }

    /// <summary>How far behind an in point the item really begins.</summary>
    public Flicks Beyond(Flicks sourceStart, long cutIn) => sourceStart - media.Start - XmemlFrames.At(place.HeadReach ?? 0, sequenceRate) - XmemlFrames.At(cutIn, rate);

    /// <summary>The in and out points to write.</summary>
    /// <param name="retimedIn">Of a variable _retime: where the item began when it was read, as several frames may show one moment.</param>
    public (long In, long Out, bool IsExact) Points(Flicks sourceStart, decimal? retimedIn)
    {
        if (_retime is null || !IsRetimed)
        {
            var from = sourceStart - media.Start - XmemlFrames.At(place.HeadReach ?? 0, sequenceRate);
            var to = from + XmemlFrames.At(place.Whole, sequenceRate);
            var first = XmemlFrames.Count(from, rate);
            return (first, XmemlFrames.Count(to, rate), XmemlFrames.At(first, rate) == from);
        }

        var shown = Rated(place.Duration);
        var hint = (retimedIn ?? 0) + (_retime.RunsBackwards ? shown : 0);
        var at = _retime.RetimedAt(sourceStart - media.Start, MediaFrames, rate, hint);
        if (_retime.RunsBackwards) at -= shown;
        at -= Rated(place.HeadReach ?? 0);
        var rounded = (long)Math.Round(Math.Clamp(at, -MostFrames, MostFrames), MidpointRounding.AwayFromZero);
        return (rounded, rounded + (long)Math.Round(Rated(place.Whole), MidpointRounding.AwayFromZero), _retime.IsVariable || rounded == at);
    }

    /// <summary>How long the whole media lasts, retimed; null when that is not known.</summary>
    public long? Duration()
    {
        if (media.Length is not { } length) return null;
        if (!IsRetimed && XmemlFrames.Count(length, rate) is var whole && XmemlFrames.At(whole, rate) == length) return whole;
        var frames = MediaFrames;
        if (IsRetimed && _retime is { Percent: not 0 }) frames = frames * 100 / Math.Abs(_retime.Percent);
        return (long)Math.Floor(Math.Min(frames, MostFrames));
    }

    /// <summary>Markers on the item, which count as its in and out do.</summary>
    public XmemlMarkers Markers() => new(
        rate,
        at => media.Start + (_retime is not null && IsRetimed ? _retime.MediaAt(at, MediaFrames, rate) : XmemlFrames.At(at, rate)),
        time => _retime is not null && IsRetimed
            ? (long)Math.Round(Math.Clamp(_retime.RetimedAt(time - media.Start, MediaFrames, rate, 0), -MostFrames, MostFrames), MidpointRounding.AwayFromZero)
            : XmemlFrames.Count(time - media.Start, rate));

    decimal MediaFrames => media.Length is { } length ? XmemlRetime.ToFrames(length, rate) : 0;

    decimal Rated(long frames) => rate == sequenceRate
        ? frames
        : (decimal)frames * sequenceRate.Denominator * rate.Numerator / sequenceRate.Numerator / rate.Denominator;
}
