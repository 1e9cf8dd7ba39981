using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>Whether pictures fall on frames of the sequence, and whether there is anything to see at all.</summary>
static class FrameCheck
{
    public static void Check(Inspection inspection)
    {
        var cut = inspection.Cut;
        if (cut.Tracks.All(t => t.Elements.IsEmpty))
        {
            inspection.AboutCut(DiagnosticCodes.CutEmpty, Severity.Note, "There is nothing in this cut.");
            return;
        }

        if (!cut.GlobalStart.IsWholeAt(cut.Rate))
        {
            inspection.AboutCut(DiagnosticCodes.CutBetweenFrames, Severity.Warning,
                $"The start timecode lies between two frames of {Rate(cut.Rate)} fps; programs will round it to {inspection.Clock.Timecode(Flicks.Zero)} or its neighbour. Set it to a whole frame.");
        }

        for (var t = 0; t < cut.Tracks.Length; t++)
        {
            if (cut.Tracks[t].Kind == TrackKind.Video) CheckTrack(inspection, t);
        }

        CheckRates(inspection);
    }

    /// <summary>Only what puts itself between frames counts; what follows it stands there through no fault of its own.</summary>
    static void CheckTrack(Inspection inspection, int track)
    {
        var rate = inspection.Cut.Rate;
        var odd = inspection.Placement.Tracks[track]
            .Where(p => !p.Element.Duration.IsWholeAt(rate) || !p.Element.Lead.Duration.IsWholeAt(rate))
            .ToList();
        if (odd.Count == 0) return;
        var verb = odd.Count == 1 ? "begins or ends" : "begin or end";
        inspection.AboutTrack(
            track,
            odd[0].Start,
            DiagnosticCodes.CutBetweenFrames,
            Severity.Warning,
            $"{Inspection.Count(odd.Count, "clip")} on {inspection.Places.NameOf(track)} {verb} between two frames of {Rate(rate)} fps: {Inspection.NamesOf(odd)}. Each program will round that its own way; trim to whole frames.",
            [.. odd.Select(p => p.Element.Id)]);
    }

    static void CheckRates(Inspection inspection)
    {
        var others = inspection.Placement.All
            .Where(p => p.Track.Kind == TrackKind.Video)
            .Select(p => (Placed: p, Rate: OtioTimes.RateOf(p.Element.Node["source_range"])))
            .Where(p => p.Rate is { } rate && rate != inspection.Cut.Rate)
            .GroupBy(p => p.Rate ?? default, p => p.Placed);
        foreach (var group in others)
        {
            var clips = group.ToList();
            inspection.AboutCut(
                DiagnosticCodes.CutMixedRates,
                Severity.Note,
                $"{Inspection.Count(clips.Count, "clip")} {(clips.Count == 1 ? "is" : "are")} counted at {Rate(group.Key)} fps in a sequence of {Rate(inspection.Cut.Rate)} fps: {Inspection.NamesOf(clips)}.",
                [.. clips.Select(p => p.Element.Id)],
                clips[0].Start);
        }
    }

    /// <summary>As people say it: 23.976 rather than 24000/1001.</summary>
    static string Rate(FrameRate rate) => rate.ToDouble().ToString("0.###", CultureInfo.InvariantCulture);
}
