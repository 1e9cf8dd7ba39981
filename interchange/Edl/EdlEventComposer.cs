using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>From a cue to the lines of its event: the pair of a transition, M2, names, colour, markers, comments.</summary>
internal sealed class EdlEventComposer(EdlSettings settings, int reelWidth, DiagnosticBag diagnostics)
{
    readonly List<EdlOutLine> _lines = [];

    public ImmutableArray<EdlOutLine> Compose(EdlCue cue)
    {
        var lines = _lines;
        lines.Clear();
        var paired = cue.Previous is { IsInPair: true } first ? first : null;
        if (cue.Transition is not null) AddOutgoingLine(lines, cue, paired);
        lines.Add(EventLine(cue, TypeOf(cue), LengthOf(cue)));
        if (paired is not null) AddMotion(lines, paired);
        AddMotion(lines, cue);
        AddNames(lines, cue);
        if (cue.Item is { } item)
        {
            AddMediaFrom(lines, cue, item);
            if (cue.SourceRate != settings.Rate) lines.Add(new EdlOutLine.Text($"* SOURCE RATE: {EdlClock.Spoken(cue.SourceRate)}"));
            AddColorDecisions(lines, item);
            AddMarkers(lines, cue, item);
            AddComments(lines, cue, item);
        }

        return [.. lines];
    }

    EdlOutLine.Event EventLine(EdlCue cue, string type, long? length)
    {
        bool? stated = cue.Section?.Text(EdlKeys.FrameCode) switch
        {
            EdlKeys.DropFrame => true,
            EdlKeys.NonDropFrame => false,
            _ => null,
        };
        var isOwn = cue.SourceRate != settings.Rate;
        var drop = isOwn ? Timecode.SupportsDropFrame(cue.SourceRate) && (stated ?? EdlSource.SaysDrop(cue.Item)) : stated ?? settings.SourceDrop;
        return new(
            cue.Reel, type, length, length is not null && KeyType(cue) == "K (F)", isOwn ? null : stated,
            settings.SourceTimecode(cue.SourceIn, cue.SourceRate, drop), settings.SourceTimecode(Math.Max(0, cue.SourceIn + SourceDuration(cue)), cue.SourceRate, drop),
            cue.RecordIn, cue.RecordOut);
    }

    /// <summary>As the list had it while the clip is as long as it was there, else what its speed says.</summary>
    long SourceDuration(EdlCue cue)
    {
        const double unreadable = 1e12;
        if (cue.Section is { } section
            && section.Number(EdlKeys.SourceDurationFor) == cue.RecordDuration
            && section.Number(EdlKeys.SourceDuration) is { } kept && Math.Abs(kept) < unreadable)
        {
            return (long)kept;
        }

        return EdlMotion.SourceDuration(cue.RecordDuration, settings.Rate, cue.Item is null ? null : EdlWarp.Of(cue.Item)?.TimeScalar, cue.SourceRate);
    }

    void AddOutgoingLine(List<EdlOutLine> lines, EdlCue cue, EdlCue? paired)
    {
        if (paired is not null)
        {
            if (paired.SourceRate != settings.Rate) diagnostics.Warn(DiagnosticCodes.EdlApproximated, cue.Track.Location, $"The source of '{paired.Name}' is counted at {EdlClock.Spoken(paired.SourceRate)} fps, which the first line of a pair has no comment to say.");
            lines.Add(EventLine(paired, "C", null));
            return;
        }

        var section = Section(cue.Transition);
        if (section?.Flag(EdlKeys.SingleLine) is true) return;
        var from = section?.Child(EdlKeys.From);
        var reel = from?.Text(EdlKeys.Reel) is { } kept && EdlLayout.IsReel(kept) ? kept : cue.Previous?.Reel ?? EdlReels.Black;
        bool? drop = null;
        string sourceIn;
        if (ItemTimes.Moment(from?.Child(EdlKeys.FromSource)) is { IsNegative: false } start)
        {
            sourceIn = settings.SourceTimecode(start.ToFrames(settings.Rate, Rounding.Nearest), settings.SourceDrop);
        }
        else if (cue.Previous is { } previous)
        {
            var line = EventLine(previous, "C", null);
            (sourceIn, drop) = (line.SourceOut, line.Drop);
        }
        else
        {
            sourceIn = settings.SourceTimecode(0, settings.SourceDrop);
        }

        lines.Add(new EdlOutLine.Event(reel, "C", null, false, drop, sourceIn, sourceIn, cue.RecordIn, cue.RecordIn));
    }

