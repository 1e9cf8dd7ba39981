using CineGit.TestKit;
using CineGit.Timeline.Checks;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using static CineGit.Timeline.Tests.Identity.NestCuts;

namespace CineGit.Timeline.Tests.Checks;

public sealed class NestCheckTests
{
    static OtioObject Comp((long, long)? shown) => Nest("COMP", shown, Track("V1", Clip("a", 10, 100), Clip("b", 20, 100)));

    static Sequence Twice() => First(Cut(Track("V1", Comp((0, 80)), Comp((100, 90)))));

    static IEnumerable<(string Code, string Message)> Found(Sequence cut) => CutCheck.Of(cut).Where(f => f.Severity != Severity.Note).Select(f => (f.Code, f.Message));

    [Fact]
    public void Uses_of_one_sequence_share_its_ids_and_that_is_right() => Assert.Empty(Found(Saved(Twice())));

    [Fact]
    public void Two_parts_inside_with_one_id_are_found_once_however_many_uses_there_are()
    {
        var inside = Inside(Twice(), "COMP");
        var copied = Edit(Twice(), "COMP", c => c.Change("b", e => e with { Id = inside.Element("a").Id }));

        var (code, message) = Assert.Single(Found(copied));
        Assert.Equal(DiagnosticCodes.CutSharedId, code);
        Assert.StartsWith($"Inside COMP: The id {inside.Element("a").Id} is on a on V1 at 00:00:00:00 and on b on V1 at 00:00:04:04", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_inside_without_length_is_found() =>
        Assert.Equal(
            "Inside COMP: a has no length, so nobody will see it. Give it a source range, or take it out.",
            Assert.Single(Found(Edit(Twice(), "COMP", c => Tail(c, "a", -100))), f => f.Code == DiagnosticCodes.CutNoLength).Message);

    [Fact]
    public void Uses_of_one_sequence_that_differ_are_found()
    {
        var (code, message) = Assert.Single(Found(Edit(Twice(), "COMP", c => Tail(c, "b", -5), use: 1)));

        Assert.Equal(DiagnosticCodes.CutNestsDiffer, code);
        Assert.StartsWith("COMP is the same sequence as COMP at 00:00:00:00, but something else is inside.", message, StringComparison.Ordinal);
    }
}
