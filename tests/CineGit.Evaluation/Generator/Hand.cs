using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>One editor at random: draws edits that can be done on the cut as this editor has it.</summary>
/// <param name="random">The dice.</param>
/// <param name="maker">Whose ids new elements get.</param>
sealed class Hand(Random random, Maker maker)
{
    static readonly long[] Usual = [1, 2, 5, 10, 12, 24];

    public Births Births { get; } = new(maker);

    public Random Random => random;

    /// <summary>Six trims in ten are by one of the amounts that people type.</summary>
    public long Amount() => (random.Next(10) < 6 ? Usual[random.Next(Usual.Length)] : random.Next(1, 31)) * (random.Next(3) == 0 ? 1 : -1);

    public Shot NewShot(long length, string? link = null, string word = "new") => new()
    {
        Uid = Births.Next(),
        Link = link,
        Name = $"{word}_{maker}_{random.Next(10_000)}",
        Media = $"file:///media/{word}_{random.Next(1000):D3}.mov",
        Start = 0,
        Length = length,
        Source = random.Next(100, 900),
    };

    public RippleInsert Insert(Cut cut, Shot left, Shot right)
    {
        var (length, link) = (random.Next(24, 72), random.Next(2) == 0 ? Births.Next() : null);
        var picture = NewShot(length, link);
        List<(string, Shot)> news = [(cut.Picture.Uid, picture)];
        if (link is null) return new(left.Uid, right.Uid, news);
        foreach (var row in cut.Rows.Where(r => r.Name is "A1" or "A2"))
        {
            news.Add((row.Uid, new()
            {
                Uid = Births.Next(),
                Link = link,
                Name = picture.Name,
                Media = picture.Media,
                Start = 0,
                Length = length,
                Source = picture.Source,
            }));
        }

        return new(left.Uid, right.Uid, news);
    }

    /// <summary>Edits of all kinds in a scene.</summary>
    /// <param name="cut">The cut.</param>
    /// <param name="count">How many.</param>
    /// <param name="from">The first picture shot of the scene that is worked on.</param>
    /// <param name="shots">How many picture shots the scene has.</param>
    /// <param name="taken">What others did, which is kept away from.</param>
    public IReadOnlyList<Edit> Session(Cut cut, int count, int from, int shots, params IReadOnlyList<Footprint> taken)
    {
        var scene = Scene(cut, from, shots);
        return Session(cut, count, now => Draw(now, scene), taken);
    }

    /// <summary>Edits of all kinds on these elements.</summary>
    public IReadOnlyList<Edit> SessionOn(Cut cut, int count, HashSet<string> scene, params IReadOnlyList<Footprint> taken) =>
        Session(cut, count, now => Draw(now, scene), taken);

    /// <summary>Edits that make or take time, in a scene.</summary>
    public IReadOnlyList<Edit> Ripples(Cut cut, int count, int from, int shots, params IReadOnlyList<Footprint> taken)
    {
        var scene = Scene(cut, from, shots);
        return Session(cut, count, now => Ripple(now, scene), taken);
    }

    static HashSet<string> Scene(Cut cut, int from, int shots)
    {
        HashSet<string> scene = [.. cut.Picture.Shots.Skip(from).Take(shots).Select(s => s.Uid)];
        var (first, last) = (cut.Picture.Shots[from].Start, cut.Picture.Shots[Math.Min(from + shots, cut.Picture.Shots.Count) - 1].End);
        foreach (var row in cut.Rows.Where(r => r.Name is "V2" or "A3"))
            scene.UnionWith(row.Shots.Where(s => s.Start >= first && s.End <= last).Select(s => s.Uid));
        return scene;
    }

    /// <summary>Edits one after the other, each drawn on the cut that the last one left.</summary>
    static List<Edit> Session(Cut cut, int count, Func<Cut, Edit?> draw, IReadOnlyList<Footprint> taken)
    {
        List<Edit> done = [];
        for (var tries = 0; done.Count < count && tries < 400 + count * 20; tries++)
        {
            if (draw(cut) is not { } edit || Pair.After(cut, edit) is not { } next) continue;
            var print = Footprint.Of(edit, cut, next);
            if (!taken.All(t => t.IsApartFrom(print))) continue;
            done.Add(edit);
            cut = next;
        }

        return done;
    }

    Edit? Ripple(Cut cut, HashSet<string> scene)
    {
        var shots = cut.Picture.Shots;
        var at = random.Next(1, shots.Count - 2);
        if (!scene.Contains(shots[at].Uid)) return null;
        return random.Next(4) switch
        {
            0 => new RippleDelete(shots[at].Uid),
            1 => Insert(cut, shots[at - 1], shots[at]),
            2 => new TrimTail(shots[at].Uid, Amount(), true),
            _ => new TrimHead(shots[at].Uid, -Amount(), true),
        };
    }

