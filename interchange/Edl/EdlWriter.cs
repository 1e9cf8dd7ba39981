using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>From an OTIO document to a CMX 3600 list; what the list cannot say is in the diagnostics.</summary>
internal sealed class EdlWriter(OtioDocument document, DiagnosticBag diagnostics)
{
    public byte[] Write()
    {
        var timeline = FirstTimeline();
        var settings = EdlSettings.Of(timeline, diagnostics);
        var blocks = Collapse(Compose(timeline, settings, out var reelWidth));
        if (blocks.Count == 0 && timeline.Child("tracks")?.Objects("children").Any(t => t.Objects("children").Any()) is true)
        {
            throw new InterchangeFormatException($"The timeline '{timeline.Text("name")}' has nothing that an EDL can hold: no clip that plays on a video or audio track.", "tracks");
        }

        PlaceMarkers(timeline, settings, blocks, reelWidth);
        return Encode(Format(settings, blocks, reelWidth), settings);
    }

    OtioObject FirstTimeline()
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

    List<EdlBlock> Compose(OtioObject timeline, EdlSettings settings, out int reelWidth)
    {
        var plans = EdlTrackPlanner.Plan(timeline, diagnostics);
        var reels = new EdlReels(settings.ReelWidth, diagnostics);
        reels.Reserve(plans.SelectMany(p => p.Track.Objects("children")));
        var cues = plans.SelectMany(p => new EdlCueSheet(settings, reels, p, diagnostics).Build()).ToList();
        var longest = cues.Select(c => c.Reel.Length).DefaultIfEmpty(0).Max();
        reelWidth = longest <= EdlSettings.ClassicReelWidth ? EdlSettings.ClassicReelWidth : longest <= 32 ? 32 : 128;

        foreach (var effect in plans.SelectMany(p => p.Track.Objects("effects").Select(e => (p.Location, Effect: e))))
        {
            diagnostics.Warn(DiagnosticCodes.EdlLeftOut, effect.Location, $"The track effect '{effect.Effect.Text("effect_name")}' was left out; an EDL has no track effects.");
        }

        var composer = new EdlEventComposer(settings, reelWidth, diagnostics);
        return [.. cues.Where(c => !c.IsInPair).Select(c => new EdlBlock(
            c.Previous is { IsInPair: true } first ? first.RecordIn : c.RecordIn,
            c.RecordOut,
            c.Track.Order,
            c.Track.Channels,
            c.Section?.Text(EdlKeys.Channels),
            c.Link,
            composer.Compose(c)))];
    }

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
            var partner = candidates.FindIndex(i => result[i].CanJoin(block));
            if (partner >= 0)
            {
                result[candidates[partner]] = result[candidates[partner]].Join(block);
                continue;
            }

