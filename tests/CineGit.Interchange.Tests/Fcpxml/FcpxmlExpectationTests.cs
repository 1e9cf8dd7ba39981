using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>
/// What OpenTimelineIO 0.18.1 reads from the real files, where it reads them right: names, order, source ranges and places of
/// clips, lane by lane. Its adapter counts frames at whole rates, so only files at such rates can be compared by time.
/// </summary>
public sealed class FcpxmlExpectationTests
{
    const double LongestFrame = 0.042;

    /// <summary>Files that it reads wrong, and how.</summary>
    static readonly Dictionary<string, string> Wrong = new()
    {
        ["1920x1080.fcpxml"] = "no clip of it is read",
        ["23.98.fcpxml"] = "23.976 is counted as 23",
        ["24.fcpxml"] = "sources at 23.976 are counted as 23",
        ["25i.fcpxml"] = "transitions are read as time",
        ["29.97.fcpxml"] = "29.97 is counted as 29",
        ["30.fcpxml"] = "sources at 23.976 are counted as 23",
        ["4096x2160.fcpxml"] = "no clip of it is read",
        ["50.fcpxml"] = "sources at 23.976 are counted as 23",
        ["5120x2160.fcpxml"] = "no clip of it is read",
        ["60.fcpxml"] = "sources at 23.976 are counted as 23",
        ["Annotations.fcpxml"] = "the sequence's start is read as an hour of empty time",
        ["AudioOnly.fcpxml"] = "sound is put on a picture track",
        ["AuditionMarkers.fcpxml"] = "auditions of titles are not read",
        ["AuditionMarkers2.fcpxml"] = "auditions of titles are not read",
        ["AuditionSample.fcpxml"] = "all picks of an audition are read one after the other",
        ["BasicMarkers.fcpxml"] = "titles are not read",
        ["BasicMarkers_1HourProjectStart.fcpxml"] = "titles are not read",
        ["Custom500x500.fcpxml"] = "no clip of it is read",
        ["CutSample.fcpxml"] = "multicam clips are not read",
        ["EventsWithKeywords.fcpxml"] = "an event without a project has no timeline",
        ["GeneralDemo.fcpxml"] = "multicam clips and titles are not read",
        ["Keywords.fcpxml"] = "23.976 is counted as 23",
        ["MulticamMarkers.fcpxml"] = "multicam clips are not read",
        ["MulticamSample.fcpxml"] = "multicam clips are not read",
        ["Occlusion.fcpxml"] = "titles are not read",
        ["Occlusion2.fcpxml"] = "titles are not read",
        ["StandaloneAssetClip.fcpxml"] = "a browser clip is no timeline",
        ["StandaloneLibraryEventClip.fcpxml"] = "a browser clip is no timeline",
        ["Structure.fcpxml"] = "of three projects one is read",
        ["SyncClip.fcpxml"] = "synchronized clips are taken apart",
        ["SyncClipRoles.fcpxml"] = "synchronized clips are taken apart",
        ["TitlesRoles.fcpxml"] = "titles are not read",
        ["TransitionMarkers1.fcpxml"] = "titles are not read",
        ["TwoClipsMarkers.fcpxml"] = "titles are not read",
        ["simple_video1.fcpxml"] = "23.976 is counted as 23",
    };

    public static TheoryData<string> Files => Corpus.IsAbsent ? [""] : [.. Corpus.Expected("fcpxml").Where(f => !Wrong.ContainsKey(Path.GetFileNameWithoutExtension(f)))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Clips_have_the_names_order_ranges_and_places_that_OpenTimelineIO_reads(string expectedFile)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var expected = OtioReader.Read(Corpus.Read(expectedFile), new DiagnosticBag());
        var file = expectedFile["expected/".Length..^".otio".Length];

        var actual = FcpxmlFiles.Read(Corpus.Read(file)).Document;

        var (theirs, ours) = (Facts(expected, isOurs: false).ToList(), Facts(actual, isOurs: true).ToList());
        Assert.Equal(theirs.Select(f => f.Says), ours.Select(f => f.Says));
        // Sound may lie between frames; the adapter moves it to one.
        Assert.All(theirs.Zip(ours), p => Assert.True(
            Math.Abs(p.First.At - p.Second.At) < LongestFrame && Math.Abs(p.First.Start - p.Second.Start) < LongestFrame && Math.Abs(p.First.Duration - p.Second.Duration) < LongestFrame,
            $"{p.First} {p.Second}"));
    }

    static IEnumerable<(double At, double Start, double Duration, string Says)> Facts(OtioDocument document, bool isOurs) =>
        from timeline in document.Timelines()
        from track in timeline.Child("tracks")?.Objects("children") ?? []
        let lane = isOurs ? track.Child("metadata")?.Child("fcpx")?.Number("lane")?.ToString(System.Globalization.CultureInfo.InvariantCulture) : track.Text("name")
        from fact in Clips(track, isOurs)
        orderby timeline.Text("name"), lane, fact.At
        select (fact.At, fact.Start, fact.Duration, $"{timeline.Text("name")} {lane} {fact.Says}");

    static IEnumerable<(double At, double Start, double Duration, string Says)> Clips(OtioObject track, bool isOurs)
    {
        var at = 0.0;
        foreach (var child in track.Objects("children").Where(c => c.SchemaName != OtioSchema.Transition))
        {
            var (start, duration) = (Seconds(child, "start_time"), Seconds(child, "duration"));
            // The sound of a picture is a clip of its own here, and part of its picture there.
            var isSound = isOurs && child.Child("metadata")?.Child("fcpx")?.Text("element") == "sound";
            if (child.SchemaName != OtioSchema.Gap && !isSound) yield return (at, start, duration, $"{child.SchemaName} {child.Text("name")}");
            at += duration;
        }
    }

    static double Seconds(OtioObject item, string field) =>
        item.Child("source_range")?.Child(field) is { } time ? (time.Number("value") ?? 0) / (time.Number("rate") ?? 1) : 0;
}