    Edit? Draw(Cut cut, HashSet<string> scene)
    {
        var shots = cut.Picture.Shots;
        var at = random.Next(1, shots.Count - 2);
        if (!scene.Contains(shots[at].Uid)) return null;
        var (left, shot, right) = (shots[at - 1], shots[at], shots[at + 1]);
        if (cut.Splits && random.Next(8) == 0) return new Razor(shot.Uid, random.NextInt64(Shot.Shortest, shot.Length), Births.Next());
        return random.Next(30) switch
        {
            0 or 1 => new RippleDelete(shot.Uid),
            2 or 3 => Insert(cut, left, shot),
            4 or 5 or 6 => new TrimTail(shot.Uid, Amount(), true),
            7 or 8 => new TrimHead(shot.Uid, -Amount(), true),
            9 => new TrimTail(shot.Uid, -Math.Abs(Amount()), false),
            10 => new TrimHead(shot.Uid, Math.Abs(Amount()), false),
            11 or 12 => new Roll(left.Uid, shot.Uid, Amount()),
            13 or 14 => new Slip(shot.Uid, Amount()),
            15 => new Slide(left.Uid, shot.Uid, right.Uid, Amount()),
            16 => new Lift(shot.Uid),
            17 or 18 => new Place(shot.Uid, random.Next((int)shot.Length), cut.Rows[random.Next(3) > 0 ? 1 : 4].Uid, NewShot(random.Next(24, 60), null, "cover")),
            19 => MoveTo(cut, shot, scene),
            20 => AddMark(shot),
            21 => AddBlend(cut, left, shot),
            22 => cut.Picture.Blends.Find(b => b.Right == shot.Uid) is { } blend ? new RemoveBlend(cut.Picture.Uid, blend) : null,
            23 => random.Next(8) == 0 ? new AddTrack(Births.Next(), $"V{maker}", shot.Uid, NewShot(random.Next(24, 60))) : null,
            24 => random.Next(8) == 0 ? new MuteTrack(cut.Rows[random.Next(cut.Rows.Count)].Uid) : null,
            25 or 26 => Loose(cut, scene),
            _ => Field(shot),
        };
    }

    /// <summary>An edit of b-roll or of a sound effect.</summary>
    Edit? Loose(Cut cut, HashSet<string> scene)
    {
        List<Shot> loose = [.. cut.Rows.Where(r => r.Name is "V2" or "A3").SelectMany(r => r.Shots).Where(s => scene.Contains(s.Uid))];
        if (loose.Count == 0) return null;
        var shot = loose[random.Next(loose.Count)];
        return random.Next(5) switch
        {
            0 => new Nudge(shot.Uid, Amount()),
            1 => new TrimTail(shot.Uid, Amount(), false),
            2 => new TrimHead(shot.Uid, Amount(), false),
            3 => new Overwrite(shot.Uid, random.Next(5, 20), NewShot(random.Next(20, 50), null, "over")),
            _ => new Lift(shot.Uid),
        };
    }

    Move? MoveTo(Cut cut, Shot shot, HashSet<string> scene)
    {
        var shots = cut.Picture.Shots;
        var at = random.Next(1, shots.Count);
        return scene.Contains(shots[at].Uid) && shots[at].Uid != shot.Uid && shots[at - 1].Uid != shot.Uid ? new(shot.Uid, shots[at - 1].Uid, shots[at].Uid) : null;
    }

    /// <summary>An edit of one field of the shot.</summary>
    public Edit? Field(Shot shot) => random.Next(7) switch
    {
        0 => new Rename(shot.Uid, $"{shot.Name}_{maker}"),
        1 => new Disable(shot.Uid),
        2 => new Replace(shot.Uid, $"file:///media/R{random.Next(1000):D3}.mov"),
        3 => new AddFilter(shot.Uid, BaseCut.Filter(Births, random)),
        4 when shot.Filters.Count > 0 => new SetFilter(shot.Uid, shot.Filters[0].Uid, random.Next(2) == 0 ? "amount" : "mix", random.Next(200, 400) / 4.0),
        5 when shot.Filters.Count > 0 => new RemoveFilter(shot.Uid, shot.Filters[0].Uid),
        6 when shot.Marks.Count > 0 => new RemoveMark(shot.Uid, shot.Marks[0].Uid),
        _ => null,
    };

    public AddMark AddMark(Shot shot) =>
        new(shot.Uid, new(Births.Next(), $"note {random.Next(1000)} {maker}", shot.Source + random.NextInt64(shot.Length), "CYAN"));

    public AddBlend AddBlend(Cut cut, Shot left, Shot right, long reach = 0) =>
        new(cut.Picture.Uid, new(Births.Next(), left.Uid, right.Uid, reach > 0 ? reach : random.Next(4, 9), reach > 0 ? reach : random.Next(4, 9)));
}
