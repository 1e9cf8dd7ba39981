using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>How far in a storyline is.</summary>
internal enum FcpxmlLevel
{
    /// <summary>A project: markers on its gaps become markers of the sequence.</summary>
    Sequence,

    /// <summary>A compound clip.</summary>
    Nest,

    /// <summary>A synchronized clip.</summary>
    Contents,

    /// <summary>An angle of a multicam is one track: what hangs on its items, and their sound, stays with them.</summary>
    Angle,
}

/// <summary>
/// Lays a storyline and all that hangs on it out on tracks. Positions in the file are relative: an item's offset is in the time
/// of what holds it, and that time begins at the holder's start.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="frame">How the sequence counts.</param>
/// <param name="nests">Opens what is nested.</param>
/// <param name="level">How far in.</param>
internal sealed class FcpxmlStoryReader(FcpxmlSource source, FcpxmlFrame frame, FcpxmlNests nests, FcpxmlLevel level)
{
    const int LaneLimit = 10_000;
    const int DepthLimit = 64;

    static readonly XmlNames SpineModelled = new([.. FcpxmlKeys.StoryItems, "@lane", "@offset", "audition", "gap", "transition"]);

    readonly List<FcpxmlBlock> _blocks = [];
    readonly List<FcpxmlHold> _holds = [];
    readonly List<OtioObject> _markers = [];
    readonly FcpxmlItems _items = new(source, frame, nests, level);
    int _storylines;
    int _depth;

    /// <summary>Markers that stood on gaps, in record time.</summary>
    public IReadOnlyList<OtioObject> Markers => _markers;

    /// <summary>Where the first item begins, when that is before zero.</summary>
    public Flicks Earliest { get; private set; }

    /// <summary>How long it is, with what hangs over its end.</summary>
    public Flicks Length => _blocks.Count == 0 ? Flicks.Zero : _blocks.Max(b => b.End);

    /// <param name="children">Of the primary storyline, in order.</param>
    /// <param name="origin">What the time of record zero is called.</param>
    public IEnumerable<OtioObject> Read(IEnumerable<XmlNode> children, Flicks origin)
    {
        var primary = new FcpxmlBlock(FcpxmlRow.Video, 0, Flicks.Zero);
        _blocks.Add(primary);
        FcpxmlBlock? sound = null;
        foreach (var child in children)
        {
            if (child.Name == "transition")
            {
                (sound ?? primary).Children.Add(_items.Transition(child, origin + primary.End));
                continue;
            }

            var at = Hole(primary, child, origin);
            if (sound?.End < at) sound = null;
            if (child.Name == "gap")
            {
                AddGap(primary, child, null, 0);
                sound = null;
                continue;
            }

            if (_items.Read(child, origin + at) is not { } item) continue;
            if (item.Row == FcpxmlRow.Audio && level != FcpxmlLevel.Angle)
            {
                if (sound is null) _blocks.Add(sound = new(FcpxmlRow.Audio, 0, at));
                sound.Children.Add(item.Node);
                sound.End = at + item.Duration;
                if (!item.Duration.IsZero) primary.Children.Add(FcpxmlTracks.Space(item.Duration, frame));
            }
            else
            {
                sound = null;
                primary.Children.Add(item.Node);
            }

            primary.End = at + item.Duration;
            Hold(item, 0, at);
        }

        return Finish(primary);
    }

    /// <summary>Other tools leave holes in a storyline where Final Cut has gaps.</summary>
    Flicks Hole(FcpxmlBlock block, XmlNode child, Flicks origin)
    {
        var at = child["offset"] is null ? block.End : source.Time(child, "offset") - origin;
        if (at < block.End)
        {
            source.WarnOnce("overlap", DiagnosticCodes.FcpxmlOverlap, child, "Items of a storyline overlap by their offsets; they are read one after the other.");
            return block.End;
        }

        if (at == block.End) return at;
        var hole = FcpxmlTracks.Space(at - block.End, frame);
        block.Children.Add(hole.With("metadata", OtioObject.Map((OtioSchema.OwnMetadata, FcpxmlLocal.Own(OtioObject.Map((FcpxmlKeys.Hole, true)))))));
        block.End = at;
        return at;
    }

    void AddGap(FcpxmlBlock block, XmlNode gap, OtioObject? storyline, int lane)
    {
        var at = block.End;
        var start = source.Time(gap, "start");
        var duration = source.Time(gap, "duration");
        block.Children.Add(_items.Gap(gap, start, duration, storyline));
        block.End = at + duration;
        var hold = new FcpxmlHold(lane, at, FcpxmlRow.Video);
        _holds.Add(hold);
        if (level == FcpxmlLevel.Sequence)
        {
            foreach (var child in gap.Children)
            {
                if (FcpxmlKeys.IsMarker(child.Name) && FcpxmlItems.IsInside(child, start, duration)) _markers.Add(FcpxmlMarkers.One(child, source, frame, t => at + t - start));
            }
        }

        Anchored(gap, hold, at, start, null);
    }

    void Hold(FcpxmlItem item, int lane, Flicks at)
    {
        var hold = new FcpxmlHold(lane, at, item.Row);
        _holds.Add(hold);
        if (item.Sound is { } sound)
        {
            var from = at + item.SoundOffset;
            var block = new FcpxmlBlock(FcpxmlRow.Audio, lane, from) { End = from + item.SoundDuration };
            block.Children.Add(sound);
            _blocks.Add(block);
        }

        Anchored(item.Element, hold, at, item.Start, item.Conform);
    }

