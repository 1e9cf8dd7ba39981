using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Merge;

/// <summary>Four shots of 100 frames with linked sound, a blur on s2, a title over s4; and what editors do to it.</summary>
static class Reel
{
    public static readonly Sequence Start = Cuts.Sequence(24)
        .Video("V1", Shot("s1"), Shot("s2").With("Blur", "amount", 2).With("Mask", "size", 5), Shot("s3"), Shot("s4"))
        .Video("V2", Cuts.Gap(330), Cuts.Shot("title", "title", 0, 20))
        .Audio("A1", Shot("s1"), Shot("s2"), Shot("s3"), Shot("s4"))
        .Identified();

    static Shot Shot(string name) => Cuts.Shot(name, "M" + name, 50, 100, mediaFrames: 500).Linked("L" + name);

    public static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    public static MergeResult Merge(Sequence ours, Sequence theirs) =>
        ThreeWayMerge.Merge(new(Start, ours, theirs) { OursName = "main", TheirsName = "titles" });

    /// <summary>Merges either way round, which must come to the same.</summary>
    public static Sequence Clean(Sequence ours, Sequence theirs)
    {
        var (one, other) = (Merge(ours, theirs), Merge(theirs, ours));
        Assert.Empty(one.Conflicts);
        Assert.Empty(other.Conflicts);
        Assert.Equal(Told(one.Merged), Told(other.Merged));
        return one.Merged;
    }

    /// <summary>The one question that these two cuts come to, either way round; the merge shows no side's answer to it.</summary>
    public static Conflict Asked(Sequence ours, Sequence theirs)
    {
        var (one, other) = (Merge(ours, theirs), Merge(theirs, ours));
        var conflict = Assert.Single(one.Conflicts);
        Assert.Equal(conflict.Kind, Assert.Single(other.Conflicts).Kind);
        Assert.Null(conflict.Chosen);
        return conflict;
    }

    public static string Told(Sequence cut) => string.Join(" / ", cut.Tracks.Select(t => $"{t.Name}: {cut.Layout(t.Name)}"));

    /// <summary>With what is over it on V2 rippling along when it stands behind.</summary>
    public static Sequence TrimTail(this Sequence cut, string name, long frames) =>
        cut.Change(name, e => e with { Duration = e.Duration - F(frames) }).Titles(-frames);

    public static Sequence TrimHead(this Sequence cut, string name, long frames) =>
        cut.Change(name, e => e with { Duration = e.Duration - F(frames), SourceStart = e.SourceStart + F(frames) }).Titles(-frames);

    public static Sequence Slip(this Sequence cut, string name, long frames, string? track = null) =>
        cut.Change(name, e => e with { SourceStart = e.SourceStart + F(frames) }, track);

    public static Sequence Replace(this Sequence cut, string name, string media) =>
        cut.Change(name, e => (Clip)e with { Media = ((Clip)e).Media with { Key = media, Name = media } });

    public static Sequence Rename(this Sequence cut, string name, string to) => cut.Change(name, e => e with { Name = to });

    public static Sequence Titles(this Sequence cut, long frames) =>
        cut.Change("title", e => e with { Lead = Space.Of(e.Lead.Duration + F(frames)) });

    public static Sequence Rows(this Sequence cut, Func<ImmutableArray<Element>, ImmutableArray<Element>> change) =>
        cut.ChangeTracks(t => t.Name is "V1" or "A1" ? t with { Elements = change(t.Elements) } : t);

    public static Sequence Delete(this Sequence cut, string name) =>
        cut.Rows(row => row.RemoveAll(e => e.Name == name)).Titles(-100);

    public static Sequence Move(this Sequence cut, string name, int to) => cut.Rows(row =>
    {
        var moved = row.First(e => e.Name == name);
        return row.Remove(moved).Insert(to, moved);
    });

    public static Sequence Insert(this Sequence cut, int at, string name, long frames, ulong birth) => cut.Rows(row => row.Insert(at, row[0] with
    {
        Id = new(birth, row[0].Id.Ordinal),
        Name = name,
        Duration = F(frames),
        Link = name,
    })).Titles(frames);

    /// <summary>Moves the cut between two shots.</summary>
    public static Sequence Roll(this Sequence cut, string left, string right, long frames) => cut
        .Change(left, e => e with { Duration = e.Duration + F(frames) })
        .Change(right, e => e with { Duration = e.Duration - F(frames), SourceStart = e.SourceStart + F(frames) });

    /// <summary>Puts b-roll on V2, before the title.</summary>
    public static Sequence Cover(this Sequence cut, long at, string name, ulong birth) => cut.ChangeTracks(t => t.Name != "V2" ? t : t with
    {
        Elements =
        [
            t.Elements[0] with { Id = new(birth, 1), Name = name, Lead = Space.Of(F(at)), Duration = F(30) },
            t.Elements[0] with { Lead = Space.Of(t.Elements[0].Lead.Duration - F(at + 30)) },
            .. t.Elements[1..],
        ],
    });

    public static Sequence Dissolve(this Sequence cut, string left, string right, long reach, ulong birth)
    {
        var pattern = Cuts.Sequence(24).Video("V1", Shot("a"), Cuts.Dissolve(reach, reach), Shot("b")).Identified().Track("V1").EditPoints[0];
        var (l, r) = (cut.Element(left, "V1").Id, cut.Element(right, "V1").Id);
        return cut.ChangeTracks(t => t.Name != "V1" ? t : t with { EditPoints = t.EditPoints.Add(pattern with { Id = new(birth, 1), Left = l, Right = r }) });
    }

    public static Sequence Effects(this Sequence cut, Func<ImmutableArray<Effect>, ImmutableArray<Effect>> change) =>
        cut.Change("s2", e => e with { Effects = change(e.Effects) }, "V1");

    /// <summary>Sets a parameter of the effect at this place of s2's chain.</summary>
    public static Sequence Set(this Sequence cut, int effect, Effect like) =>
        cut.Effects(chain => chain.SetItem(effect, chain[effect] with { Node = like.Node }));

    public static Effect Effect(string kind, string parameter, double value, ulong birth) =>
        Cuts.Sequence(24).Video("V1", Shot("x").With(kind, parameter, value)).Identified().Element("x", "V1").Effects[0] with { Id = new(birth, 1) };
}
