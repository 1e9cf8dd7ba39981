using System.Globalization;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>Who made an element: no two of these give one id.</summary>
enum Maker
{
    Base = 0xb0,
    Ours = 0xa1,
    Theirs = 0xc2,

    /// <summary>The first of many.</summary>
    Many = 0xd00,
}

/// <summary>Ids as <c>metadata.cinegit.id</c> spells them: where it was born, and a number.</summary>
sealed class Births(Maker maker)
{
    int _count;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{0xce00_0000_0000_0000UL + (ulong)maker:x16}-{++_count}");
}

/// <summary>What a reel is drawn for.</summary>
/// <param name="MarksRipple">See <see cref="Cut.MarksRipple"/>.</param>
/// <param name="Splits">See <see cref="Cut.Splits"/>.</param>
/// <param name="Format">What the programs write. Without OTIO there are no speeds: every format rounds them in its own way.</param>
/// <param name="Nests">Some shots are uses of nested sequences.</param>
sealed record ReelKind(bool MarksRipple = false, bool Splits = false, FileFormat Format = FileFormat.Otio, bool Nests = false);

/// <summary>
/// A reel: picture with linked sound on two tracks, b-roll, sound effects, music that does not ripple; dissolves, effects,
/// markers, changes of speed, and slugs and room tones that are all alike.
/// </summary>
sealed class BaseCut(Random random, ReelKind kind)
{
    static readonly string[] Colors = ["RED", "GREEN", "BLUE"];
    static readonly string[] Kinds = ["Gaussian Blur", "Color Corrector", "Vignette"];

    readonly Births _births = new(Maker.Base);

    public static Cut Of(Random random, int clips, ReelKind kind) => new BaseCut(random, kind).Make(clips);

    Cut Make(int clips)
    {
        Row[] rows = [Row("V1", "Video"), Row("V2", "Video"), Row("A1", "Audio"), Row("A2", "Audio"), Row("A3", "Audio"), Row("A4", "Audio", false)];
        var cut = new Cut { Rows = [.. rows], MarksRipple = kind.MarksRipple, Splits = kind.Splits };
        for (var (at, i, count) = (0L, 0, 0); count < clips * 85 / 100; i++)
        {
            var shot = Scene(rows, at, i);
            count += shot.Link is null ? 1 : 3;
            at = shot.End;
        }

        if (kind.Nests) Nest(cut);
        Dissolve(rows[0]);
        var end = rows[0].Shots[^1].End;
        Scatter(rows[1], clips / 20, end, i => ($"broll_{i:D3}", $"file:///media/B{i % 23:D3}.mov", random.Next(100, 900), random.Next(30, 90)));
        Scatter(rows[4], clips / 18, end, i => i % 3 == 0 ? ("room tone", "file:///sound/room_tone.wav", 100, 48) : ($"sfx_{i:D3}", $"file:///sound/sfx_{i % 17:D2}.wav", random.Next(50, 400), random.Next(24, 72)));
        Music(rows[5], end);
        for (var i = 0; i < clips / 25; i++) cut.Marks.Add(Mark($"scene {i}", random.NextInt64(end)));
        return cut;
    }

    Row Row(string name, string kind, bool syncLocked = true) => new() { Uid = _births.Next(), Name = name, Kind = kind, SyncLocked = syncLocked };

    Shot Scene(Row[] rows, long at, int i)
    {
        if (random.Next(100) < 8)
        {
            var slug = New(null, "SLUG", "file:///media/slug.mov", at, 24, 100);
            rows[0].Place(slug);
            return slug;
        }

        var link = random.Next(100) < 75 ? _births.Next() : null;
        var (length, source) = (random.Next(48, 120), random.Next(200, 1200));
        var (name, media) = ($"SC{i:D4}_T{random.Next(1, 6)}", $"file:///media/A{random.Next(1, 60):D3}_C{random.Next(1, 12):D3}.mov");
        var picture = New(link, name, media, at, length, source);
        Decorate(picture);
        rows[0].Shots.Add(picture);
        if (link is null) return picture;
        foreach (var row in (Row[])[rows[2], rows[3]]) row.Shots.Add(New(link, name, media, at, length, source));
        return picture;
    }

