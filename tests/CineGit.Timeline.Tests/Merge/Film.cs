using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>
/// The oracle: a film as plain arrays of frames, where every edit does to absolute times what an edit machine with sync lock
/// does. It shares no code with the merge.
/// </summary>
sealed record Film(ImmutableArray<FilmShot> Shots, ImmutableArray<FilmTitle> Titles)
{
    int IndexOf(uint uid) => Shots.Select((s, i) => (s, i)).First(p => p.s.Uid == uid).i;

    int StartOf(int index) => Shots.Take(index).Sum(s => s.Frames);

    Film With(int index, FilmShot shot) => this with { Shots = Shots.SetItem(index, shot) };

    Film Shift(int from, int by) => this with
    {
        Titles = [.. Titles.Select(t => t.Start >= from ? t with { Start = t.Start + by } : t)],
    };

    public Film TrimTail(uint uid, int frames)
    {
        var i = IndexOf(uid);
        return Shift(StartOf(i) + Shots[i].Frames, -frames).With(i, Shots[i] with { Frames = Shots[i].Frames - frames });
    }

    public Film TrimHead(uint uid, int frames)
    {
        var i = IndexOf(uid);
        return Shift(StartOf(i) + frames, -frames)
            .With(i, Shots[i] with { Frames = Shots[i].Frames - frames, Source = Shots[i].Source + frames });
    }

    public Film InsertAfter(uint uid, FilmShot shot)
    {
        var at = IndexOf(uid) + 1;
        return Shift(StartOf(at), shot.Frames) with { Shots = Shots.Insert(at, shot) };
    }

    public Film Delete(uint uid)
    {
        var i = IndexOf(uid);
        return Shift(StartOf(i) + Shots[i].Frames, -Shots[i].Frames) with { Shots = Shots.RemoveAt(i) };
    }

    public Film Change(uint uid, Func<FilmShot, FilmShot> change)
    {
        var i = IndexOf(uid);
        return With(i, change(Shots[i]));
    }

    public Sequence ToSequence()
    {
        var pieces = Shots.Select(s => (Piece)s.ToPiece()).ToArray();
        var titles = new List<Piece>();
        var time = 0;
        foreach (var title in Titles)
        {
            titles.Add(Cuts.Gap(title.Start - time));
            titles.Add(Cuts.Shot(title.Name, "titles", 0, title.Frames));
            time = title.Start + title.Frames;
        }

        var sound = Shots.Select(s => (Piece)(s.ToPiece() with { Effects = [], Markers = [] })).ToArray();
        var cut = Cuts.Sequence(24).Video("V1", pieces).Video("V2", [.. titles]).Audio("A1", sound).Build();
        return cut with
        {
            Tracks =
            [
                Named(cut.Tracks[0], 1, i => Shots[i].Uid),
                Named(cut.Tracks[1], 2, i => Titles[i].Uid),
                Named(cut.Tracks[2], 3, i => Shots[i].Uid),
            ],
        };
    }

    static Track Named(Track track, ulong birth, Func<int, uint> uid) => track with
    {
        Id = new(birth, 0),
        Elements = [.. track.Elements.Select((e, i) => e with
        {
            Id = new(birth, uid(i)),
            Effects = [.. e.Effects.Select(f => f with { Id = new(birth + 10, uid(i)) })],
            Markers = [.. e.Markers.Select((m, n) => m with { Id = new(birth + 20, uid(i) * 10 + (uint)n) })],
        })],
    };
}

sealed record FilmShot(uint Uid, string Name, int Source, int Frames)
{
    public int? Blur { get; init; }

    public ImmutableArray<int> Markers { get; init; } = [];

    public Shot ToPiece()
    {
        var shot = Cuts.Shot(Name, $"M{Uid}", Source, Frames).Linked($"L{Uid}");
        if (Blur is { } amount) shot = shot.With("Blur", "amount", amount);
        return Markers.Aggregate(shot, (s, at) => s.Marked("m", at));
    }
}

sealed record FilmTitle(uint Uid, string Name, int Start, int Frames);
