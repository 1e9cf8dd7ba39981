using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.CrossFormat;

/// <summary>One thing that a cut says, in a form that every format's own document gives alike.</summary>
/// <param name="Kind">What sort of thing: <c>clip</c>, <c>speed</c>, <c>marker</c>….</param>
/// <param name="Subject">The name of what it is said of; a loss report has to name it.</param>
/// <param name="Text">What is said. Times are exact.</param>
sealed record Fact(string Kind, string Subject, string Text)
{
    public override string ToString() => $"{Kind} of {Subject}: {Text}";

    /// <summary>What the first timeline of a document says.</summary>
    /// <param name="document">Of any format.</param>
    /// <param name="media">Tells where in their sources clips begin to the nearest frame of this rate; null tells it exactly.</param>
    public static IReadOnlyList<Fact> Of(OtioDocument document, FrameRate? media = null)
    {
        var cut = CutReader.Read(document, new DiagnosticBag());
        var placement = Placement.Of(cut);
        List<Fact> facts =
        [
            new("sequence", cut.Name, "name"),
            new("sequence", cut.Name, $"starts at {cut.GlobalStart}"),
            new("sequence", cut.Name, DropFrame.Of(cut) ? "drop-frame" : "non-drop"),
        ];
        var numbers = new Dictionary<TrackKind, int>();
        for (var i = 0; i < cut.Tracks.Length; i++)
        {
            var track = cut.Tracks[i];
            var number = numbers[track.Kind] = numbers.GetValueOrDefault(track.Kind) + 1;
            facts.AddRange(OfTrack(track, $"{track.Kind} {number}", placement.Tracks[i], media));
        }

        facts.AddRange(cut.Markers.Select(m => new Fact("sequence marker", m.Name, $"{m.Range.Start}")));
        facts.AddRange(Links(placement));
        return facts;
    }

    static IEnumerable<Fact> OfTrack(Track track, string place, IReadOnlyList<Placed> placed, FrameRate? media)
    {
        if (!track.Enabled) yield return new("track off", track.Name, place);
        foreach (var point in track.EditPoints)
        {
            var at = placed.FirstOrDefault(p => p.Element.Id == point.Right)?.Start ?? placed.First(p => p.Element.Id == point.Left).End;
            var subject = track.Elements.First(e => e.Id == (point.Right ?? point.Left)).Name;
            yield return new("transition", subject, $"{place} {point.Type} {at - point.InOffset} to {at + point.OutOffset}");
        }

        foreach (var each in placed)
        {
            foreach (var fact in OfElement(each, place, media)) yield return fact;
        }
    }

    static IEnumerable<Fact> OfElement(Placed placed, string place, FrameRate? media)
    {
        var element = placed.Element;
        var kind = element is Nest ? "nest" : "clip";
        if (!element.Enabled) yield return new("disabled", element.Name, place);
        else yield return new(kind, element.Name, $"{place} {placed.Start} to {placed.End}");
        if (element is Clip { Media.Key.Length: > 0 } && element.Enabled) yield return new("source", element.Name, $"{place} from {(media is { } rate ? $"frame {element.SourceStart.ToFrames(rate, Rounding.Nearest)}" : element.SourceStart)}");
        foreach (var effect in element.Effects)
        {
            yield return effect.TimeScalar is { } speed
                ? new("speed", element.Name, $"{place} {speed.ToDouble():0.###}")
                : new("effect", element.Name, $"{place} {effect.Kind}");
        }

        foreach (var marker in element.Markers) yield return new("marker", marker.Name, $"{place} {marker.Range.Start}");
    }

    /// <summary>Which elements belong together, by name and track; what a link is called is the file's own business.</summary>
    static IEnumerable<Fact> Links(Placement placement) => placement.All
        .Where(p => p.Element.Link is not null)
        .GroupBy(p => p.Element.Link)
        .Where(g => g.Count() > 1)
        .Select(g => new Fact("link", g.First().Element.Name, string.Join(" + ", g.Select(p => $"{p.Track.Kind} {p.Start}").Order(StringComparer.Ordinal))));
}