            candidates.Add(result.Count);
            result.Add(block);
        }

        return [.. result.OrderBy(b => b.RecordIn).ThenBy(b => b.Order)];
    }

    /// <summary>Markers on the timeline itself become markers of the event under them.</summary>
    void PlaceMarkers(OtioObject timeline, EdlSettings settings, List<EdlBlock> blocks, int reelWidth)
    {
        var composer = new EdlEventComposer(settings, reelWidth, diagnostics);
        var stack = timeline.Child("tracks");
        var markers = timeline.Objects("markers").Concat(stack?.Objects("markers") ?? []).Concat((stack?.Objects("children") ?? []).SelectMany(t => t.Objects("markers")));
        foreach (var marker in markers)
        {
            var at = OtioTimes.Span(marker.Child("marked_range")) is { } span ? settings.Start + span.Start.ToFrames(settings.Rate, CineGit.Timeline.Time.Rounding.Nearest) : -1;
            var under = blocks.FindIndex(b => b.RecordIn <= at && at < b.RecordOut);
            if (at < 0 || under < 0)
            {
                diagnostics.Warn(DiagnosticCodes.EdlLeftOut, "tracks", $"The timeline marker '{marker.Text("name")}' has no event under it and was left out.");
                continue;
            }

            diagnostics.Note(DiagnosticCodes.EdlApproximated, "tracks", $"The timeline marker '{marker.Text("name")}' was written as a marker of the event under it.");
            blocks[under] = blocks[under] with { Lines = blocks[under].Lines.Add(composer.MarkerLine(marker, at, "tracks")) };
        }
    }

    static List<string> Format(EdlSettings settings, List<EdlBlock> blocks, int reelWidth)
    {
        var lines = new List<string>();
        if (settings.Title is { } title) lines.Add($"TITLE: {title}".TrimEnd());
        if (settings.FrameCode is { } code) lines.Add(FrameCodeLine(code));
        lines.AddRange(settings.Header.Select(EdlLayout.CommentLine));
        var current = settings.FrameCode;
        var number = 0;
        EdlBlock? before = null;
        foreach (var block in blocks)
        {
            // A key's lines, background and foreground, are one event.
            if (!(block.Type is "K" or "K O" && before is { Type: "K B" } && before.RecordIn == block.RecordIn)) number++;
            var numberText = number.ToString("D" + settings.EventDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            var (field, aud) = block.Field();
            foreach (var line in block.Lines)
            {
                if (line is not EdlOutLine.Event e)
                {
                    if (line is EdlOutLine.Text text) lines.Add(text.Line);
                    continue;
                }

                if (current is not null && (e.Drop ?? settings.FrameCode) is { } needed && needed != current && number > 1) lines.Add(FrameCodeLine((current = needed).Value));
                lines.Add(EdlLayout.EventLine(numberText, reelWidth, field, e));
            }

            if (aud is not null) lines.Add(aud);
            before = block;
        }

        lines.AddRange(settings.Trailer.Select(EdlLayout.CommentLine));
        return lines;
    }

    static string FrameCodeLine(bool drop) => "FCM: " + (drop ? EdlKeys.DropFrame : EdlKeys.NonDropFrame);

    static byte[] Encode(List<string> lines, EdlSettings settings)
    {
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line).Append(settings.LineEnd);
        var whole = text.ToString();
        if (settings.IsLatin1 && !whole.AsSpan().ContainsAnyExceptInRange('\0', '\xFF')) return Encoding.Latin1.GetBytes(whole);
        var bytes = Encoding.UTF8.GetBytes(whole);
        return settings.HasByteOrderMark ? [0xEF, 0xBB, 0xBF, .. bytes] : bytes;
    }
}

/// <summary>The lines of one event, without its number and channel.</summary>
/// <param name="Stated">The channel field as the list had it.</param>
internal sealed record EdlBlock(
    long RecordIn, long RecordOut, int Order, EdlChannels Channels, string? Stated, string? Link, ImmutableArray<EdlOutLine> Lines)
{
    public string Type => Lines.OfType<EdlOutLine.Event>().Last().Type;

    public bool CanJoin(EdlBlock other) =>
        RecordOut == other.RecordOut
        && !Channels.Overlaps(other.Channels)
        && Channels.Union(other.Channels).ToEvent() is not null
        && Lines.AsSpan().SequenceEqual(other.Lines.AsSpan());

    public EdlBlock Join(EdlBlock other) => this with { Channels = Channels.Union(other.Channels), Stated = Stated ?? other.Stated };

    /// <summary>The list's own spelling where it still means these channels.</summary>
    public (string Field, string? Aud) Field()
    {
        var (field, aud) = Channels.ToEvent() ?? throw new System.Diagnostics.UnreachableException("Only channels that one event can say are joined.");
        if (Stated is null || !EdlChannels.TryParse(Stated, out var stated) || !EdlChannels.TryParse(field, out var usual)) return (field, aud);
        return stated.Equals(usual) ? (Stated, aud) : stated.Equals(Channels) ? (Stated, null) : (field, aud);
    }
}
