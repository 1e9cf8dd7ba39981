using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// One track. Items say where they start and end in frames of the sequence, or -1 on the side where a transition lies; then the
/// cut is the transition's cut point, and in and out reach to its ends.
/// </summary>
internal sealed class XmemlTrackReader(XmemlReading reading, FrameRate rate, Dictionary<int, XmemlItemLinks> links)
{
    static readonly XmlNames Modelled = new("clipitem", "generatoritem", "transitionitem", "name", "enabled");

    /// <summary>What a track says itself, and its kept elements not again.</summary>
    public static readonly XmlNames OfTrack = new("name", "enabled", XmemlView.TrackName);

    /// <returns>The track, and one more for each layer of items that overlap others.</returns>
    public IEnumerable<OtioObject> Read(XmlNode track, string mediaType, IReadOnlyList<XmemlSeat> seats)
    {
        var layers = new List<XmemlLayer> { new(rate) };
        var transitions = new XmemlTransition?[seats.Count];
        for (var i = 0; i < seats.Count; i++)
        {
            if (seats[i].IsTransition) transitions[i] = XmemlTransition.Read(seats[i].Item.Element, rate);
        }

        for (var i = 0; i < seats.Count; i++)
        {
            if (transitions[i] is { } transition) layers[0].Hold(transition);
            else Place(seats[i], i == 0 ? null : transitions[i - 1], i + 1 == seats.Count ? null : transitions[i + 1], layers);
        }

        foreach (var layer in layers) layer.ReleaseTransitions(reading);
        yield return Made(track, mediaType, layers[0].Children);
        foreach (var layer in layers.Skip(1))
        {
            yield return OtioBuild.Track("", Kind(mediaType), layer.Children)
                .With("metadata", XmemlOtio.Metadata(OtioObject.EmptyMap, OtioObject.Map((XmemlKeys.Local, OtioObject.Map((XmemlKeys.Layer, true))))));
        }
    }

    void Place(XmemlSeat seat, XmemlTransition? head, XmemlTransition? tail, List<XmemlLayer> layers)
    {
        var item = seat.Item;
        var cutIn = XmemlFrames.Read(item.In) ?? XmemlFrames.Unset;
        var cutOut = XmemlFrames.Read(item.Out) ?? XmemlFrames.Unset;
        var start = XmemlFrames.Read(item.Start) ?? XmemlFrames.Unset;
        var end = XmemlFrames.Read(item.End) ?? XmemlFrames.Unset;
        var own = XmemlRate.Read(item.Rate) ?? rate;
        CutToTicks(item, own, ref cutIn, cutOut, start, ref end);
        var headReach = HeadReach(ref start, head);
        var tailReach = TailReach(ref end, tail);
        if (start < 0) start = layers[0].End;
        if (end < 0) end = start + Math.Max(0, Shown(cutIn, cutOut, own) - (headReach ?? 0));
        if (end < start)
        {
            reading.Diagnostics.Warn(
                DiagnosticCodes.Fcp7BadPlace, item.Element.Place, string.Create(CultureInfo.InvariantCulture, $"'{item.Text}' ends at {end} before it starts at {start}; it is kept without a length."));
            end = start;
        }

        var place = new XmemlPlace(start, end - start, headReach, tailReach);
        if (cutIn < 0 && cutOut >= 0) cutIn = Math.Max(0, cutOut - XmemlFrames.Count(XmemlFrames.At(place.Whole, rate), own));
        var layer = layers.Find(l => l.End <= start);
        if (layer is null) layers.Add(layer = new(rate));
        if (layer != layers[0])
        {
            reading.Diagnostics.Note(
                DiagnosticCodes.Fcp7Overlap, item.Element.Place, $"'{item.Text}' overlaps what is before it on its track; it is shown on a track of its own.");
        }

        layer.Add(place, reading.Items.Read(seat, place, Math.Max(0, cutIn), rate, links.GetValueOrDefault(seat.Element.Index)));
    }

