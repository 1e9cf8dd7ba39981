using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>Whether there is media for what the clips show.</summary>
static class MediaCheck
{
    public static void Check(Inspection inspection)
    {
        var clips = 0;
        var missing = new List<Placed>();
        foreach (var placed in inspection.Placement.All)
        {
            CheckSpeed(inspection, placed);
            if (placed.Element is Clip clip)
            {
                clips++;
                if (HasNoMedia(clip)) missing.Add(placed);
            }

            if (Extent(inspection, placed.Element) is { } extent && SourceUse.Of(placed.Element) is { } use) CheckExtent(inspection, placed, use, extent);
        }

        if (missing.Count == 0) return;
        inspection.AboutCut(
            DiagnosticCodes.CutNoMedia,
            Severity.Note,
            missing.Count == clips && clips > 1
                ? "No clip says what its media is; relink by name and timecode."
                : $"{Inspection.Count(missing.Count, "clip")} {(missing.Count == 1 ? "does" : "do")} not say what the media is: {Inspection.NamesOf(missing)}. Relink by name and timecode.",
            [.. missing.Select(p => p.Element.Id)]);
    }

    /// <summary>What there is to show; null when nothing says.</summary>
    public static TimeRange? Extent(Inspection inspection, Element element) => element switch
    {
        // Programs write no length where they do not know it, and one frame for a still, which can be shown for ever.
        Clip { Media.Available: { } available } when available.Duration > inspection.OneFrame => available,
        Nest when element.Node["source_range"] is OtioObject => Content(element.Node),
        _ => null,
    };

    static TimeRange? Content(OtioObject nest)
    {
        var length = Durations.OfChildren(nest, new CutReading(new()), default);
        return length.IsZero ? null : new(Flicks.Zero, length);
    }

    static void CheckExtent(Inspection inspection, Placed placed, SourceUse use, TimeRange extent)
    {
        var (head, tail) = use.Missing(extent, Flicks.Zero, Flicks.Zero);
        var worst = Flicks.Max(head, tail);
        if (worst < inspection.OneFrame || placed.Element.Duration <= Flicks.Zero) return;
        var name = Wording.Name(placed.Element);
        var source = placed.Element is Clip clip ? clip.Media.Name : "what is nested in it";
        if (worst >= placed.Element.Duration)
        {
            inspection.About(placed, DiagnosticCodes.CutBeyondMedia, Severity.Warning,
                $"{name} shows nothing of {source}: it begins at source {Timecode(inspection, placed.Element.SourceStart)}, and there is only {Timecode(inspection, extent.Start)} to {Timecode(inspection, extent.End)}. Relink it or slip it.");
            return;
        }

        var after = tail >= inspection.OneFrame ? $"{inspection.Frames(tail)} after the end" : "";
        var before = head >= inspection.OneFrame ? $"{inspection.Frames(head)} before the start" : "";
        var both = before.Length > 0 && after.Length > 0 ? " and " : "";
        inspection.About(placed, DiagnosticCodes.CutBeyondMedia, Severity.Warning,
            $"{name} uses {before}{both}{after} of {source}, which {(placed.Element is Clip ? "the media does not have" : "is empty")}. Trim it, slip it, or relink it.");
    }

    static void CheckSpeed(Inspection inspection, Placed placed)
    {
        foreach (var effect in placed.Element.Effects)
        {
            if (effect.TimeScalar is not { } scalar || double.IsFinite(scalar.ToDouble())) continue;
            inspection.About(placed, DiagnosticCodes.CutSpeed, Severity.Error,
                $"The speed of {Wording.Name(placed.Element)} is {scalar.Lexeme}, which is no number. Set it again.", effect.Id);
        }
    }

    /// <summary>A missing reference with a name is a reel, which is how lists name media.</summary>
    static bool HasNoMedia(Clip clip)
    {
        var media = MediaMapping.Active(MediaMapping.Write(clip.Node, clip.Media));
        return media is null || (media.SchemaName == OtioSchema.MissingReference && media.Text("name") is not { Length: > 0 });
    }

    static string Timecode(Inspection inspection, Flicks source) =>
        Time.Timecode.Format(source.ToFrames(inspection.Cut.Rate, Rounding.Floor), inspection.Cut.Rate, inspection.Clock.CountsDropFrame);
}
