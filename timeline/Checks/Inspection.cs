using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>One look at one cut: where everything stands, the words for it, and what was found.</summary>
sealed class Inspection
{
    /// <summary>A sentence names so many clips; the others are counted.</summary>
    const int MostNames = 3;

    /// <summary>Rates beyond this count samples of sound.</summary>
    const int FastestPictures = 1000;

    readonly List<Finding> _found = [];
    readonly Wording _wording;

    public Inspection(Sequence cut)
    {
        Cut = cut;
        Placement = Placement.Of(cut);
        Places = new(Placement);
        Clock = new(cut);
        _wording = new(cut);
        var isVideoRate = cut.Rate.NominalFramesPerSecond <= FastestPictures;
        OneFrame = Flicks.FromFrames(1, isVideoRate ? cut.Rate : FrameRate.Fps24, Rounding.Floor);
    }

    public Sequence Cut { get; }

    public Placement Placement { get; }

    public CutPlaces Places { get; }

    public RecordClock Clock { get; }

    public IReadOnlyList<Finding> Found => _found;

    /// <summary>
    /// Less than this is rounding between programs, not an edit: a frame, also where only sound is there and time is counted
    /// in samples.
    /// </summary>
    public Flicks OneFrame { get; }

    public string Frames(Flicks amount) => _wording.Frames(amount);

    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    public static string NamesOf(IEnumerable<Placed> elements)
    {
        var names = elements.Select(p => Wording.Name(p.Element)).Distinct(StringComparer.Ordinal).ToList();
        var first = string.Join(", ", names.Take(MostNames));
        return names.Count <= MostNames ? first : string.Create(CultureInfo.InvariantCulture, $"{first} and {names.Count - MostNames} more");
    }

    public void About(Placed placed, string code, Severity severity, string message, params ReadOnlySpan<ElementId> others) =>
        _found.Add(new(code, severity, Places.PathOf(placed), message)
        {
            Track = Places.NameOf(placed.TrackIndex),
            Subject = Wording.Name(placed.Element),
            At = placed.Start,
            Elements = [placed.Element.Id, .. others],
        });

    public void AboutTransition(int track, EditPoint point, Flicks? at, string code, Severity severity, string message) =>
        _found.Add(new(code, severity, Places.PathOf(track, point.Node), message)
        {
            Track = Places.NameOf(track),
            Subject = Wording.Transition(point),
            At = at,
            Elements = [point.Id],
        });

    public void AboutTrack(int track, Flicks? at, string code, Severity severity, string message, params ReadOnlySpan<ElementId> elements) =>
        _found.Add(new(code, severity, Places.PathOf(track), message)
        {
            Track = Places.NameOf(track),
            At = at,
            Elements = [.. elements],
        });

    public void AboutCut(string code, Severity severity, string message, ImmutableArray<ElementId> elements = default, Flicks? at = null) =>
        _found.Add(new(code, severity, "", message) { At = at, Elements = elements.IsDefault ? [] : elements });

    /// <summary>True for a track whose own source_range leaves nothing of it out, as some programs write on every track.</summary>
    public bool IsWhole(Diagnostic trimmedTrack) =>
        Places.Find(trimmedTrack.Location).Track is { } index
        && OtioTimes.TryReadRange(Cut.Tracks[index].Node["source_range"], out var range)
        && range.Start <= Flicks.Zero && range.End >= Cut.Tracks[index].Duration;

    /// <summary>What a reader said, with its place in words where its path tells one.</summary>
    public Finding Retell(Diagnostic diagnostic)
    {
        var finding = new Finding(diagnostic.Code, diagnostic.Severity, diagnostic.Location, diagnostic.Message);
        var (track, element) = Places.Find(diagnostic.Location);
        if (element is not null)
        {
            finding = finding with { Subject = Wording.Name(element.Element), At = element.Start, Elements = [element.Element.Id] };
        }

        return track is { } index ? finding with { Track = Places.NameOf(index) } : finding;
    }
}
