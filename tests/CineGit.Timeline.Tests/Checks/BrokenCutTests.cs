using CineGit.TestKit;
using CineGit.Timeline.Checks;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using static CineGit.Timeline.Tests.Checks.GoodCut;

namespace CineGit.Timeline.Tests.Checks;

/// <summary>A good cut is broken in one way, and that is all that is found.</summary>
public sealed class BrokenCutTests
{
    /// <summary>What is done to the good cut, and the code, the severity and some of the words that must come of it.</summary>
    static readonly Dictionary<string, (Func<Sequence, Sequence> Break, string Code, Severity Severity, string Words)> Breakages = new()
    {
        ["an element carries the id of another"] = (
            cut => cut.Change("SC04", e => e with { Id = cut.Element("SC03").Id }),
            DiagnosticCodes.CutSharedId, Severity.Warning, "is on SC03 on V1 at 01:00:07:00 and on SC04 on V1 at 01:00:09:00"),
        ["an effect carries the id of a track"] = (
            cut => cut.Change("SC03", e => e with { Effects = [e.Effects[0] with { Id = cut.Track("V1").Id }] }),
            DiagnosticCodes.CutSharedId, Severity.Warning, "the track V1 and on the effect LinearTimeWarp of SC03"),
        ["an element takes no time"] = (
            cut => cut.Change("SC04", e => e with { Duration = Flicks.Zero }),
            DiagnosticCodes.CutNoLength, Severity.Warning, "SC04 has no length"),
        ["an element ends before it begins"] = (
            cut => cut.Change("SC04", e => e with { Duration = Frames(-5) }),
            DiagnosticCodes.CutNoLength, Severity.Error, "SC04 ends before it begins"),
        ["an element overlaps the one before"] = (
            cut => cut.Change("SC04", e => e with { Lead = new(Frames(-3), []) }),
            DiagnosticCodes.CutOverlap, Severity.Error, "SC04 begins 3 frames before"),
        ["two uses of one nested sequence differ"] = (
            cut => cut.Change("SC03", e => Nest(e, 100) with { Definition = "one" }).Change("SC04", e => Nest(e, 90) with { Definition = "one" }),
            DiagnosticCodes.CutNestsDiffer, Severity.Warning, "SC04 is the same sequence as SC03 at 01:00:06:00, but something else is inside"),
        ["a transition names a clip that is gone"] = (
            cut => cut.ChangePoint(p => p with { Left = new(77, 1) }),
            DiagnosticCodes.CutTransitionAstray, Severity.Error, "not on the track"),
        ["a transition joins clips that do not meet"] = (
            cut => cut.ChangePoint(p => p with { Right = cut.Element("SC03").Id }),
            DiagnosticCodes.CutTransitionAstray, Severity.Error, "do not touch"),
        ["a transition joins clips with a gap between them"] = (
            cut => cut.AddPoint("V1", Point(1, cut.Element("SC02"), cut.Element("SC03"), 4, 4)),
            DiagnosticCodes.CutTransitionAstray, Severity.Error, "do not touch"),
        ["a transition touches nothing"] = (
            cut => cut.AddPoint("A1", Point(1, null, null, 4, 4)),
            DiagnosticCodes.CutTransitionAlone, Severity.Warning, "touches no clip"),
        ["two transitions at one cut"] = (
            cut => cut.AddPoint("V1", Point(1, cut.Element("SC01"), cut.Element("SC02"), 4, 4)),
            DiagnosticCodes.CutTransitionTwice, Severity.Error, "from SC01 to SC02 is the second"),
        ["a transition is longer than its clip"] = (
            cut => cut.ChangePoint(p => p with { InOffset = Frames(51) }),
            DiagnosticCodes.CutTransitionRoom, Severity.Error, "3 frames longer than SC01"),
        ["a transition has no length"] = (
            cut => cut.ChangePoint(p => p with { InOffset = Flicks.Zero, OutOffset = Flicks.Zero }),
            DiagnosticCodes.CutTransitionRoom, Severity.Warning, "has no length"),
        ["a transition reaches backwards"] = (
            cut => cut.ChangePoint(p => p with { InOffset = Frames(-2) }),
            DiagnosticCodes.CutTransitionRoom, Severity.Error, "negative"),
        ["two transitions overlap in a clip"] = (
            cut => cut.ChangePoint(p => p with { OutOffset = Frames(90) }).AddPoint("V1", Point(1, cut.Element("SC02"), null, 10, 0)),
            DiagnosticCodes.CutTransitionRoom, Severity.Error, "overlap by 4 frames"),
        ["the outgoing clip has no handle"] = (
            cut => cut.Change("SC01", e => Media(e, 0, 151), "V1"),
            DiagnosticCodes.CutHandles, Severity.Warning, "needs 6 frames of SC01 after its end, and the media is 3 frames short"),
        ["the incoming clip has no handle"] = (
            cut => cut.Change("SC02", e => Media(e, 198, 800), "V1"),
            DiagnosticCodes.CutHandles, Severity.Warning, "needs 6 frames of SC02 before its start, and the media is 4 frames short"),
        ["a clip runs beyond its media"] = (
            cut => cut.Change("SC04", e => Media(e, 15, 40)),
            DiagnosticCodes.CutBeyondMedia, Severity.Warning, "SC04 uses 5 frames before the start and 3 frames after the end of A004.mov"),
        ["a fast clip runs beyond its media"] = (
            cut => cut.Change("SC03", e => Media(e, 0, 90)),
            DiagnosticCodes.CutBeyondMedia, Severity.Warning, "SC03 uses 3 frames after the end"),
        ["a clip shows none of its media"] = (
            cut => cut.Change("SC04", e => Media(e, 86400, 100)),
            DiagnosticCodes.CutBeyondMedia, Severity.Warning, "there is only 01:00:00:00 to 01:00:04:04"),
        ["a nest runs beyond what is in it"] = (
            cut => cut.Change("SC04", e => Nest(e, 30)),
            DiagnosticCodes.CutBeyondMedia, Severity.Warning, "28 frames after the end of what is nested in it"),
        ["a clip has no media"] = (
            cut => cut.Change("SC04", WithoutMedia),
            DiagnosticCodes.CutNoMedia, Severity.Note, "1 clip does not say what the media is: SC04"),
        ["a speed is no number"] = (
            cut => cut.Change("SC03", e => e with { Effects = [e.Effects[0] with { TimeScalar = OtioNumber.FromLexeme("NaN") }] }),
            DiagnosticCodes.CutSpeed, Severity.Error, "The speed of SC03 is NaN"),
        ["sound is late"] = (
            cut => cut.Change("SC02", e => e with { SourceStart = Frames(197) }, "A1"),
            DiagnosticCodes.CutOutOfSync, Severity.Warning, "SC02 on A1 is 3 frames late against SC02 on V1"),
        ["sound is early"] = (
            cut => cut.Change("SC01", e => e with { SourceStart = Frames(101) }, "A1"),
            DiagnosticCodes.CutOutOfSync, Severity.Warning, "SC01 on A1 is 1 frame early"),
        ["sound is gone"] = (
            cut => cut.ChangeTracks(t => t.Name == "A1" ? t with { Elements = t.Elements.RemoveAt(1) } : t),
            DiagnosticCodes.CutLinkAlone, Severity.Note, "1 clip is linked to nothing"),
        ["a marker is beyond the media"] = (
            cut => cut.Change("SC01", e => Marked(e, 1500), "V1"),
            DiagnosticCodes.CutMarkerAstray, Severity.Warning, "1 marker stands outside the media of SC01"),
        ["a marker is trimmed off"] = (
            cut => cut.Change("SC01", e => Marked(e, 20), "V1"),
            DiagnosticCodes.CutMarkerHidden, Severity.Note, "1 marker stands in trimmed-off parts of SC01"),
        ["a sequence marker is after the end"] = (
            cut => cut with { Markers = [cut.Markers[0] with { Range = new(Frames(5000), Frames(1)) }] },
            DiagnosticCodes.CutMarkerOutside, Severity.Note, "after the end"),
        ["a clip ends between frames"] = (
            cut => cut.Change("SC04", e => e with { Duration = e.Duration - new Flicks(1_000_000) }),
            DiagnosticCodes.CutBetweenFrames, Severity.Warning, "1 clip on V1 begins or ends between two frames of 24 fps: SC04"),
        ["the start is between frames"] = (
            cut => cut with { GlobalStart = cut.GlobalStart + new Flicks(1_000_000) },
            DiagnosticCodes.CutBetweenFrames, Severity.Warning, "The start timecode lies between"),
        ["a clip is counted at another rate"] = (
            cut => cut.Change("SC04", e => e with { Node = new OtioBuilders(FrameRate.Fps25).Clip("SC04", 10, 50), Duration = Frames(48), SourceStart = Frames(10) }),
            DiagnosticCodes.CutMixedRates, Severity.Note, "1 clip is counted at 25 fps in a sequence of 24 fps: SC04"),
        ["everything is gone"] = (
            cut => cut.ChangeTracks(t => t with { Elements = [], EditPoints = [], Tail = Space.None }) with { Markers = [] },
            DiagnosticCodes.CutEmpty, Severity.Note, "nothing in this cut"),
        ["it nests deeper than can be read"] = (
            cut => cut.Change("SC04", e => e with { Node = e.Node.With("metadata", Deep(600)) }),
            DiagnosticCodes.CutUnstable, Severity.Error, "nests objects and lists more than 512 deep"),
    };

