using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Diff;

public sealed class PartWordsTests
{
    static Flicks F(long frames) => Flicks.FromFrames(frames, FrameRate.Fps24);

    static Sequence Base() => Cuts.Sequence(24)
        .Video("V1", Cuts.Shot("a", "A", 50, 100).With("Motion", "x", 1), Cuts.Dissolve(6, 6), Cuts.Shot("b", "B", 50, 100))
        .Audio("A1", Cuts.Shot("s", "S", 0, 200))
        .Audio("A2", Cuts.Shot("t", "T", 0, 200))
        .Identified();

    static Edit Only(Sequence before, Sequence after) => Assert.Single(SequenceDiff.Compare(before, after).Edits);

    static Sequence Motion(string parameters)
    {
        var text = $$"""{"OTIO_SCHEMA": "Timeline.1", "metadata": {"fcp_xml": {{parameters}} } }""";
        var metadata = OtioReader.Read(Encoding.UTF8.GetBytes(text), new DiagnosticBag()).Root["metadata"] ?? OtioNull.Value;
        return Base().Change("a", e => e with { Effects = [e.Effects[0] with { Node = e.Effects[0].Node.With("metadata", metadata) }] });
    }

    static string Parameter(string value, string keyframes) =>
        $$"""{"parameter": [{"name": "Scale", "value": "{{value}}", "keyframe": [{{keyframes}}]}, {"name": "Rotation", "value": "0"}]}""";

    [Theory]
    [InlineData("110", "", "Changed Motion on a: Scale 100 → 110 at 01:00:00:00 (V1)")]
    [InlineData("100", """{"when": "24", "value": "50"}""", "Changed Motion on a: Scale: added the keyframe at 24 (50) at 01:00:00:00 (V1)")]
    public void A_parameter_is_called_by_its_name_and_a_keyframe_by_its_time(string value, string keyframes, string sentence)
    {
        var edit = Only(Motion(Parameter("100", "")), Motion(Parameter(value, keyframes)));

        Assert.Equal((EditKind.EffectChange, sentence), (edit.Kind, edit.Sentence));
    }

    [Fact]
    public void A_keyframe_with_another_value_or_gone_says_so()
    {
        const string one = """{"when": "24", "value": "50"}""";

        Assert.Contains(
            "Scale: keyframe at 24 50 → 70",
            Only(Motion(Parameter("1", one)), Motion(Parameter("1", one.Replace("50", "70", StringComparison.Ordinal)))).Sentence,
            StringComparison.Ordinal);
        Assert.Contains(
            "Scale: removed the keyframe at 24 (50)", Only(Motion(Parameter("1", one)), Motion(Parameter("1", ""))).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10, "Lengthened the dissolve by 8 frames to 10 frames before and 10 frames after the cut, between a and b at 01:00:04:04 (V1)")]
    [InlineData(4, 6, "Shortened the dissolve by 2 frames to 4 frames before and 6 frames after the cut, between a and b at 01:00:04:04 (V1)")]
    [InlineData(12, 0, "Moved the dissolve to 12 frames before and 0 frames after the cut between a and b at 01:00:04:04 (V1)")]
    public void A_transition_is_lengthened_shortened_or_moved(long before, long after, string sentence)
    {
        var changed = Base().ChangeTracks(t => t with { EditPoints = [.. t.EditPoints.Select(p => p with { InOffset = F(before), OutOffset = F(after) })] });

        Assert.Equal(sentence, Only(Base(), changed).Sentence);
    }

    [Fact]
    public void Tracks_are_muted_and_moved_by_name()
    {
        var cut = Base();

        Assert.Equal("Muted track A2 (A2)", Only(cut, cut.ChangeTracks(t => t.Name == "A2" ? t with { Enabled = false } : t)).Sentence);
        Assert.Equal("Moved track A2 above A1 (A2)", Only(cut, cut with { Tracks = [cut.Tracks[0], cut.Tracks[2], cut.Tracks[1]] }).Sentence);
    }
}
