using System.Globalization;

namespace CineGit.Demo;

/// <summary>A clip at an absolute place: deliberately another model than the product's, so the two can disagree.</summary>
public sealed record Shot(string Name, string Media, int Start, int Source, int Duration, string? Blur = null)
{
    public int End => Start + Duration;
}

/// <summary>A dissolve of <paramref name="Half"/> frames to each side of the cut before <paramref name="Incoming"/>.</summary>
public sealed record Dissolve(string Incoming, int Half);

public sealed record Note(string Name, int Frame);

/// <summary>The demo's film: every track a list of shots at record frames from zero, 24 frames a second.</summary>
public sealed class DemoCut
{
    public const int Rate = 24;
    public const int MediaFrames = 240;
    public const int StartFrame = Rate * 3600;

    public static readonly string[] TrackNames = ["V1", "V2", "A1", "A2"];

    readonly Dictionary<string, List<Shot>> _tracks = TrackNames.ToDictionary(t => t, _ => new List<Shot>());
    readonly List<Dissolve> _dissolves = [];
    readonly List<Note> _notes = [];

    public IReadOnlyList<Dissolve> Dissolves => _dissolves;

    /// <summary>Sequence markers, at record frames.</summary>
    public IReadOnlyList<Note> Notes => _notes;

    public IReadOnlyList<Shot> Track(string name) => _tracks[name];

    public static IEnumerable<string> MediaNames =>
        Enumerable.Range(1, 24).Select(MediaOf).Concat(["GFX_LOGO", "GFX_CITY", "GFX_END", "TITLE_NIGHT"]);

    /// <summary>24 shots with sound on two tracks, three graphics above them, a dissolve, two markers, one blurred shot.</summary>
    public static DemoCut Base()
    {
        var cut = new DemoCut();
        var at = 0;
        for (var i = 1; i <= 24; i++)
        {
            var duration = 36 + i * 7 % 29;
            var shot = new Shot(Name(i, i % 3 + 1), MediaOf(i), at, 24 + i, duration, i == 7 ? "0.2" : null);
            cut._tracks["V1"].Add(shot);
            cut._tracks["A1"].Add(shot with { Blur = null });
            cut._tracks["A2"].Add(shot with { Blur = null });
            at += duration;
        }

        cut._tracks["V2"].Add(new Shot("LOGO", "GFX_LOGO", cut.Find("SC02").Start + 6, 0, 24));
        cut._tracks["V2"].Add(new Shot("CITY", "GFX_CITY", cut.Find("SC14").Start + 10, 0, 30));
        cut._tracks["V2"].Add(new Shot("END CARD", "GFX_END", cut.Find("SC24").Start + 4, 0, 28));
        cut._dissolves.Add(new Dissolve(cut.Find("SC13").Name, 8));
        cut._notes.Add(new Note("music in", cut.Find("SC04").Start));
        cut._notes.Add(new Note("check the sky", cut.Find("SC20").Start + 5));
        return cut;
    }

    /// <summary>The picture of a scene, by the scene's number: <c>SC17</c>.</summary>
    public Shot Find(string scene) => _tracks["V1"].Single(s => s.Name.StartsWith(scene, StringComparison.Ordinal));

    /// <summary>Takes frames off the end of a scene's picture and sound; everything later moves up, on every track.</summary>
    public DemoCut TrimTail(string scene, int frames)
    {
        var end = Find(scene).End;
        return Map(shot => shot.Name.StartsWith(scene, StringComparison.Ordinal)
            ? shot with { Duration = shot.Duration - frames }
            : shot.Start >= end ? shot with { Start = shot.Start - frames } : shot).MoveNotes(end, -frames);
    }

    public DemoCut Rename(string scene, string name) => Map(
        shot => shot.Name.StartsWith(scene, StringComparison.Ordinal) ? shot with { Name = name } : shot);

    public DemoCut SetBlur(string scene, string amount) => Map(
        shot => shot.Name.StartsWith(scene, StringComparison.Ordinal) && shot.Blur is not null ? shot with { Blur = amount } : shot);

    /// <summary>Puts a silent title before a scene; everything from there on moves down, on every track.</summary>
    public DemoCut InsertTitle(string scene, string name, string media, int duration)
    {
        var at = Find(scene).Start;
        var cut = Map(shot => shot.Start >= at ? shot with { Start = shot.Start + duration } : shot).MoveNotes(at, duration);
        cut._tracks["V1"].Add(new Shot(name, media, at, 0, duration));
        cut._tracks["V1"].Sort((a, b) => a.Start.CompareTo(b.Start));
        return cut;
    }

    DemoCut Map(Func<Shot, Shot> change)
    {
        var cut = new DemoCut();
        foreach (var (name, shots) in _tracks) cut._tracks[name].AddRange(shots.Select(change));
        cut._dissolves.AddRange(_dissolves);
        cut._notes.AddRange(_notes);
        return cut;
    }

    DemoCut MoveNotes(int from, int frames)
    {
        for (var i = 0; i < _notes.Count; i++)
        {
            if (_notes[i].Frame >= from) _notes[i] = _notes[i] with { Frame = _notes[i].Frame + frames };
        }

        return this;
    }

    static string Name(int scene, int take) => string.Create(CultureInfo.InvariantCulture, $"SC{scene:D2}_T{take}");

    static string MediaOf(int scene) => string.Create(CultureInfo.InvariantCulture, $"A{1 + scene / 9:D3}_C{scene:D3}");
}
