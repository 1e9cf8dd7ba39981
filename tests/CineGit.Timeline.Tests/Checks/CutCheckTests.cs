using System.Collections.Immutable;
using CineGit.TestKit;
using CineGit.Timeline.Checks;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;
using static CineGit.TestKit.Cuts;
using static CineGit.TestKit.OtioBuilders;

namespace CineGit.Timeline.Tests.Checks;

public sealed class CutCheckTests
{
    static readonly OtioBuilders At = At24;

    [Fact]
    public void Nothing_is_wrong_with_a_good_cut() => Assert.Empty(CutCheck.OfFile(GoodCut.Make(), []));

    [Fact]
    public void Five_hundred_sound_cuts_have_no_errors_and_no_warnings()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var loud = CutCheck.OfFile(GoodCut.Random(seed), []).Where(f => f.Severity != Severity.Note).ToList();
            Assert.True(loud.Count == 0, $"seed {seed}: {string.Join('\n', loud)}");
        }
    }

    [Fact]
    public void A_place_is_told_as_track_timecode_and_path_in_the_document()
    {
        var (cut, reading) = Read(Cut(
            Video("V1", At.Clip("a", 0, 24)),
            Video("", At.Gap(10), At.Clip("b", 0, 24), At.Clip("c", 9_990, 24))));
        var finding = Assert.Single(CutCheck.OfFile(cut, reading));
        Assert.Equal(DiagnosticCodes.CutBeyondMedia, finding.Code);
        Assert.Equal("tracks/1/children/2", finding.Location);
        Assert.Equal(("V2", "c"), (finding.Track, finding.Subject));
        Assert.Equal(Flicks.FromFrames(34, FrameRate.Fps24), finding.At);
        Assert.Equal(cut.Element("c").Id, Assert.Single(finding.Elements));
    }

    [Fact]
    public void What_a_reader_said_is_told_once_and_with_its_place()
    {
        var (cut, reading) = Read(Cut(Video(
            "V1",
            At.Clip("a", 0, 24),
            OtioBuild.Clip("b", OtioBuild.ExternalReference("b.mov", null), null),
            At.Clip("c", 0, 24).With(OtioSchema.Key, "Sparkle.7"))));
        Assert.Contains(reading, d => d.Code == DiagnosticCodes.OtioNoDuration);
        var found = CutCheck.OfFile(cut, reading);
        Assert.Equal([DiagnosticCodes.OtioUnknownSchema, DiagnosticCodes.CutNoLength], found.Select(f => f.Code).Order());
        var unknown = found.Single(f => f.Code == DiagnosticCodes.OtioUnknownSchema);
        Assert.Equal(("V1", "c", Flicks.FromFrames(24, FrameRate.Fps24)), (unknown.Track, unknown.Subject, unknown.At));
    }

    [Fact]
    public void A_track_trimmed_to_all_that_is_on_it_is_not_trimmed()
    {
        OtioObject Trimmed(long frames) => Video("V1", At.Clip("a", 0, 24)).With("source_range", At.Range(0, frames));
        Assert.Empty(Check(Cut(Trimmed(24))));
        Assert.Equal(DiagnosticCodes.OtioTrimmedTrack, Assert.Single(Check(Cut(Trimmed(20)))).Code);
    }

    [Fact]
    public void The_worst_comes_first_and_equals_come_in_record_order()
    {
        var cut = GoodCut.Make()
            .Change("SC04", e => e with { Duration = Flicks.Zero })
            .Change("SC01", e => e with { SourceStart = GoodCut.Frames(102) }, "A1")
            .ChangePoint(p => p with { InOffset = GoodCut.Frames(99) });
        Assert.Equal(
            [DiagnosticCodes.CutTransitionRoom, DiagnosticCodes.CutOutOfSync, DiagnosticCodes.CutNoLength],
            CutCheck.Of(cut).Select(f => f.Code));
    }

    [Fact]
    public void A_split_edit_is_in_sync_and_so_are_the_pieces_of_a_linked_clip()
    {
        var split = Sequence(24)
            .Video("V1", Shot("a", "A", 100, 48), Shot("b", "B", 100, 20).Linked("b"), Shot("b", "B", 120, 28).Linked("b"))
            .Audio("A1", Shot("a", "A", 100, 36), Shot("b", "B", 88, 60).Linked("b"))
            .Build();
        Assert.Empty(CutCheck.Of(split));
    }

    [Fact]
    public void Sound_of_another_recorder_is_nothing_to_compare_with()
    {
        var doubled = Sequence(24).Video("V1", Shot("a", "A", 100, 48).Linked("1")).Audio("A1", Shot("a", "ZOOM0001", 7, 48).Linked("1")).Build();
        Assert.Empty(CutCheck.Of(doubled));
    }

    [Theory]
    [InlineData(2.0, 100, true)]
    [InlineData(2.0, 101, false)]
    [InlineData(0.5, 399, true)]
    [InlineData(0.0, 5_000, true)]
    [InlineData(-1.0, 200, true)]
    [InlineData(-2.0, 101, false)]
    public void A_retime_uses_as_much_media_as_it_plays(double speed, long frames, bool fits)
    {
        var cut = Sequence(24).Video("V1", Shot("a", "A", 0, frames, 200).At(speed)).Build();
        Assert.Equal(fits, CutCheck.Of(cut).IsEmpty);
    }

    [Theory]
    [InlineData("Time Remap")]
    [InlineData("TimeWarp")]
    [InlineData("Retime (optical flow)")]
    public void An_effect_that_bends_time_says_nothing_about_media(string kind)
    {
        var cut = Sequence(24).Video("V1", Shot("a", "A", 0, 500, 200).With(kind, "curve", 1)).Build();
        Assert.Empty(CutCheck.Of(cut));
        Assert.Single(CutCheck.Of(Sequence(24).Video("V1", Shot("a", "A", 0, 500, 200).With("Blur", "curve", 1)).Build()));
    }

    [Fact]
    public void A_still_can_be_shown_for_ever()
    {
        var still = Sequence(24).Video("V1", Shot("title", "card", 0, 500, 1)).Build();
        Assert.Empty(CutCheck.Of(still));
    }

    [Fact]
    public void Hostile_times_and_speeds_are_findings_and_nothing_else()
    {
        foreach (var speed in (double[])[1e300, -1e300, 1e-300, double.MaxValue])
        {
            foreach (var frames in (long[])[0, 1, 70_000_000_000, -70_000_000_000])
            {
                var clip = At.Clip("a", frames, Math.Abs(frames)).With("effects", OtioArray.Of([OtioBuild.LinearTimeWarp(speed)]));
                var cut = Cut(Video("V1", clip, At.Dissolve(70_000_000_000, 70_000_000_000)), Video("V2", clip));
                Assert.All(Check(cut), f => Assert.NotEqual(DiagnosticCodes.CutUnstable, f.Code));
            }
        }
    }

    /// <summary>Memory is counted rather than time, which says nothing on a busy machine.</summary>
    [Fact]
    public void Checking_takes_memory_in_proportion_to_the_cut()
    {
        var (small, large) = (Long(250), Long(2_000));
        Allocated(small);
        Assert.True(Allocated(large) < Allocated(small) * 8 * 3 / 2);
    }

    [Fact]
    public void Real_timelines_have_no_errors()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var checkedFiles = 0;
        foreach (var file in Corpus.Files("otio"))
        {
            try
            {
                var found = Check(OtioReader.Read(Corpus.Read(file), new DiagnosticBag()));
                Assert.DoesNotContain(found, f => f.Severity == Severity.Error);
                checkedFiles++;
            }
            catch (InterchangeFormatException)
            {
                // A lone effect or marker, which is no timeline; CorpusRoundTripTests says which.
            }
        }

        Assert.True(checkedFiles > 20, $"only {checkedFiles} were checked");
    }

    static Sequence Long(int clips) => Sequence(24)
        .Video("V1", [.. Enumerable.Range(0, clips).SelectMany(i => (Piece[])[Dissolve(2, 2), Shot($"S{i}", $"M{i}", 100, 24).Linked($"L{i}").Marked("m", 110)])])
        .Audio("A1", [.. Enumerable.Range(0, clips).Select(i => (Piece)Shot($"S{i}", $"M{i}", 100, 24).Linked($"L{i}"))])
        .Identified();

    static long Allocated(Sequence cut)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(CutCheck.OfFile(cut, []));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static ImmutableArray<Finding> Check(OtioDocument document)
    {
        var (cut, reading) = Read(document);
        return CutCheck.OfFile(cut, reading);
    }

    static (Sequence Cut, IReadOnlyList<Diagnostic> Reading) Read(OtioDocument document)
    {
        var bag = new DiagnosticBag();
        var cut = CutReader.Read(document, bag);
        return (cut, bag.ToImmutable());
    }
}
