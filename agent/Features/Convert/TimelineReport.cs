using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Convert;

/// <summary>What <c>info --json</c> prints.</summary>
internal sealed record TimelineReport(
    string Name,
    string Format,
    string Rate,
    long StartFrame,
    string StartTimecode,
    long DurationFrames,
    string DurationTimecode,
    IReadOnlyList<TrackReport> Tracks,
    IReadOnlyList<string> Media,
    int Effects,
    int Markers,
    IReadOnlyList<FindingLine> Diagnostics)
{
    public static TimelineReport Of(TimelineFile file, Sequence cut, IReadOnlyList<Diagnostic> diagnostics)
    {
        var clock = new RecordClock(cut);
        var elements = cut.Tracks.SelectMany(t => t.Elements).ToList();
        return new(
            cut.Name,
            file.Format.Name,
            cut.Rate.ToString(),
            clock.Frames(cut.GlobalStart),
            clock.Timecode(Timeline.Time.Flicks.Zero),
            clock.Frames(cut.Duration),
            clock.Length(cut.Duration),
            [.. cut.Tracks.Select(t => TrackReport.Of(t, clock))],
            [.. elements.OfType<Clip>().Select(c => c.Media.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            elements.Sum(e => e.Effects.Length) + cut.Tracks.Sum(t => t.Effects.Length),
            elements.Sum(e => e.Markers.Length) + cut.Tracks.Sum(t => t.Markers.Length) + cut.Markers.Length,
            [.. diagnostics.Select(d => Findings.Line(d, file.Name))]);
    }
}

internal sealed record TrackReport(
    string Name, string Kind, bool Enabled, int Clips, int Nests, int Unknown, int Transitions, long DurationFrames)
{
    public static TrackReport Of(Track track, RecordClock clock) => new(
        track.Name,
        track.Kind.ToString().ToLowerInvariant(),
        track.Enabled,
        track.Elements.Count(e => e is Clip),
        track.Elements.Count(e => e is Nest),
        track.Elements.Count(e => e is UnknownElement),
        track.EditPoints.Length,
        clock.Frames(track.Duration));
}
