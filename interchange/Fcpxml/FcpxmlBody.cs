using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>What stands inside an item's element, in the order of the DTD: metadata, retime, adjustments, filters, contents, markers.</summary>
internal sealed class FcpxmlBody(FcpxmlPlan plan, OtioObject section, FcpxmlElement element, FcpxmlFrame frame, FcpxmlTarget target, XmlOutput output)
{
    const int FewParts = 2;

    static readonly int Unknown = 2 * FcpxmlKeys.Rank["metadata"] - 1;
    static readonly int Contents = RankOf(FcpxmlKeys.Anchored);
    static readonly int Markers = RankOf("marker");

    readonly List<Part> _parts = new(FewParts);

    /// <param name="contents">Writes what the item contains and what hangs on it.</param>
    public void Write(Action contents)
    {
        Collect(section, _parts);
        foreach (var value in plan.Node.List("effects")) if (value is OtioObject effect) Add(effect);
        if (plan.Section is null && element.Name == "asset-clip") AddRealTime();
        if (_parts.Count > 1) _parts.Sort(ByRank);
        var (hasContents, hasMarkers) = (false, false);
        foreach (var part in _parts)
        {
            if (!hasContents && part.Rank > Contents)
            {
                contents();
                hasContents = true;
            }

            if (!hasMarkers && part.Rank > Markers)
            {
                WriteMarkers();
                hasMarkers = true;
            }

            Write(part);
        }

        if (!hasContents) contents();
        if (!hasMarkers) WriteMarkers();
        if (section[FcpxmlKeys.Text] is OtioString space) output.TextIfEmpty(space.Value);
    }

    /// <summary>What metadata says of a transition: in it, filters stand before markers.</summary>
    public static void WriteTransition(XmlOutput output, OtioObject rest)
    {
        XmlMetadata.WriteAttributes(output, rest);
        var parts = new List<Part>();
        Collect(rest, parts);
        parts.Sort((a, b) => ByRank(a with { Rank = InTransition(a) }, b with { Rank = InTransition(b) }));
        foreach (var part in parts) XmlMetadata.Write(output, part.Name, part.Value);
        if (rest[FcpxmlKeys.Text] is OtioString space) output.TextIfEmpty(space.Value);
    }

    static int InTransition(Part part) => part.Name is "filter-video" or "filter-audio" ? part.Rank - 2 * FcpxmlKeys.Rank.Count : part.Rank;

    static int ByRank(Part a, Part b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Order.CompareTo(b.Order);

    static void Collect(OtioObject rest, List<Part> parts)
    {
        foreach (var field in rest.Fields)
        {
            if (field is { Name: "#content", Value: OtioArray content })
            {
                foreach (var pair in content.Items.OfType<OtioArray>())
                {
                    if (pair.Items is [OtioString name, var value] && XmlNames.IsName(name.Value)) parts.Add(new(RankOf(name.Value), parts.Count, name.Value, value, null));
                }
            }
            else if (!IsOwn(field.Name) && XmlNames.IsName(field.Name))
            {
                parts.Add(new(RankOf(field.Name), parts.Count, field.Name, field.Value, null));
            }
        }
    }

    /// <summary>What in a section is no child of the element.</summary>
    static bool IsOwn(string field) => field[0] is '@' or '#'
        || field is FcpxmlKeys.Element or FcpxmlKeys.Anchor or FcpxmlKeys.Storyline or FcpxmlKeys.Content or FcpxmlKeys.Audition or FcpxmlKeys.Origin
            or FcpxmlKeys.Anchored or FcpxmlKeys.Markers or FcpxmlKeys.Sound;

    static int RankOf(string name) => name == "filter-video-mask" ? RankOf("filter-video") : FcpxmlKeys.Rank.TryGetValue(name, out var rank) ? 2 * rank : Unknown;

    void Add(OtioObject effect)
    {
        if (plan.Conform is not null && FcpxmlConform.Stored(effect) is { } conform)
        {
            _parts.Add(new(RankOf(FcpxmlConform.Element), _parts.Count, FcpxmlConform.Element, conform, null));
        }
        else if (FcpxmlRetimes.IsRetime(effect))
        {
            if (!_parts.Exists(p => p.Name == FcpxmlEffects.TimeMap)) _parts.Add(new(RankOf(FcpxmlEffects.TimeMap), _parts.Count, FcpxmlEffects.TimeMap, OtioNull.Value, effect));
        }
        else if (FcpxmlLocal.Section(effect)?.Text(FcpxmlKeys.Element) is { } name && FcpxmlKeys.IsEffect(name))
        {
            _parts.Add(new(RankOf(name), _parts.Count, name, OtioNull.Value, effect));
        }
    }

    /// <summary>As Final Cut says it of media that it plays in real time in a sequence of another rate.</summary>
    void AddRealTime()
    {
        if (plan.Retime is not null || ItemTimes.MediaRate(plan.Node) is not { } rate || rate == frame.Rate || !FcpxmlConform.TrySpell(rate, out var text)) return;
        _parts.Add(new(RankOf(FcpxmlConform.Element), _parts.Count, FcpxmlConform.Element, FcpxmlConform.InRealTime(text), null));
    }

    void Write(Part part)
    {
        if (part.Effect is not { } effect) XmlMetadata.Write(output, part.Name, part.Value);
        else if (part.Name == FcpxmlEffects.TimeMap) FcpxmlRetimes.Write(effect, plan.Node, output, frame.Grid);
        else WriteEffect(part.Name, effect);
    }

    void WriteEffect(string name, OtioObject effect)
    {
        var isOff = effect.Flag("enabled") is false;
        if (isOff && !FcpxmlKeys.Switched.Contains(name))
        {
            target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, $"The {name} of \"{plan.Node.Text("name")}\" is switched off, which FCPXML cannot say of it; it was left out.");
            return;
        }

        output.Start(name);
        var rest = target.InFile((FcpxmlLocal.Section(effect) ?? OtioObject.EmptyMap).Without(FcpxmlKeys.Element));
        if (name is "filter-video" or "filter-audio" && effect.Text("name") is { Length: > 0 } called) output.Attribute("name", called);
        if (isOff) output.Attribute("enabled", "0");
        else if (FcpxmlLocal.In(effect)?.Text("enabled") == "1") output.Attribute("enabled", "1");
        XmlMetadata.WriteRest(output, rest);
        output.End();
    }

