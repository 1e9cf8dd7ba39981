using CineGit.TestKit;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using static CineGit.TestKit.Cuts;

namespace CineGit.Timeline.Tests.Checks;

/// <summary>Cuts with nothing to find, and the small changes that break them.</summary>
static class GoodCut
{
    /// <summary>Picture with a dissolve, a gap and a retime; sound under the first two shots, linked.</summary>
    public static Sequence Make() => Sequence(24)
        .Video(
            "V1",
            Shot("SC01", "A001", 100, 48, 1000).Linked("1").Marked("look", 110),
            Dissolve(6, 6),
            Shot("SC02", "A002", 200, 96, 1000).Linked("2").With("Blur", "amount", 2),
            Gap(24),
            Shot("SC03", "A003", 0, 48, 1000).At(2),
            Shot("SC04", "A004", 10, 48, 1000))
        .Audio(
            "A1",
            Shot("SC01", "A001", 100, 48, 1000).Linked("1"),
            Shot("SC02", "A002", 200, 96, 1000).Linked("2"))
        .Marker("check", 12)
        .Identified();

    public static Flicks Frames(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    public static Sequence ChangePoint(this Sequence cut, Func<EditPoint, EditPoint> change) =>
        cut.ChangeTracks(t => t with { EditPoints = [.. t.EditPoints.Select(change)] });

    public static Sequence AddPoint(this Sequence cut, string track, EditPoint point) =>
        cut.ChangeTracks(t => t.Name == track ? t with { EditPoints = t.EditPoints.Add(point) } : t);

    public static EditPoint Point(uint ordinal, Element? left, Element? right, long before, long after) => new()
    {
        Id = new(99, ordinal),
        Left = left?.Id,
        Right = right?.Id,
        Type = "SMPTE_Dissolve",
        InOffset = Frames(before),
        OutOffset = Frames(after),
        Node = OtioBuild.Transition("", "SMPTE_Dissolve", new(before, FrameRate.Fps24), new(after, FrameRate.Fps24)),
    };

    /// <summary>A cut nobody would complain about, different for every seed.</summary>
    public static Sequence Random(int seed)
    {
        var random = new Random(seed);
        FrameRate[] rates = [FrameRate.Fps24, FrameRate.Fps25, FrameRate.Fps23976, FrameRate.Fps2997, FrameRate.Fps5994];
        var (picture, sound, titles) = (new List<Piece>(), new List<Piece>(), new List<Piece>());
        for (var i = 0; i < random.Next(1, 30); i++)
        {
            var length = random.Next(24, 120);
            var shot = Shot($"SC{i:D2}", $"M{random.Next(8)}", random.Next(200, 400), length, 2000);
            if (random.Next(3) > 0) shot = shot.Linked($"L{i}");
            if (random.Next(4) == 0) shot = shot.Marked("m", shot.SourceStart + random.Next(length));
            if (random.Next(4) == 0) shot = shot.With("Blur", "amount", i);
            if (random.Next(6) == 0)
            {
                picture.Add(Gap(length));
                sound.Add(Gap(length));
            }
            else if (i > 0 && random.Next(3) == 0)
            {
                picture.Add(Dissolve(random.Next(0, 12), random.Next(1, 12)));
            }

            picture.Add(random.Next(5) == 0 ? shot.At(random.Next(1, 8) / 2.0) with { LinkedAs = null } : shot);
            sound.Add(shot with { Effects = [], Markers = [] });
            titles.AddRange([Gap(random.Next(1, 50)), Shot($"T{i}", "titles", 0, random.Next(1, 40))]);
        }

        return Sequence(rates[random.Next(rates.Length)])
            .Video("V1", [.. picture]).Video("V2", [.. titles]).Audio("A1", [.. sound]).Marker("m", 0)
            .Identified((ulong)seed + 1);
    }
}
