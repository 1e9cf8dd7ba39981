using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>What a list of a document says, event by event in record order, before any of it is text.</summary>
internal sealed record EdlComposition(EdlSettings Settings, int ReelWidth, IReadOnlyList<EdlBlock> Blocks)
{
    /// <exception cref="InterchangeFormatException">There is no timeline, or nothing in it that a list can hold.</exception>
    public static EdlComposition Of(OtioDocument document, DiagnosticBag diagnostics)
    {
        var timeline = FirstTimeline(document, diagnostics);
        var settings = EdlSettings.Of(timeline, diagnostics);
        var blocks = Collapse(Compose(timeline, settings, diagnostics, out var reelWidth));
        if (blocks.Count == 0 && timeline.Child("tracks")?.Objects("children").Any(t => t.Objects("children").Any()) is true)
        {
            throw new InterchangeFormatException($"The timeline '{timeline.Text("name")}' has nothing that an EDL can hold: no clip that plays on a video or audio track.", "tracks");
        }

        new EdlLosses(diagnostics).ReportLinks(blocks);
        new EdlTimelineMarkers(settings, diagnostics).Place(timeline, blocks);
        for (var i = 0; i < blocks.Count; i++) blocks[i].Index = i;
        return new(settings, reelWidth, blocks);
    }

    static OtioObject FirstTimeline(OtioDocument document, DiagnosticBag diagnostics)
    {
        if (document.FirstTimeline() is not { } timeline)
        {
            throw new InterchangeFormatException($"The document holds a {document.Root.SchemaName} and no timeline, and an EDL is a timeline; give a file with a timeline.", "");
        }

        if (document.Root.SchemaName == OtioSchema.SerializableCollection && document.Root.Objects("children").Count() is > 1 and var count)
        {
            diagnostics.Warn(DiagnosticCodes.EdlLeftOut, "", string.Create(CultureInfo.InvariantCulture, $"The document holds {count} things; an EDL holds one timeline, and '{timeline.Text("name")}' was written."));
        }

        return timeline;
    }

    static List<EdlBlock> Compose(OtioObject timeline, EdlSettings settings, DiagnosticBag diagnostics, out int reelWidth)
    {
        var plans = EdlTrackPlanner.Plan(timeline, diagnostics);
        var reels = new EdlReels(settings.ReelWidth, diagnostics);
        reels.Reserve(plans.SelectMany(p => p.Track.Objects("children")));
        var cues = plans.SelectMany(p => new EdlCueSheet(settings, reels, p, diagnostics).Build()).ToList();
        var longest = cues.Select(c => c.Reel.Length).DefaultIfEmpty(0).Max();
        reelWidth = longest <= EdlSettings.ClassicReelWidth ? EdlSettings.ClassicReelWidth : longest <= 32 ? 32 : 128;
        new EdlLosses(diagnostics).Report(timeline, plans);
        var composer = new EdlEventComposer(settings, reelWidth, diagnostics);
        var blocks = new List<EdlBlock>(cues.Count);
        foreach (var cue in cues)
        {
            if (!cue.IsInPair) blocks.Add(Block(cue, composer.Compose(cue)));
        }

        return blocks;
    }

    static EdlBlock Block(EdlCue cue, ImmutableArray<EdlOutLine> lines) => new(
        cue.Previous is { IsInPair: true } first ? first.RecordIn : cue.RecordIn,
        cue.RecordOut, cue.Track.Order, cue.Track.Lane, cue.Track.Channels, cue.Section?.Text(EdlKeys.Channels), cue.Link, cue.Item, lines);

    /// <summary>Linked events that differ in nothing but their channel become one, AA/V or B, where a channel field can say it.</summary>
    static List<EdlBlock> Collapse(List<EdlBlock> blocks)
    {
        var result = new List<EdlBlock>(blocks.Count);
        var open = new Dictionary<(string, long), List<int>>();
        foreach (var block in blocks)
        {
            if (block.Link is null)
            {
                result.Add(block);
                continue;
            }

            if (!open.TryGetValue((block.Link, block.RecordIn), out var candidates)) open[(block.Link, block.RecordIn)] = candidates = [];
            var partner = Partner(result, candidates, block);
            if (partner >= 0)
            {
                result[partner] = result[partner].Join(block);
                continue;
            }

            candidates.Add(result.Count);
            result.Add(block);
        }

        return [.. result.OrderBy(b => b.RecordIn).ThenBy(b => b.Order)];
    }

    /// <summary>Among the first of them: a link with more events than channels can be is no link of one event.</summary>
    static int Partner(List<EdlBlock> blocks, List<int> candidates, EdlBlock block)
    {
        const int most = 2 * EdlChannels.HighestTrack;
        for (var i = 0; i < Math.Min(candidates.Count, most); i++)
        {
            if (blocks[candidates[i]].CanJoin(block)) return candidates[i];
        }

        return -1;
    }
}

/// <summary>Markers on the timeline itself become markers of the event under them.</summary>
internal sealed class EdlTimelineMarkers(EdlSettings settings, DiagnosticBag diagnostics)
{
    /// <param name="timeline">Whose own markers, and those of its tracks, are placed.</param>
    /// <param name="blocks">In record order.</param>
    public void Place(OtioObject timeline, List<EdlBlock> blocks)
    {
        var stack = timeline.Child("tracks");
        var markers = timeline.Objects("markers").Concat(stack?.Objects("markers") ?? [])
            .Concat((stack?.Objects("children") ?? []).SelectMany(t => t.Objects("markers")))
            .ToList();
        if (markers.Count == 0) return;
        var composer = new EdlEventComposer(settings, EdlSettings.ClassicReelWidth, diagnostics);
        var ends = LatestEnds(blocks);
        var placed = new Dictionary<int, List<EdlOutLine>>();
        foreach (var marker in markers)
        {
            var at = ItemTimes.Span(marker.Child("marked_range")) is { } span ? settings.Start + span.Start.ToFrames(settings.Rate, Rounding.Nearest) : -1;
            var under = at < 0 ? -1 : Under(blocks, ends, at);
            if (under < 0)
            {
                diagnostics.Warn(DiagnosticCodes.EdlLeftOut, "tracks", $"The timeline marker '{marker.Text("name")}' has no event under it and was left out.");
                continue;
            }

            diagnostics.Note(DiagnosticCodes.EdlApproximated, "tracks", $"The timeline marker '{marker.Text("name")}' was written as a marker of the event under it.");
            if (!placed.TryGetValue(under, out var lines)) placed[under] = lines = [];
            lines.Add(composer.MarkerLine(marker, at, "tracks"));
        }

        foreach (var (index, lines) in placed) blocks[index] = blocks[index] with { Lines = [.. blocks[index].Lines, .. lines] };
    }

    /// <summary>The latest record out of each block and all before it.</summary>
    static long[] LatestEnds(List<EdlBlock> blocks)
    {
        var ends = new long[blocks.Count];
        for (var i = 0; i < ends.Length; i++) ends[i] = Math.Max(blocks[i].RecordOut, i == 0 ? long.MinValue : ends[i - 1]);
        return ends;
    }

    /// <summary>The first block that plays at a record time: where the latest end first goes past it.</summary>
    static int Under(List<EdlBlock> blocks, long[] ends, long at)
    {
        var found = Array.BinarySearch(ends, at + 1);
        if (found < 0) found = ~found;
        while (found > 0 && ends[found - 1] > at) found--;
        return found < blocks.Count && blocks[found].RecordIn <= at ? found : -1;
    }
}