    void WriteMarkers()
    {
        if (element.Name == "caption")
        {
            if (!plan.Node.List("markers").IsEmpty) target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, "Markers of a caption were left out; FCPXML has none there.");
            return;
        }

        foreach (var value in plan.Node.List("markers"))
        {
            if (value is not OtioObject marker) continue;
            var start = OtioTimes.TryReadRange(marker["marked_range"], out var range) ? range.Start : Flicks.Zero;
            FcpxmlMarkerWriter.Write(marker, OwnTime(marker, start), range.Duration, plan.Place, frame, target, output);
        }

        foreach (var marker in plan.SequenceMarkers)
        {
            var start = OtioTimes.TryReadRange(marker["marked_range"], out var range) ? range.Start : Flicks.Zero;
            FcpxmlMarkerWriter.Write(marker, plan.OwnAt(start), range.Duration, plan.Place, frame, target, output);
        }

        if (section[FcpxmlKeys.Markers] is not OtioArray kept) return;
        foreach (var pair in kept.Items)
        {
            if (pair is OtioArray { Items: [OtioString name, var value] } && FcpxmlKeys.IsMarker(name.Value)) XmlMetadata.Write(output, name.Value, value);
        }
    }

    /// <summary>The time that the file spelled while it still means the marker's; else one that does.</summary>
    Flicks OwnTime(OtioObject marker, Flicks start)
    {
        if (FcpxmlTime.TryParse(FcpxmlLocal.In(marker)?.Text("start"), out var said) && FcpxmlOwnTime.ToSource(plan, said) == start) return said;
        return FcpxmlOwnTime.ToOwn(plan, start, plan.OwnStart);
    }

    readonly record struct Part(int Rank, int Order, string Name, OtioValue Value, OtioObject? Effect);
}

/// <summary>Markers and chapter markers back to their elements.</summary>
internal static class FcpxmlMarkerWriter
{
    public static void Write(OtioObject marker, Flicks start, Flicks duration, string place, FcpxmlFrame frame, FcpxmlTarget target, XmlOutput output)
    {
        var section = FcpxmlLocal.Section(marker);
        var local = FcpxmlLocal.In(marker);
        var name = section?.Text(FcpxmlKeys.Element) == "chapter-marker" ? "chapter-marker" : "marker";
        var color = marker["color"] is OtioString { Value: var word } ? word : "";
        var comment = marker.Text("comment") ?? "";
        output.Start(name);
        output.Attribute("start", FcpxmlStoryWriter.Spelled(local?.Text("start"), start, frame));
        if (local?["duration"] is not OtioNull || !duration.IsZero)
        {
            var length = duration.IsZero && section is null ? Flicks.FromFrames(1, frame.Rate) : duration;
            output.Attribute("duration", FcpxmlStoryWriter.Spelled(local?.Text("duration"), length, frame));
        }

        output.Attribute("value", marker.Text("name") is { Length: > 0 } value ? value : section is null && comment.Length > 0 ? comment : "");
        if (name == "marker" && section is not null && color is FcpxmlMarkers.ToDo or FcpxmlMarkers.Done) output.Attribute("completed", color == FcpxmlMarkers.Done ? "1" : "0");
        if (comment.Length > 0) output.Attribute("note", comment);
        if (section is not null) XmlMetadata.WriteAttributes(output, section);
        if (section is null && color is not ("" or FcpxmlMarkers.Standard))
        {
            target.Each(DiagnosticCodes.FcpxmlApproximated, place, "Colours of markers were left out; Final Cut has none but for chapters and things to do.", marker.Text("name") ?? "");
        }

        output.End();
    }
}
