using CineGit.Interchange.Tests.Edl;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.CrossFormat;

/// <summary>Two editors export from their NLEs, which write no ids; the cuts are known again, merged, and written into the base's own file.</summary>
public sealed class MergeThroughFormatsTests
{
    const int Clips = 2_000;
    const double LeastKnownAgain = 0.999;

    public static TheoryData<string> Formats => ["edl", "fcp7xml", "fcpxml"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_two_editors_did_between_exports_without_ids_is_merged(string name)
    {
        var format = TimelineFormats.ByName(name) ?? throw new ArgumentException(name, nameof(name));
        var file = Base(name);
        var parent = Known(Read(format, file), null, 1);
        var (first, second) = (Shot(parent, Clips / 3), Shot(parent, 2 * Clips / 3));

        var ours = Known(Exported(format, Changed(parent, first, e => e with { SourceStart = e.SourceStart + Frames(parent, 2) })), parent, 2);
        var theirs = Known(Exported(format, Changed(parent, second, e => e with { Name = "RENAMED" })), parent, 3);
        var merge = ThreeWayMerge.Merge(new(parent, ours, theirs));

        Assert.True(Share(parent, ours) >= LeastKnownAgain, $"{Share(parent, ours):P3} of {name} known again");
        Assert.True(Share(parent, theirs) >= LeastKnownAgain, $"{Share(parent, theirs):P3} of {name} known again");
        Assert.Empty(merge.Conflicts);
        var back = Read(format, Write(format, CutWriter.Write(merge.Merged), file));
        Assert.Equal(first.SourceStart + Frames(parent, 2), Same(back, parent, first).SourceStart);
        Assert.Equal("RENAMED", Same(back, parent, second).Name);
        Assert.Equal(parent.Tracks.Select(t => t.Elements.Length), back.Tracks.Select(t => t.Elements.Length));
    }

    static byte[] Base(string format) => format switch
    {
        "edl" => EdlLists.Cuts(Clips),
        "fcp7xml" => PremiereXml.Make(Clips),
        _ => GeneratedFcpxml.Of(Clips),
    };

    static Sequence Read(ITimelineFormat format, ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        return CutReader.Read(format.Read(stream, new(null, "cut" + format.Extensions[0])).Document, new DiagnosticBag());
    }

    static byte[] Write(ITimelineFormat format, OtioDocument document, ReadOnlyMemory<byte> original)
    {
        using var stream = new MemoryStream();
        format.Write(document, stream, new(original));
        return stream.ToArray();
    }

    /// <summary>As another NLE would write it: all that the format does not say is gone, the ids first.</summary>
    static Sequence Exported(ITimelineFormat format, Sequence cut) => Read(format, Write(format, CutWriter.Write(cut), default));

    static Sequence Known(Sequence cut, Sequence? parent, ulong birth) => ElementMatcher.Identify(cut, parent, new Birth(birth)).Sequence;

    static Flicks Frames(Sequence cut, long frames) => Flicks.FromFrames(frames, cut.Rate);

    /// <summary>A clip of the first track, at or after this place, that plays at its own speed and has no transition.</summary>
    static Element Shot(Sequence cut, int from) => cut.Tracks[0].Elements.Skip(Math.Min(from, cut.Tracks[0].Elements.Length * 2 / 3))
        .First(e => e is Clip && e.Effects.All(f => f.TimeScalar is null) && !cut.Tracks[0].EditPoints.Any(p => p.Left == e.Id || p.Right == e.Id));

    /// <summary>A clip with all that is linked to it, as an editor changes it.</summary>
    static Sequence Changed(Sequence cut, Element element, Func<Element, Element> change) => cut with
    {
        Tracks = [.. cut.Tracks.Select(t => t with { Elements = [.. t.Elements.Select(e => IsOf(e, element) ? change(e) : e)] })],
    };

    static bool IsOf(Element each, Element element) => each.Id == element.Id || each.Link is not null && each.Link == element.Link;

    static Element Same(Sequence back, Sequence parent, Element element) => back.Tracks[0].Elements[parent.Tracks[0].Elements.IndexOf(element)];

    static double Share(Sequence parent, Sequence child)
    {
        var ids = child.Tracks.SelectMany(t => t.Elements).Select(e => e.Id).ToHashSet();
        var all = parent.Tracks.SelectMany(t => t.Elements).ToList();
        return all.Count(e => ids.Contains(e.Id)) / (double)all.Count;
    }
}