    /// <summary>
    /// Premiere leaves out a cross fade between exploded sound tracks, and in, out and end of the items beside it still reach
    /// over it; its ticks say what is heard, in sync with the picture.
    /// </summary>
    void CutToTicks(XmemlItem item, FrameRate own, ref long cutIn, long cutOut, long start, ref long end)
    {
        if (start < 0 || end < 0 || !reading.Habits.Ticks || Frames(item.TicksIn, own) is not { } from || Frames(item.TicksOut, own) is not { } to) return;
        var isInside = cutIn <= from && from < to && to <= cutOut && (from > cutIn || to < cutOut);
        if (!isInside || (end - start != Shown(cutIn, cutOut, own) && end - start != Shown(from, to, own)) || XmemlRetime.IsIn(item.Filters)) return;
        end = start + Shown(from, to, own);
        cutIn = from;
    }

    static long? Frames(XmlNode element, FrameRate rate)
    {
        if (!element.Exists || element.Integer() is not { } ticks) return null;
        var (frames, rest) = Int128.DivRem((Int128)ticks * rate.Numerator, (Int128)XmemlRate.TicksPerSecond * rate.Denominator);
        return rest == 0 ? (long)frames : null;
    }

    /// <summary>An item that says where its transition begins, instead of -1, overlaps its neighbour for as long as that lasts.</summary>
    static long? HeadReach(ref long start, XmemlTransition? head)
    {
        if (head is null || (start >= 0 && (start != head.Start || start == head.Cut))) return null;
        start = head.Cut;
        return head.Cut - head.Start;
    }

    static long? TailReach(ref long end, XmemlTransition? tail)
    {
        if (tail is null || (end >= 0 && (end != tail.End || end == tail.Cut))) return null;
        end = tail.Cut;
        return tail.End - tail.Cut;
    }

    long Shown(long cutIn, long cutOut, FrameRate own) =>
        cutOut < 0 ? 0 : XmemlFrames.Count(XmemlFrames.At(Math.Max(0, cutOut - Math.Max(0, cutIn)), own), rate);

    static string Kind(string mediaType) => mediaType == "audio" ? "Audio" : "Video";

    static OtioObject Made(XmlNode track, string mediaType, IEnumerable<OtioObject> children)
    {
        var all = XmlMetadata.Rest(track, Modelled);
        var view = all.Fields.Where(f => XmemlView.IsOfTrack(f.Name)).ToArray();
        var rest = new OtioObject([.. all.Fields.Where(f => !XmemlView.IsOfTrack(f.Name) && f.Name != XmemlView.TrackName)]);
        var attribute = all.Text(XmemlView.TrackName);
        var name = attribute ?? track.TextOf("name") ?? "";
        var isEnabled = !XmemlFilters.IsFalse(track.TextOf("enabled"));
        var spelling = new XmemlSpelling();
        spelling.Leaf(track.Child("name"), "name", name.Length > 0 ? name : null);
        spelling.Leaf(track.Child("enabled"), "enabled", isEnabled ? "TRUE" : "FALSE");
        var local = new List<(string, OtioValue)>();
        if (view.Length > 0) local.Add((XmemlKeys.View, new OtioObject([.. view])));
        if (attribute is not null) local.Add((XmemlView.TrackName, true));
        if (!spelling.IsUsual) local.Add((XmemlKeys.Written, spelling.Exceptions));
        if (XmemlTrackOrder.Of(track, rest) is { } order) local.Add((XmemlKeys.Order, order));
        // Empty local data still says that the track came from such a file.
        var own = OtioObject.Map((XmemlKeys.Local, OtioObject.Map([.. local])));
        return OtioBuild.Track(name, Kind(mediaType), children).With("enabled", isEnabled).With("metadata", XmemlOtio.Metadata(rest, own));
    }
}