    string TypeOf(EdlCue cue)
    {
        if (cue.Transition is { } transition)
        {
            var kept = Section(transition)?.Text(EdlKeys.Transition)?.ToUpperInvariant();
            if (kept is "D" || (kept is ['W', _, ..] && kept.Length <= 5 && !kept.AsSpan(1).ContainsAnyExceptInRange('0', '9'))) return kept;
            var type = transition.Text("transition_type") ?? "";
            if (type == "SMPTE_Dissolve") return "D";
            var isWipe = type.Contains("wipe", StringComparison.OrdinalIgnoreCase);
            diagnostics.Warn(
                DiagnosticCodes.EdlApproximated,
                cue.Track.Location,
                $"The transition '{(type.Length == 0 ? "without a type" : type)}' into '{cue.Name}' was written as a {(isWipe ? "wipe (W001)" : "dissolve")}.");
            return isWipe ? "W001" : "D";
        }

        return KeyType(cue) switch
        {
            "K (F)" => "K",
            { } key => key,
            null => "C",
        };
    }

    static string? KeyType(EdlCue cue) => cue.Section?.Text(EdlKeys.Transition) is "K" or "K B" or "K O" or "K (F)" ? cue.Section.Text(EdlKeys.Transition) : null;

    static long? LengthOf(EdlCue cue)
    {
        if (cue.Transition is not null) return cue.TransitionLength;
        return KeyType(cue) is not null && cue.Section?.Number(EdlKeys.TransitionDuration) is >= 0 and < 1_000_000 and var frames ? (long)frames : null;
    }

    void AddMotion(List<EdlOutLine> lines, EdlCue cue)
    {
        if (cue.Item is not { } item || EdlWarp.Of(item) is not { } warp) return;
        var nominal = settings.Rate.NominalFramesPerSecond;
        var speed = cue.Section?.Text(EdlKeys.MotionSpeed);
        if (speed is null
            || !decimal.TryParse(speed, NumberStyles.Float, CultureInfo.InvariantCulture, out var kept)
            || (double)(kept / nominal) != warp.TimeScalar)
        {
            var exact = (decimal)warp.TimeScalar * nominal;
            var written = Math.Round(exact, 1, MidpointRounding.AwayFromZero);
            speed = written.ToString("000.0;-000.0", CultureInfo.InvariantCulture);
            if (written != exact)
            {
                diagnostics.Note(
                    DiagnosticCodes.EdlApproximated,
                    cue.Track.Location,
                    string.Create(CultureInfo.InvariantCulture, $"The speed of '{cue.Name}', {warp.TimeScalar * 100:0.####} %, was written as {speed} frames per second; M2 has one decimal."));
            }
        }

        var trigger = cue.Section?.Text(EdlKeys.MotionTrigger) ?? EventLine(cue, "C", null).SourceIn;
        lines.Add(new EdlOutLine.Text(EdlLayout.MotionLine(cue.Reel, reelWidth, speed, EdlLayout.Clean(trigger))));
    }

    static void AddNames(List<EdlOutLine> lines, EdlCue cue)
    {
        if (cue.Transition is not { } transition)
        {
            var keyword = cue.Section?.Text(EdlKeys.NameFrom) is "CLIP NAME" or "KEY CLIP NAME" ? cue.Section.Text(EdlKeys.NameFrom) : "FROM CLIP NAME";
            if (cue.IsNamed) lines.Add(new EdlOutLine.Text($"* {keyword}:  {cue.Name}"));
            return;
        }

        var section = Section(transition);
        var from = section?.Child(EdlKeys.From);
        var fromName = from is not null ? EdlLayout.Clean(from.Text(EdlKeys.FromName) ?? "")
            : section?.Flag(EdlKeys.SingleLine) is true ? ""
            : cue.Previous is { IsNamed: true } previous ? previous.Name : "";
        if (fromName.Length > 0) lines.Add(new EdlOutLine.Text($"* FROM CLIP NAME:  {fromName}"));
        if (cue.IsNamed) lines.Add(new EdlOutLine.Text($"* TO CLIP NAME:  {cue.Name}"));
    }

    static void AddMediaFrom(List<EdlOutLine> lines, EdlCue cue, OtioObject item)
    {
        if (ItemTimes.ActiveMedia(item)?.Text("target_url") is not { Length: > 0 } url || cue.Transition is not null) return;
        if (cue.Section?.Text(EdlKeys.MediaFrom) is "FROM CLIP" or "FROM FILE") lines.Add(new EdlOutLine.Text($"* {cue.Section.Text(EdlKeys.MediaFrom)}: {EdlLayout.Clean(url)}"));
    }