    /// <summary>Three nested sequences, the first of them used twice.</summary>
    void Nest(Cut cut)
    {
        var places = Enumerable.Range(1, cut.Picture.Shots.Count - 2).Where(i => cut.Picture.Shots[i] is { Link: null, Name: not "SLUG" }).ToArray();
        random.Shuffle(places);
        string[] names = ["COMP A", "COMP B", "COMP C", "COMP A"];
        foreach (var (name, place) in names.Zip(places))
        {
            if (!cut.Nests.ContainsKey(name)) cut.Nests.Add(name, Inside());
            var shot = cut.Picture.Shots[place];
            var use = New(null, name, "nest " + name, shot.Start, shot.Length, random.Next(60, 120));
            cut.Picture.Shots[place] = new() { Uid = use.Uid, Nest = name, Name = name, Media = use.Media, Start = use.Start, Length = use.Length, Source = use.Source };
        }
    }

    /// <summary>Shots with their sound, the last of them so long that no use runs out of frames.</summary>
    Cut Inside()
    {
        Row[] rows = [Row("V1", "Video"), Row("A1", "Audio")];
        var at = 0L;
        for (var i = 0; i < 8; i++)
        {
            var (link, name, media) = (_births.Next(), $"VFX{random.Next(10_000):D4}", $"file:///media/X{random.Next(1, 99):D3}.mov");
            var (length, source) = (i < 7 ? random.Next(48, 100) : 400, random.Next(200, 1200));
            foreach (var row in rows) row.Shots.Add(New(link, name, media, at, length, source));
            at += length;
        }

        return new() { Rows = [.. rows] };
    }

    void Decorate(Shot shot)
    {
        if (random.Next(100) < 20) shot.Filters.Add(Filter(_births, random));
        if (random.Next(100) < 12) shot.Marks.Add(Mark("check", shot.Source + random.Next((int)shot.Length)));
        else if (random.Next(100) < 4 && kind.Format == FileFormat.Otio) shot.Speed = random.Next(2) == 0 ? 0.5 : 2;
    }

    void Dissolve(Row row)
    {
        for (var i = 1; i < row.Shots.Count; i++)
            if (random.Next(100) < 8) row.Blends.Add(new(_births.Next(), row.Shots[i - 1].Uid, row.Shots[i].Uid, random.Next(4, 9), random.Next(4, 9)));
    }

    void Scatter(Row row, int count, long end, Func<int, (string Name, string Media, int Source, int Length)> what)
    {
        for (var i = 0; i < count; i++)
        {
            var (name, media, source, length) = what(i);
            var shot = New(null, name, media, random.NextInt64(end - length), length, source);
            if (!row.IsFree(shot.Start - 10, shot.End + 10)) continue;
            if (kind.Splits) Decorate(shot);
            shot.Speed = 1;
            row.Place(shot);
        }
    }

    void Music(Row row, long end)
    {
        for (var (at, i) = (0L, 0); at + 600 < end; i++)
        {
            var shot = New(null, $"cue {i}", $"file:///sound/cue_{i:D2}.wav", at, random.Next(400, 900), 100);
            row.Shots.Add(shot);
            at = shot.End + random.Next(0, 400);
        }
    }

    Mark Mark(string name, long frame) => new(_births.Next(), name, frame, Colors[random.Next(Colors.Length)]);

    Shot New(string? link, string name, string media, long start, long length, long source) =>
        new() { Uid = _births.Next(), Link = link, Name = name, Media = media, Start = start, Length = length, Source = source };

    public static Filter Filter(Births births, Random random) => new(
        births.Next(),
        Kinds[random.Next(Kinds.Length)],
        new SortedDictionary<string, double>(StringComparer.Ordinal) { ["amount"] = random.Next(1, 100) / 4.0, ["mix"] = random.Next(1, 10) / 10.0 });
}
