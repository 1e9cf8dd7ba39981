namespace CineGit.Benchmarks.Storage;

/// <summary>What an editor does in a sitting, each edit on picture and linked sound together.</summary>
static class FilmEdits
{
    /// <summary>One random edit; ripples take the sync-locked tracks with them.</summary>
    public static void Apply(Film film, Random random) => Apply(film, random.Next(2, film.Tracks[0].Clips.Count - 2), random);

    /// <summary>As above, at a picture clip that has two others on either side.</summary>
    public static void Apply(Film film, int at, Random random)
    {
        var picture = film.Tracks[0].Clips;
        var amount = (int[])[1, 2, 5, 10, 12, 24];
        var by = Math.Min(amount[random.Next(amount.Length)], picture[at].Duration / 2);
        switch (random.Next(14))
        {
            case 0: Insert(film, at, random); break;
            case 1: Delete(film, at); break;
            case 2 or 3: TrimTail(film, at, -by); break;
            case 4: TrimTail(film, at, by); break;
            case 5: TrimHead(film, at, by); break;
            case 6: Roll(film, at, Math.Min(by, picture[at + 1].Duration / 2)); break;
            case 7: Linked(film, at, clip => clip.SourceStart += by); break;
            case 8: Linked(film, at, clip => clip.Name += random.Next(2) == 0 ? "_ALT" : "_v2"); break;
            case 9: picture[at].Effects.Add(("Blur", random.Next(1, 60))); break;
            case 10: picture[at].Markers.Add(($"fix {random.Next(1000)}", random.Next(0, 6))); break;
            case 11: picture[at].DissolveAfter = picture[at].DissolveAfter == 0 ? 8 : 0; break;
            case 12: Nudge(film.Tracks[3], random); break;
            default: picture[at].Url = $"file:///media/pickups/B{random.Next(100):D3}_C{random.Next(100):D3}.mov"; break;
        }
    }

    static void Insert(Film film, int at, Random random)
    {
        var shot = Film.NewShot(random, random.Next(200_000, 300_000));
        var link = film.NextId();
        Ripple(film, at, shot.Duration);
        foreach (var track in film.Tracks.Take(3)) track.Clips.Insert(at, shot.Copy(film.NextId(), link));
    }

    static void Delete(Film film, int at)
    {
        Ripple(film, at + 1, -film.Tracks[0].Clips[at].Duration);
        foreach (var track in film.Tracks.Take(3)) track.Clips.RemoveAt(at);
    }

    static void TrimTail(Film film, int at, int by)
    {
        Ripple(film, at + 1, by);
        Linked(film, at, clip => clip.Duration += by);
    }

    static void TrimHead(Film film, int at, int by)
    {
        Ripple(film, at + 1, -by);
        Linked(film, at, clip => (clip.SourceStart, clip.Duration) = (clip.SourceStart + by, clip.Duration - by));
    }

    static void Roll(Film film, int at, int by)
    {
        Linked(film, at, clip => clip.Duration += by);
        Linked(film, at + 1, clip => (clip.SourceStart, clip.Duration) = (clip.SourceStart + by, clip.Duration - by));
    }

    static void Nudge(FilmTrack track, Random random)
    {
        var at = random.Next(0, track.Clips.Count - 1);
        var by = Math.Min(track.Clips[at + 1].Lead, 7);
        track.Clips[at].Lead += by;
        track.Clips[at + 1].Lead -= by;
    }

    static void Linked(Film film, int at, Action<FilmClip> edit)
    {
        foreach (var track in film.Tracks.Take(3)) edit(track.Clips[at]);
    }

    /// <summary>What follows picture clip <paramref name="at"/> moves on the other sync-locked tracks as well.</summary>
    static void Ripple(Film film, int at, int by)
    {
        var time = film.Tracks[0].Clips.Take(at).Sum(c => c.Lead + c.Duration);
        foreach (var track in film.Tracks.Skip(3).Where(t => t.IsSyncLocked))
        {
            var start = 0;
            foreach (var clip in track.Clips)
            {
                start += clip.Lead;
                if (start >= time)
                {
                    clip.Lead = Math.Max(0, clip.Lead + by);
                    break;
                }

                start += clip.Duration;
            }
        }
    }
}
