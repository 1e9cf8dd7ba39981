using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Tests.Objects;

/// <summary>Encoding beside a cut that is known gives the same objects, and takes over those that both have.</summary>
public sealed class NearbyEncodingTests
{
    const int Shots = 2_000;
    const int Rounds = 40;

    [Fact]
    public void What_is_encoded_beside_a_known_cut_is_what_is_encoded_alone()
    {
        var random = new Random(5);
        var (root, cut) = Known(isProven: true);
        for (var round = 0; round < Rounds; round++)
        {
            var edited = cut;
            for (var edits = random.Next(4); edits >= 0; edits--)
            {
                var shot = $"SC{random.Next(Shots):0000}";
                var frames = random.Next(1, 90);
                edited = edited.Change(shot, element => element with { Duration = Flicks.FromFrames(frames, FrameRate.Fps24) }, "V1");
            }

            var document = CutWriter.Write(edited);
            var beside = CutObjects.Encode(document, [root]);
            Assert.Equal(CutObjects.Encode(document).Hash, beside.Hash);
            Assert.InRange(Shared(root, beside), 1, int.MaxValue);
            Assert.True(CutObjects.IsCanonical(beside, CutObjects.Decode(beside)));
        }
    }

    [Fact]
    public void Nothing_is_taken_over_from_a_cut_that_nobody_has_looked_at()
    {
        var (root, cut) = Known(isProven: false);
        Assert.Equal(0, Shared(root, CutObjects.Encode(CutWriter.Write(cut), [root])));
    }

    static (VersionObject Root, Sequence Cut) Known(bool isProven)
    {
        var film = Cuts.Sequence(24, "Reel 1").Video("V1", [.. Enumerable.Range(0, Shots).Select(i => Cuts.Shot($"SC{i:0000}", $"A{i:0000}", 10, 100))]).Identified();
        var root = CutObjects.Encode(CutWriter.Write(film));
        var document = CutObjects.Decode(root);
        if (isProven) Assert.True(CutObjects.IsCanonical(root, document));
        return (root, CutReader.Read(document, new DiagnosticBag()));
    }

    /// <summary>How many leaves are the very objects.</summary>
    static int Shared(VersionObject known, VersionObject encoded)
    {
        var leaves = known.Walk().Where(each => each.Kind == ObjectKind.Leaf).ToHashSet(ReferenceEqualityComparer.Instance);
        return encoded.Walk().Count(leaves.Contains);
    }
}
