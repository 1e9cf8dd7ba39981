using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Benchmarks.Storage;

/// <summary>A film that is edited: its own small model, so that the edits do not come from the code under test.</summary>
sealed class Film
{
    static readonly FrameRate Rate = FrameRate.Fps24;

    public List<FilmTrack> Tracks { get; } = [];

    public ulong Birth { get; set; } = 1;

    uint _lastOrdinal;

    public string NextId() => $"{Birth:x16}-{++_lastOrdinal}";

    public void BeginVersion(ulong birth) => (Birth, _lastOrdinal) = (birth, 0);

    /// <summary>
    /// <paramref name="clips"/> in all: three quarters picture with its sound on two tracks, then b-roll, effects and music,
    /// which stands still when the picture ripples. One clip in twelve is a repeated slug.
    /// </summary>
    public static Film Generate(int clips, Random random)
    {
        var film = new Film { Birth = (ulong)random.NextInt64() };
        FilmTrack[] tracks =
        [
            new("V1", "Video", true), new("A1", "Audio", true), new("A2", "Audio", true),
            new("V2", "Video", true), new("A3", "Audio", true), new("A4", "Audio", false),
        ];
        film.Tracks.AddRange(tracks);
        for (var i = 0; i < clips / 4; i++)
        {
            var shot = NewShot(random, i);
            var link = film.NextId();
            foreach (var track in tracks[..3]) track.Clips.Add(shot.Copy(film.NextId(), link));
        }

        film.Scatter(tracks[3], clips / 10, random, 200);
        film.Scatter(tracks[4], clips * 11 / 100, random, 150);
        film.Scatter(tracks[5], clips / 25, random, 900);
        return film;
    }

    public static FilmClip NewShot(Random random, int index)
    {
        var isSlug = random.Next(12) == 0;
        var clip = new FilmClip
        {
            Id = "",
            Name = isSlug ? "slug" : $"SC{index / 7:D3}_{index % 7 + 1:D2}_T{random.Next(1, 6)}",
            Url = isSlug ? "file:///media/slug.mov" : $"file:///media/day{index / 200 + 1:D2}/A{index / 40:D3}_C{index % 40:D3}_{random.Next(0x10000):X4}.mov",
            SourceStart = isSlug ? 0 : 86400 + random.Next(0, 400),
            Duration = random.Next(12, 120),
        };
        if (random.Next(9) == 0) clip.Effects.Add(("Color", 1 + random.Next(40)));
        if (random.Next(12) == 0) clip.Markers.Add(($"note {random.Next(1000)}", random.Next(0, 12)));
        if (random.Next(15) == 0) clip.DissolveAfter = 6;
        if (random.Next(25) == 0) clip.Speed = 0.5;
        return clip;
    }

    /// <param name="withIds">With ids and links, as a version has them; else as an NLE would write the file.</param>
    public OtioDocument ToDocument(bool withIds) => new(OtioBuild.Timeline(
        "film", new(86400, Rate), Tracks.Select(t => OtioBuild.Track(t.Name, t.Kind, t.Children(Rate, withIds)))));

    void Scatter(FilmTrack track, int count, Random random, int space)
    {
        for (var i = 0; i < count; i++)
        {
            var clip = NewShot(random, 100_000 + i).Copy(NextId(), null);
            clip.Lead = random.Next(0, space);
            track.Clips.Add(clip);
        }
    }
}

sealed record FilmTrack(string Name, string Kind, bool IsSyncLocked)
{
    public List<FilmClip> Clips { get; } = [];

    public IEnumerable<OtioObject> Children(FrameRate rate, bool withIds)
    {
        for (var i = 0; i < Clips.Count; i++)
        {
            if (Clips[i].Lead > 0) yield return OtioBuild.Gap(new(Clips[i].Lead, rate));
            yield return Clips[i].ToNode(rate, withIds);
            if (Clips[i].DissolveAfter > 0 && i + 1 < Clips.Count && Clips[i + 1].Lead == 0)
            {
                yield return OtioBuild.Transition("", "SMPTE_Dissolve", new(Clips[i].DissolveAfter, rate), new(Clips[i].DissolveAfter, rate));
            }
        }
    }
}

sealed class FilmClip
{
    public required string Id { get; init; }

    public string? Link { get; init; }

    public required string Name { get; set; }

    public required string Url { get; set; }

    public int Lead { get; set; }

    public int Duration { get; set; }

    public int SourceStart { get; set; }

    public int DissolveAfter { get; set; }

    public double Speed { get; set; } = 1;

    public bool Enabled { get; set; } = true;

    public List<(string Kind, int Amount)> Effects { get; private init; } = [];

    public List<(string Name, int At)> Markers { get; private init; } = [];

    public FilmClip Copy(string id, string? link) => new()
    {
        Id = id,
        Link = link,
        Name = Name,
        Url = Url,
        Duration = Duration,
        SourceStart = SourceStart,
        DissolveAfter = DissolveAfter,
        Speed = Speed,
        Enabled = Enabled,
        Effects = [.. Effects],
        Markers = [.. Markers],
    };

    public OtioObject ToNode(FrameRate rate, bool withIds)
    {
        var media = OtioBuild.ExternalReference(Url, OtioBuild.Range(new(86400, rate), new(2000, rate)));
        var node = OtioBuild.Clip(Name, media, OtioBuild.Range(new(SourceStart, rate), new(Duration, rate)))
            .With("enabled", Enabled)
            .With("effects", OtioArray.Of(AllEffects()))
            .With("markers", OtioArray.Of(Markers.Select(m => OtioBuild.Marker(m.Name, OtioBuild.Range(new(SourceStart + m.At, rate), new(1, rate)), "RED"))));
        return withIds ? node.With("metadata", OtioObject.Map(("cinegit", Own()))) : node;
    }

    OtioObject Own() => Link is null ? OtioObject.Map(("id", Id)) : OtioObject.Map(("id", Id), ("link", Link));

    IEnumerable<OtioObject> AllEffects()
    {
        if (Speed != 1) yield return OtioBuild.LinearTimeWarp(Speed);
        foreach (var (kind, amount) in Effects) yield return OtioBuild.Effect(kind, kind, OtioObject.Map(("amount", amount)));
    }
}
