using CineGit.Interchange.Edl;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>What a list cannot say is told, each thing with its place; no document makes the writer fail in another way.</summary>
public sealed class EdlLossTests
{
    static readonly FrameRate Rate = FrameRate.Fps24;

    public static TheoryData<string> Documents => Corpus.IsAbsent ? [""] : [.. Corpus.Files("otio")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_real_document_is_written_or_refused_with_a_sentence(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        OtioDocument document;
        try
        {
            document = OtioReader.Read(Corpus.Read(file), new DiagnosticBag());
        }
        catch (InterchangeFormatException)
        {
            return;
        }

        try
        {
            var written = EdlFiles.WriteBytes(document);
            if (EdlFiles.Tracks(document).Any(t => t.Objects("children").Any())) Assert.NotEmpty(EdlFiles.Tracks(EdlFiles.Read(written, RateOf(document)).Document));
        }
        catch (InterchangeFormatException refusal)
        {
            Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>As the writer does: that of the start, else of the first item that has one.</summary>
    static FrameRate? RateOf(OtioDocument document)
    {
        var times = EdlFiles.Tracks(document).SelectMany(t => t.Objects("children"))
            .Select(c => c.Child("source_range") ?? c.Child("media_references")?.Child("DEFAULT_MEDIA")?.Child("available_range") ?? c.Child("media_reference")?.Child("available_range"))
            .Select(r => r?.Child("duration")).Prepend(document.FirstTimeline()?.Child("global_start_time"));
        foreach (var time in times)
        {
            if (OtioTimes.TryRead(time, out var read) && read.Rate is { } rate && rate.NominalFramesPerSecond is > 1 and <= 120) return rate;
        }

        return FrameRate.Fps24;
    }

    [Fact]
    public void Each_thing_that_a_list_cannot_say_is_told_with_its_place()
    {
        using var stream = new MemoryStream();
        var losses = new EdlFormat().Write(new(Film()), stream, WriteOptions.Alone);

        foreach (var (word, place) in new[]
        {
            ("'ramped' varies; its average, 150 %", "tracks/0/children/0"),
            ("The effect 'Blur' on 'keyed'", "tracks/0/children/1"),
            ("The generator 'Basic Title'", "tracks/0/children/2"),
            ("'off' is disabled", "tracks/0/children/3"),
            ("1 clip with several media references", "tracks"),
            ("'nest' was written as one event; the 2 clips inside", "tracks/0/children/5"),
            ("'long' on 'marked' lasts a while", "tracks/0"),
            ("'between' is not on whole frames", "tracks/0/children/7"),
            ("1 link between picture and sound left out", "tracks"),
            ("2 clips with metadata of other programs", "tracks"),
            ("1 marker on gaps", "tracks"),
            ("kind Caption", "tracks/3"),
            ("more than one video track", ""),
            ("numbers for 99 tracks", "tracks/103"),
            ("The track names 'Picture'", "tracks"),
        })
        {
            Assert.True(losses.Any(d => d.Message.Contains(word, StringComparison.Ordinal) && d.Location == place), $"{word} at {place} is not among\n{string.Join('\n', losses.Take(60))}");
        }

        var text = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("M2   ramped         036.0", text, StringComparison.Ordinal);
        Assert.Contains("* FROM CLIP NAME:  Basic Title", text, StringComparison.Ordinal);
    }

    /// <summary>One of each kind of thing that a list cannot say.</summary>
    static OtioObject Film()
    {
        var ramp = OtioBuild.Effect("", "timeMap").With(OtioSchema.Key, "TimeEffect.1").With("metadata", OtioObject.Map(
            ("fcpxml", OtioObject.Map(("timept", OtioArray.Of([Point("0s", "0s"), Point("1s", "1s"), Point("2s", "3s")]))))));
        var title = OtioBuild.Clip("", OtioBuild.GeneratorReference("Basic Title", null), Range(0, 24));
        var alternatives = Clip("two media", 0, 24);
        alternatives = alternatives.With("media_references", (alternatives.Child("media_references") ?? OtioObject.EmptyMap).With("PROXY", OtioBuild.MissingReference()));
        var nest = OtioBuild.Stack("nest", [OtioBuild.Track("V", "Video", [Clip("in 1", 0, 12), Clip("in 2", 0, 12)])]);
        var marked = Clip("marked", 0, 24).With("markers", OtioArray.Of([OtioBuild.Marker("long", Range(3, 10), "RED")]));
        var linked = Clip("linked", 0, 24).With("metadata", OtioObject.Map(("cinegit", OtioObject.Map(("link", "x"))), ("vendor", OtioObject.Map(("a", 1)))));
        var picture = OtioBuild.Track("Picture", "Video",
        [
            Clip("ramped", 0, 48).With("effects", OtioArray.Of([ramp])),
            Clip("keyed", 0, 24).With("effects", OtioArray.Of([OtioBuild.Effect("", "Blur")])),
            title,
            Clip("off", 0, 24).With("enabled", false),
            alternatives,
            nest,
            marked,
            Clip("between", 0, 24).With("source_range", OtioObject.Of("TimeRange.1", ("duration", OtioBuild.Time(new(24, Rate))), ("start_time", OtioBuild.Time(new(7, new(1000, 1)))))),
            linked,
            OtioBuild.Gap(new(10, Rate)).With("markers", OtioArray.Of([OtioBuild.Marker("on gap", Range(0, 0), "RED")])),
            Clip("end", 0, 24),
        ]);
        var sound = OtioBuild.Track("A1", "Audio", [OtioBuild.Gap(new(5, Rate)), linked]);
        var captions = OtioBuild.Track("words", "Caption", [Clip("hello", 0, 24)]);
        var many = Enumerable.Range(0, 100).Select(i => OtioBuild.Track("", "Audio", [Clip("s", 0, 24)]));
        return OtioBuild.Timeline("cut", new RationalTime(86400, Rate), [picture, OtioBuild.Track("V2", "Video", [Clip("above", 0, 24)]), sound, captions, .. many]);
    }

    static OtioObject Point(string time, string value) => OtioObject.Map(("@time", time), ("@value", value));

    static OtioObject Range(long start, long duration) => OtioBuild.Range(new(start, Rate), new(duration, Rate));

    static OtioObject Clip(string name, long start, long duration) => OtioBuild.Clip(name, OtioBuild.ExternalReference(name + ".mov", null), Range(start, duration));
}