    static void AddColorDecisions(List<EdlOutLine> lines, OtioObject item)
    {
        if (item.Child("metadata")?.Child("cdl") is not { } cdl) return;
        if (cdl.Child("asc_sop") is { } sop && Three(sop, "slope") is { } slope && Three(sop, "offset") is { } offset && Three(sop, "power") is { } power)
        {
            lines.Add(new EdlOutLine.Text($"* ASC_SOP {slope}{offset}{power}"));
        }

        if (cdl["asc_sat"] is OtioNumber saturation) lines.Add(new EdlOutLine.Text($"* ASC_SAT {saturation.Lexeme}"));
    }

    static string? Three(OtioObject sop, string part) =>
        sop.List(part) is [OtioNumber red, OtioNumber green, OtioNumber blue] ? $"({red.Lexeme} {green.Lexeme} {blue.Lexeme})" : null;

    void AddMarkers(List<EdlOutLine> lines, EdlCue cue, OtioObject item)
    {
        foreach (var value in item.List("markers"))
        {
            if (value is not OtioObject marker) continue;
            var range = ItemTimes.Span(marker.Child("marked_range"));
            var at = range is { } span ? (span.Start - Flicks.FromFrames(cue.SourceIn, cue.SourceRate)).ToFrames(settings.Rate, Rounding.Nearest) + cue.RecordIn : -1;
            if (at < 0)
            {
                diagnostics.Warn(DiagnosticCodes.EdlLeftOut, cue.Track.Location, $"The marker '{marker.Text("name")}' on '{cue.Name}' has no time that an EDL can say and was left out.");
                continue;
            }

            if (range is { Duration.IsZero: false })
            {
                diagnostics.Note(DiagnosticCodes.EdlApproximated, cue.Track.Location, $"The marker '{marker.Text("name")}' on '{cue.Name}' lasts a while; an EDL keeps only where it begins.");
            }

            if (range is { } marked && !(marked.Start - Flicks.FromFrames(cue.SourceIn, cue.SourceRate)).IsWholeAt(settings.Rate))
            {
                diagnostics.Note(DiagnosticCodes.EdlApproximated, cue.Track.Location, $"The marker '{marker.Text("name")}' on '{cue.Name}' is between frames of the list; the nearest was written.");
            }

            lines.Add(MarkerLine(marker, at, cue.Name));
        }
    }

    public EdlOutLine.Marker MarkerLine(OtioObject marker, long at, string carrier)
    {
        var color = Section(marker)?.Text(EdlKeys.MarkerColor);
        if (color is null || !color.Equals(marker.Text("color"), StringComparison.OrdinalIgnoreCase)) color = marker.Text("color") ?? "";
        if (color.Length > 0 && !EdlLine.IsColor(color))
        {
            diagnostics.Note(DiagnosticCodes.EdlApproximated, carrier, $"The marker colour {color} is not one an EDL knows and was left out.");
            color = "";
        }

        var name = EdlLayout.Clean(marker.Text("name") ?? "");
        var comment = EdlLayout.Clean(marker.Text("comment") ?? "");
        if (comment.Length > 0)
        {
            diagnostics.Note(DiagnosticCodes.EdlApproximated, carrier, $"The note of marker '{name}' was written as part of its name.");
            name = name.Length == 0 ? comment : $"{name} {comment}";
        }

        return new(at, $"{color,-7} {name}".TrimEnd());
    }

    /// <summary>The comments as they were; a SOURCE FILE follows the media when that has changed, and is added where there is none.</summary>
    static void AddComments(List<EdlOutLine> lines, EdlCue cue, OtioObject item)
    {
        const string keyword = "SOURCE FILE:";
        var media = ItemTimes.ActiveMedia(item);
        var name = media?.Text("target_url") is { Length: > 0 } url ? url : media?.Text("name") ?? "";
        var follows = cue.Transition is null && name.Length > 0 && name != cue.Reel && cue.Section?.Text(EdlKeys.MediaFrom) is null && media?.SchemaName != OtioSchema.GeneratorReference;
        foreach (var comment in EdlLayout.Texts(cue.Section, EdlKeys.Comments))
        {
            var isSource = follows && comment.StartsWith(keyword, StringComparison.OrdinalIgnoreCase);
            if (isSource) follows = false;
            var text = isSource && comment[keyword.Length..].Trim() != name ? $"{keyword} {name}" : comment;
            lines.Add(new EdlOutLine.Text(EdlLayout.CommentLine(text)));
        }

        if (follows || (cue.Transition is not null && cue.Section is null && name.Length > 0)) lines.Add(new EdlOutLine.Text($"* {keyword} {EdlLayout.Clean(name)}"));
    }

    static OtioObject? Section(OtioObject? node) => node?.Child("metadata")?.Child(EdlKeys.Section);
}
