using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.TestKit;

/// <summary>Cuts for tests, written as an editor would lay them out; all counts are frames of the sequence's rate.</summary>
/// <example><c>Cuts.Sequence(24).Video("V1", Shot("SC01", "A001", 0, 100), Gap(10), Shot("SC02", "A002", 0, 50)).Identified()</c></example>
public static class Cuts
{
    public static CutBuilder Sequence(int framesPerSecond, string name = "Cut") => new(new FrameRate(framesPerSecond, 1), name);

    public static CutBuilder Sequence(FrameRate rate, string name = "Cut") => new(rate, name);

    /// <summary>A clip; its media is available from frame 0 to <paramref name="mediaFrames"/>.</summary>
    public static Shot Shot(string name, string media, long sourceStart, long duration, long mediaFrames = 100_000) =>
        new(name, media, sourceStart, duration, mediaFrames);

    public static Hole Gap(long frames) => new(frames);

    public static Dissolve Dissolve(long before, long after) => new(before, after);

    /// <summary>The element of this name; on the named track when several tracks have one.</summary>
    public static Element Element(this Sequence cut, string name, string? track = null) =>
        cut.Tracks.Where(t => track is null || t.Name == track).SelectMany(t => t.Elements).First(e => e.Name == name);

    public static Track Track(this Sequence cut, string name) => cut.Tracks.First(t => t.Name == name);

    /// <summary>Name, first frame and end frame of everything on a track: <c>SC01[0,100) SC02[110,160)</c>.</summary>
    public static string Layout(this Sequence cut, string track)
    {
        var row = Placement.Of(cut).Tracks[cut.Tracks.IndexOf(cut.Track(track))];
        return string.Join(
            ' ',
            row.Select(p => FormattableString.Invariant(
                $"{p.Element.Name}[{p.Start.ToFrames(cut.Rate, Rounding.Exact)},{p.End.ToFrames(cut.Rate, Rounding.Exact)})")));
    }

    /// <summary>The cut with one element changed in place.</summary>
    public static Sequence Change(this Sequence cut, string name, Func<Element, Element> change, string? track = null) =>
        cut.ChangeTracks(t => track is null || t.Name == track
            ? t with { Elements = [.. t.Elements.Select(e => e.Name == name ? change(e) : e)] }
            : t);

    public static Sequence ChangeTracks(this Sequence cut, Func<Track, Track> change) =>
        cut with { Tracks = [.. cut.Tracks.Select(change)] };

    /// <summary>
    /// The cut as a program that knows nothing of ids hands it back: links gone, ids numbered through within the file only.
    /// </summary>
    public static Sequence WithoutIds(this Sequence cut)
    {
        var next = 0u;
        var local = new Dictionary<ElementId, ElementId>();
        ElementId Local(ElementId id) => local.TryGetValue(id, out var known) ? known : local[id] = new(0, ++next);
        ImmutableArray<Effect> Effects(ImmutableArray<Effect> effects) => [.. effects.Select(e => e with { Id = Local(e.Id) })];
        ImmutableArray<Marker> Markers(ImmutableArray<Marker> markers) => [.. markers.Select(m => m with { Id = Local(m.Id) })];
        return cut with
        {
            Markers = Markers(cut.Markers),
            Tracks =
            [
                .. cut.Tracks.Select(t => t with
                {
                    Id = Local(t.Id),
                    Elements = [.. t.Elements.Select(e => e with
                    {
                        Id = Local(e.Id), Link = null, Effects = Effects(e.Effects), Markers = Markers(e.Markers),
                    })],
                    EditPoints = [.. t.EditPoints.Select(p => p with
                    {
                        Id = Local(p.Id),
                        Left = p.Left is { } left ? Local(left) : null,
                        Right = p.Right is { } right ? Local(right) : null,
                    })],
                    Effects = Effects(t.Effects),
                    Markers = Markers(t.Markers),
                }),
            ],
        };
    }
}

public abstract record Piece;

public sealed record Hole(long Frames) : Piece;

public sealed record Dissolve(long Before, long After) : Piece;

public sealed record Shot(string Name, string Media, long SourceStart, long Frames, long MediaFrames) : Piece
{
    public string? LinkedAs { get; init; }

    public ImmutableArray<(string Kind, string Parameter, double Value)> Effects { get; init; } = [];

    public ImmutableArray<(string Name, long At)> Markers { get; init; } = [];

    public double? Speed { get; init; }

    public Shot Linked(string link) => this with { LinkedAs = link };

    public Shot With(string effect, string parameter, double value) => this with { Effects = Effects.Add((effect, parameter, value)) };

    public Shot Marked(string name, long sourceFrame) => this with { Markers = Markers.Add((name, sourceFrame)) };

    public Shot At(double speed) => this with { Speed = speed };
}