    public static TheoryData<string> Names => [.. Breakages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_broken_is_found_and_nothing_else(string name)
    {
        var (breakIt, code, severity, words) = Breakages[name];
        var finding = Assert.Single(CutCheck.OfFile(breakIt(Make()), []));
        Assert.Equal((code, severity), (finding.Code, finding.Severity));
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_of_the_cut_is_seen_at_work()
    {
        var codes = typeof(DiagnosticCodes).GetFields().Select(f => (string?)f.GetRawConstantValue()).Where(c => c?.StartsWith("CG6", StringComparison.Ordinal) == true);
        Assert.Equal(codes.Order(), Breakages.Values.Select(b => b.Code).Distinct().Order());
    }

    static Element Media(Element element, long start, long frames)
    {
        var reference = OtioBuild.ExternalReference(((Clip)element).Media.Key, OtioBuild.Range(new(start, FrameRate.Fps24), new(frames, FrameRate.Fps24)));
        return (Clip)element with
        {
            Media = ((Clip)element).Media with
            {
                Available = new(Frames(start), Frames(frames)),
                References = OtioObject.Map((OtioSchema.DefaultMediaKey, reference)),
            },
        };
    }

    static Element WithoutMedia(Element element) => (Clip)element with
    {
        Media = new(element.Name, element.Name, null, OtioObject.Map((OtioSchema.DefaultMediaKey, OtioBuild.MissingReference()))),
    };

    static Nest Nest(Element element, long content) => new()
    {
        Id = element.Id,
        Name = element.Name,
        Duration = element.Duration,
        SourceStart = element.SourceStart,
        Node = OtioBuild.Track("", "Video", [OtioBuilders.At24.Gap(content)]).With("source_range", OtioBuilders.At24.Range(10, 48)),
    };

    static Element Marked(Element element, long frame) =>
        element with { Markers = [element.Markers[0] with { Range = new(Frames(frame), Frames(1)) }] };

    static OtioObject Deep(int levels)
    {
        var inner = OtioObject.EmptyMap;
        for (var i = 0; i < levels; i++) inner = OtioObject.Map(("a", inner));
        return inner;
    }
}
