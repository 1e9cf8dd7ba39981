using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>
/// Whether markers stand where somebody can see them. A marker in a trimmed-off part of its clip is ordinary and comes back
/// when the clip is extended; one beyond the media does not.
/// </summary>
static class MarkerCheck
{
    public static void Check(Inspection inspection)
    {
        var (beyond, hidden) = (new List<(Placed Carrier, Marker Marker)>(), new List<(Placed Carrier, Marker Marker)>());
        foreach (var placed in inspection.Placement.All)
        {
            foreach (var marker in placed.Element.Markers)
            {
                if (IsBeyondMedia(inspection, placed.Element, marker)) beyond.Add((placed, marker));
                else if (IsTrimmedOff(placed.Element, marker)) hidden.Add((placed, marker));
            }
        }

        Report(inspection, beyond, DiagnosticCodes.CutMarkerAstray, Severity.Warning, "outside the media", "No program will show them; move them or take them out.");
        Report(inspection, hidden, DiagnosticCodes.CutMarkerHidden, Severity.Note, "in trimmed-off parts", "They show again when the clip is extended.");
        CheckRecordMarkers(inspection);
    }

    static void Report(Inspection inspection, List<(Placed Carrier, Marker Marker)> markers, string code, Severity severity, string where, string advice)
    {
        if (markers.Count == 0) return;
        var verb = markers.Count == 1 ? "stands" : "stand";
        inspection.AboutCut(
            code,
            severity,
            $"{Inspection.Count(markers.Count, "marker")} {verb} {where} of {Inspection.NamesOf(markers.Select(m => m.Carrier))}. {advice}",
            [.. markers.Select(m => m.Marker.Id)],
            markers.Min(m => m.Carrier.Start));
    }

    static bool IsBeyondMedia(Inspection inspection, Element element, Marker marker) =>
        element is Clip && MediaCheck.Extent(inspection, element) is { } extent
        && (marker.Range.Start > extent.End || marker.Range.End < extent.Start - inspection.OneFrame);

    static bool IsTrimmedOff(Element element, Marker marker)
    {
        if (element.Duration <= Flicks.Zero || SourceUse.Of(element) is not { IsBackwards: false } use) return false;
        return marker.Range.Start > element.SourceStart + use.Source(element.Duration) || marker.Range.End < element.SourceStart;
    }

    static void CheckRecordMarkers(Inspection inspection)
    {
        var end = inspection.Cut.Duration;
        foreach (var marker in inspection.Cut.Markers.Where(m => IsOutside(m, end)))
        {
            inspection.AboutCut(DiagnosticCodes.CutMarkerOutside, Severity.Note, Sentence(marker, "the cut"), [marker.Id], marker.Range.Start);
        }

        for (var t = 0; t < inspection.Cut.Tracks.Length; t++)
        {
            foreach (var marker in inspection.Cut.Tracks[t].Markers.Where(m => IsOutside(m, end)))
            {
                inspection.AboutTrack(
                    t, marker.Range.Start, DiagnosticCodes.CutMarkerOutside, Severity.Note, Sentence(marker, "the cut"), marker.Id);
            }
        }

        static bool IsOutside(Marker marker, Flicks end) => marker.Range.Start.IsNegative || marker.Range.Start > end;
        static string Sentence(Marker marker, string what) =>
            $"{Capital(Wording.Name(marker))} stands {(marker.Range.Start.IsNegative ? "before the start" : "after the end")} of {what}.";
    }

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
