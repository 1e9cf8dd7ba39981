using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>An item or transition of a track to be written, where it stands in frames of the sequence.</summary>
/// <param name="Node">Its OTIO object.</param>
/// <param name="Location">For diagnostics: <c>tracks/0/children/3</c>.</param>
internal sealed record XmemlCue(OtioObject Node, string Location, long Start, long End)
{
    public bool IsTransition => Node.SchemaName == OtioSchema.Transition;

    /// <summary>Frames that a transition reaches before and after its cut.</summary>
    public long ReachIn { get; init; }

    public long ReachOut { get; init; }

    /// <summary>A transition with an item on either side.</summary>
    public bool IsBetween { get; init; }

    public XmemlPlace Place { get; init; }

    /// <summary>From 1, among all items of the track.</summary>
    public int ClipIndex { get; set; }

    public string Id { get; set; } = "";
}

/// <summary>A track to be written.</summary>
/// <param name="Node">Its OTIO object; a stack's child without a track is its own.</param>
/// <param name="Index">From 1, among the tracks of its kind.</param>
internal sealed record XmemlTrackPlan(OtioObject Node, string MediaType, int Index, string Location, IReadOnlyList<XmemlCue> Cues);

/// <summary>Lays the children of tracks out in frames.</summary>
internal sealed class XmemlTrackPlanner(FrameRate rate, XmemlLosses losses)
{
    public List<XmemlTrackPlan> Plan(IEnumerable<OtioObject> tracks, string location)
    {
        var plans = new List<XmemlTrackPlan>();
        var counts = new Dictionary<string, int>();
        var index = -1;
        foreach (var track in tracks)
        {
            var place = $"{location}/{XmemlFrames.Text(++index)}";
            if (MediaTypeOf(track, place) is not { } mediaType) continue;
            var cues = Cues(track, place);
            if (XmemlOtio.Local(track)?.Flag(XmemlKeys.Layer) is true && plans.FindLastIndex(p => p.MediaType == mediaType) is >= 0 and var below)
            {
                plans[below] = plans[below] with { Cues = Merged(plans[below].Cues, cues) };
                continue;
            }

            var number = counts[mediaType] = counts.GetValueOrDefault(mediaType) + 1;
            plans.Add(new(track, mediaType, number, place, cues));
        }

        foreach (var plan in plans)
        {
            for (var i = 0; i < plan.Cues.Count; i++) plan.Cues[i].ClipIndex = i + 1;
        }

        return [.. plans.OrderBy(p => p.MediaType == "video" ? 0 : 1)];
    }

    string? MediaTypeOf(OtioObject track, string place)
    {
        if (track.SchemaName != OtioSchema.Track) return "video";
        switch (track.Text("kind"))
        {
            case null or "" or "Video": return "video";
            case "Audio": return "audio";
            default:
                losses.LeftOut(place, $"The track '{track.Text("name")}' of kind {track.Text("kind")}", "there are video and audio tracks only");
                return null;
        }
    }

    List<XmemlCue> Cues(OtioObject track, string place)
    {
        IReadOnlyList<OtioObject> children = track.SchemaName == OtioSchema.Track ? [.. track.Objects("children")] : [track];
        var cues = new List<XmemlCue>(children.Count);
        var at = Flicks.Zero;
        for (var i = 0; i < children.Count; i++)
        {
            var child = children[i];
            if (child.SchemaName == OtioSchema.Transition)
            {
                cues.Add(Transition(child, at, $"{place}/children/{XmemlFrames.Text(i)}", i > 0 && IsItem(children[i - 1]) && i + 1 < children.Count && IsItem(children[i + 1])));
                continue;
            }

            var end = Flicks.Min(at + (XmemlOtio.DurationOf(child) ?? Flicks.Zero), OtioTimes.Limit);
            if (!at.IsWholeAt(rate)) losses.OffFrame();
            if (child.SchemaName == OtioSchema.Gap) losses.Gap(child, place);
            else if (IsItem(child)) cues.Add(Item(children, i, XmemlFrames.Count(at, rate), XmemlFrames.Count(end, rate), $"{place}/children/{XmemlFrames.Text(i)}"));
            else losses.LeftOut($"{place}/children/{XmemlFrames.Text(i)}", $"'{child.Text("name")}', a {child.Schema},", "nothing here says what it is; its time stays empty");
            at = end;
        }

        if (!at.IsWholeAt(rate)) losses.OffFrame();
        if (children.Count > 0 && children[^1].SchemaName == OtioSchema.Gap) losses.Approximated(place, $"The empty time at the end of the track '{track.Text("name")}' was not written; in Final Cut Pro 7 XML a track ends with its last item.");
        return cues;
    }

    XmemlCue Item(IReadOnlyList<OtioObject> children, int index, long start, long end, string location)
    {
        long? head = index > 0 && children[index - 1].SchemaName == OtioSchema.Transition ? Reach(children[index - 1], "in_offset") : null;
        long? tail = index + 1 < children.Count && children[index + 1].SchemaName == OtioSchema.Transition ? Reach(children[index + 1], "out_offset") : null;
        return new(children[index], location, start, end) { Place = new(start, Math.Max(0, end - start), head, tail) };
    }

    XmemlCue Transition(OtioObject node, Flicks at, string location, bool isBetween)
    {
        var cut = XmemlFrames.Count(at, rate);
        var (reachIn, reachOut) = (Reach(node, "in_offset"), Reach(node, "out_offset"));
        return new(node, location, cut - reachIn, cut + reachOut) { ReachIn = reachIn, ReachOut = reachOut, IsBetween = isBetween };
    }

    long Reach(OtioObject transition, string offset)
    {
        if (!OtioTimes.TryRead(transition[offset], out var time) || time.Time.IsNegative) return 0;
        if (!time.Time.IsWholeAt(rate)) losses.OffFrame();
        return XmemlFrames.Count(time.Time, rate);
    }

    static bool IsItem(OtioObject node) => node.SchemaName is OtioSchema.Clip or OtioSchema.Stack or OtioSchema.Track;

    /// <summary>What overlapped on one track goes back there, by where it starts.</summary>
    static List<XmemlCue> Merged(IReadOnlyList<XmemlCue> track, List<XmemlCue> layer)
    {
        var merged = new List<XmemlCue>(track);
        foreach (var cue in layer)
        {
            var at = merged.FindIndex(c => !c.IsTransition && c.Start > cue.Start);
            merged.Insert(at < 0 ? merged.Count : at, cue);
        }

        return merged;
    }
}
