using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>What no list can say, wherever in the document it is, told once for all of a kind.</summary>
internal sealed class EdlLosses(DiagnosticBag diagnostics)
{
    static readonly string[] OwnSections = [EdlKeys.Section, "cdl", OtioSchema.OwnMetadata];

    public void Report(OtioObject timeline, IReadOnlyList<EdlTrackPlan> plans)
    {
        var stack = timeline.Child("tracks");
        foreach (var effect in stack?.Objects("effects") ?? [])
        {
            diagnostics.Warn(DiagnosticCodes.EdlLeftOut, "tracks", $"The effect '{effect.Text("effect_name")}' on the whole cut was left out; an EDL has no such effects.");
        }

        foreach (var plan in plans) ReportTrack(plan);
        var names = plans.Where(HasLostName).Select(p => $"'{p.Track.Text("name")}'").ToList();
        if (names.Count > 0)
        {
            diagnostics.Note(DiagnosticCodes.EdlLeftOut, "tracks", $"The track names {string.Join(", ", names.Take(8))}{(names.Count > 8 ? " and others" : "")} were left out; an EDL numbers its tracks.");
        }

        ReportItems(plans.SelectMany(p => p.Track.Objects("children")));
    }

    /// <summary>A link is kept where its clips become one event; told of those that do not.</summary>
    public void ReportLinks(IEnumerable<EdlBlock> blocks)
    {
        var loose = blocks.Where(b => b.Link is not null).GroupBy(b => b.Link).Where(g => g.Count() > 1).ToList();
        if (loose.Count > 0)
        {
            diagnostics.Note(
                DiagnosticCodes.EdlLeftOut,
                "tracks",
                string.Create(CultureInfo.InvariantCulture, $"{Count(loose.Count, "link")} between picture and sound left out ({Names(loose.Select(g => g.First().Item))}): an EDL links only what one event records, from the same source in to the same out."));
        }
    }

    void ReportTrack(EdlTrackPlan plan)
    {
        foreach (var effect in plan.Track.Objects("effects"))
        {
            diagnostics.Warn(DiagnosticCodes.EdlLeftOut, plan.Location, $"The track effect '{effect.Text("effect_name")}' was left out; an EDL has no track effects.");
        }

        if (ItemTimes.Span(plan.Track.Child("source_range")) is { Start.IsNegative: false } range && (!range.Start.IsZero || range.Duration < LengthOf(plan.Track)))
        {
            diagnostics.Warn(DiagnosticCodes.EdlApproximated, plan.Location, $"The track '{plan.Track.Text("name")}' is trimmed as a whole; it was written untrimmed.");
        }
    }

    static Timeline.Time.Flicks LengthOf(OtioObject track) => ItemTimes.SpanOf(track.Without("source_range"))?.Duration ?? Timeline.Time.Flicks.Zero;

    static bool HasLostName(EdlTrackPlan plan) =>
        plan.Track.Text("name") is { Length: > 0 } name
        && plan.Track.Child("metadata")?.Child(EdlKeys.Section)?.Text(EdlKeys.Channels) is null
        && !(EdlChannels.TryParse(name, out var channels) && channels.Equals(plan.Channels));

    void ReportItems(IEnumerable<OtioObject> items)
    {
        var (foreign, alternatives, offMarkers) = (0, 0, 0);
        foreach (var item in items)
        {
            if (item.Child("metadata") is { } metadata && IsForeign(metadata)) foreign++;
            if (item.Child("media_references") is { Fields.Length: > 1 }) alternatives++;
            if (item.SchemaName == OtioSchema.Gap) offMarkers += item.Objects("markers").Count();
        }

        if (foreign > 0) diagnostics.Note(DiagnosticCodes.EdlLeftOut, "tracks", string.Create(CultureInfo.InvariantCulture, $"{Count(foreign, "clip")} with metadata of other programs: that metadata was left out."));
        if (alternatives > 0) diagnostics.Note(DiagnosticCodes.EdlLeftOut, "tracks", string.Create(CultureInfo.InvariantCulture, $"{Count(alternatives, "clip")} with several media references: all but the active one were left out."));
        if (offMarkers > 0) diagnostics.Warn(DiagnosticCodes.EdlLeftOut, "tracks", string.Create(CultureInfo.InvariantCulture, $"{Count(offMarkers, "marker")} on gaps left out; an EDL has markers on events only."));
    }

    static bool IsForeign(OtioObject metadata)
    {
        foreach (var field in metadata.Fields)
        {
            if (!OwnSections.Contains(field.Name)) return true;
        }

        return false;
    }

    static string Names(IEnumerable<OtioObject?> items)
    {
        const int mostNamed = 5;
        var names = items.Select(i => $"'{i?.Text("name")}'").Distinct().Take(mostNamed + 1).ToList();
        return string.Join(", ", names.Take(mostNamed)) + (names.Count > mostNamed ? " and others" : "");
    }

    static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