    void Anchored(XmlNode parent, FcpxmlHold hold, Flicks at, Flicks start, FcpxmlConform? conform)
    {
        if (level == FcpxmlLevel.Angle) return;
        if (++_depth > DepthLimit) throw new InterchangeFormatException($"Items hang on items more than {DepthLimit} deep, which no project does.", parent.Place);
        var children = FcpxmlItems.AnchoredIn(parent);
        for (var i = 0; i < children.Count; i++)
        {
            var child = children[i];
            int? order = children.Count > 1 ? i : null;
            var lane = Math.Clamp(hold.Lane + LaneOf(child), -LaneLimit, LaneLimit);
            var within = source.Time(child, "offset") - start;
            var from = at + (conform?.ToSequence(within, frame.Rate) ?? within);
            Earliest = Flicks.Min(Earliest, from);
            if (from.IsNegative && level != FcpxmlLevel.Contents)
            {
                source.WarnOnce("before", DiagnosticCodes.FcpxmlOverlap, child, "An item hangs before the start of its sequence; it is read as beginning there.");
            }

            from = Flicks.Max(from, Flicks.Zero);

            if (child.Name == "spine") Storyline(child, hold, lane, from, order);
            else Connected(child, hold, lane, from, order);
        }

        _depth--;
    }

    void Connected(XmlNode child, FcpxmlHold hold, int lane, Flicks at, int? order)
    {
        if (_items.Read(child, null, order) is not { } item) return;
        var block = new FcpxmlBlock(item.Row, lane, at) { End = at + item.Duration, Hold = hold };
        block.Children.Add(item.Node);
        _blocks.Add(block);
        Hold(item, lane, at);
    }

    void Storyline(XmlNode spine, FcpxmlHold hold, int lane, Flicks at, int? order)
    {
        var block = new FcpxmlBlock(FcpxmlRow.Video, lane, at) { Hold = hold };
        _blocks.Add(block);
        var label = string.Create(CultureInfo.InvariantCulture, $"{++_storylines}");
        var storyline = OtioObject.Map((FcpxmlKeys.Storyline, source.Stable(XmlMetadata.Rest(spine, SpineModelled))), (FcpxmlKeys.Local, label));
        var first = spine["offset"] is { } offset ? storyline.With(FcpxmlKeys.SpineOffset, offset) : storyline;
        var rows = new HashSet<FcpxmlRow>();
        foreach (var child in spine.Children)
        {
            if (child.Name == "transition")
            {
                block.Children.Add(_items.Transition(child, block.End - at));
                continue;
            }

            var here = Hole(block, child, -at);
            if (child.Name == "gap")
            {
                AddGap(block, child, storyline, lane);
                continue;
            }

            if (_items.Read(child, here - at, order, first) is not { } item) continue;
            (order, first) = (null, storyline);
            rows.Add(item.Row);
            block.Children.Add(item.Node);
            block.End = here + item.Duration;
            Hold(item, lane, here);
        }

        if (rows.Count == 1) block.Row = rows.First();
    }

    IEnumerable<OtioObject> Finish(FcpxmlBlock primary)
    {
        var lanes = _holds.GroupBy(h => h.Lane).ToDictionary(g => g.Key, g => g.OrderBy(h => h.Start).ThenBy(h => h.Row).ToList());
        var places = new Dictionary<FcpxmlHold, int>(ReferenceEqualityComparer.Instance);
        foreach (var holds in lanes.Values) for (var i = 0; i < holds.Count; i++) places[holds[i]] = i;
        foreach (var block in _blocks)
        {
            if (block.Hold is not { } hold || block.Children.Count == 0) continue;
            var natural = FcpxmlHold.At(lanes[hold.Lane], block.Start, hold.Lane == 0 ? primary.End : null);
            if (hold.Lane == 0 && natural == places[hold]) continue;
            var first = block.Children.FindIndex(c => c.SchemaName != OtioSchema.Transition);
            if (first >= 0) block.Children[first] = WithAnchor(block.Children[first], hold.Lane, places[hold] - natural);
        }

        if (primary.Children.TrueForAll(c => c.SchemaName == OtioSchema.Gap && c.Child("metadata") is not { Fields.IsEmpty: false })) _blocks.Remove(primary);
        return FcpxmlTracks.Of(_blocks.Where(b => b.Children.Count > 0), frame);
    }

    static OtioObject WithAnchor(OtioObject node, int lane, int step)
    {
        var metadata = node.Child("metadata") ?? OtioObject.EmptyMap;
        var anchor = OtioObject.Map((FcpxmlKeys.Lane, (long)lane), (FcpxmlKeys.Step, (long)step));
        return node.With("metadata", metadata.With(FcpxmlKeys.Section, (metadata.Child(FcpxmlKeys.Section) ?? OtioObject.EmptyMap).With(FcpxmlKeys.Anchor, anchor)));
    }

    static int LaneOf(XmlNode node) =>
        int.TryParse(node["lane"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var lane) && lane != 0 ? Math.Clamp(lane, -LaneLimit, LaneLimit) : 1;
}
