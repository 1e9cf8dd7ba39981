using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Identity;

/// <summary>Cuts with nested sequences in them, as files have them: read from OTIO text, every use of a sequence written out.</summary>
static class NestCuts
{
    public static readonly FrameRate Rate = FrameRate.Fps24;

    public static Flicks F(long frames) => Flicks.FromFrames(frames, Rate);

    public static OtioObject Clip(string name, long start, long frames) => OtioBuild.Clip(
        name,
        OtioBuild.ExternalReference($"file:///media/{name}.mov", OtioBuild.Range(new(0, Rate), new(10_000, Rate))),
        OtioBuild.Range(new(start, Rate), new(frames, Rate)));

    public static OtioObject Gap(long frames) => OtioBuild.Gap(new(frames, Rate));

    public static OtioObject Track(string name, params OtioObject[] children) => OtioBuild.Track(name, name[0] == 'A' ? "Audio" : "Video", children);

    /// <summary>A use of a sequence; it shows these frames, or all there are.</summary>
    public static OtioObject Nest(string name, (long Start, long Frames)? shown, params OtioObject[] tracks)
    {
        var stack = OtioBuild.Stack(name, tracks);
        return shown is { } s ? stack.With("source_range", OtioBuild.Range(new(s.Start, Rate), new(s.Frames, Rate))) : stack;
    }

    public static Sequence Cut(params OtioObject[] tracks) => Saved(new OtioDocument(OtioBuild.Timeline("Cut", null, tracks)));

    public static Sequence Saved(OtioDocument document) =>
        CutReader.Read(OtioReader.Read(TimelineAssert.Utf8(document), new DiagnosticBag()), new DiagnosticBag());

    public static Sequence Saved(Sequence cut) => Saved(CutWriter.Write(cut));

    public static Sequence First(Sequence imported) => ElementMatcher.Identify(imported, null, new Birth(1)).Sequence;

    public static Sequence Next(Sequence imported, Sequence parent, ulong birth = 2) => ElementMatcher.Identify(imported, parent, new Birth(birth)).Sequence;

    /// <summary>As a program hands it back that keeps nothing of ours.</summary>
    public static Sequence Exported(Sequence cut) => Saved(new OtioDocument((OtioObject)WithoutOurs(CutWriter.Write(cut).Root)));

    static OtioValue WithoutOurs(OtioValue value) => value switch
    {
        OtioObject node => new OtioObject([.. node.Fields.Where(f => f.Name != OtioSchema.OwnMetadata).Select(f => f with { Value = WithoutOurs(f.Value) })]),
        OtioArray list => OtioArray.Of(list.Items.Select(WithoutOurs)),
        _ => value,
    };

    public static Sequence Inside(Sequence cut, string nest) =>
        NestInside.Identified((Nest)cut.Element(nest), cut.Rate) ?? throw new InvalidOperationException($"{nest} was not identified");

    /// <summary>The cut with something done inside a sequence, in all its uses or in the one of this index.</summary>
    public static Sequence Edit(Sequence cut, string nest, Func<Sequence, Sequence> edit, int? use = null)
    {
        var index = 0;
        return NestInside.Map(cut, n => n.Name == nest && (use ?? index) == index++
            ? NestInside.With(n, edit(NestInside.Of(n, cut.Rate) ?? throw new InvalidOperationException("too deep")))
            : n);
    }

    public static Sequence Tail(Sequence cut, string name, long by) => cut.Change(name, e => e with { Duration = e.Duration + F(by) });

    public static Sequence Rename(Sequence cut, string name, string to) => cut.Change(name, e => e with { Name = to });

    public static Sequence Without(Sequence cut, string name) =>
        cut.ChangeTracks(t => t with { Elements = [.. t.Elements.Where(e => e.Name != name)] });

    public static List<Nest> Uses(Sequence cut, string name) => [.. cut.Tracks.SelectMany(t => t.Elements).OfType<Nest>().Where(n => n.Name == name)];
}
