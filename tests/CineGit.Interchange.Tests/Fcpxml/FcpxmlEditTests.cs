using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcpxml;

public sealed class FcpxmlEditTests
{
    const int EditsEach = 4;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_edit_of_one_clip_leaves_every_other_clip_as_it_was(string kind)
    {
        var done = 0;
        foreach (var (name, original) in Files())
        {
            var cut = FcpxmlFiles.Identified(FcpxmlFiles.Read(original).Document, null);
            var random = new Random(name.Length + kind.Length);
            for (var i = 0; i < EditsEach; i++)
            {
                if (FcpxmlEdits.Apply(cut, kind, random) is not { } edit) break;
                var written = FcpxmlFiles.Write(CutWriter.Write(edit.Cut), original);
                OnlyChanged(name, edit.Name, original, written);
                done++;
            }
        }

        Assert.True(Corpus.IsAbsent || done >= 35, $"{done} edits");
    }

    public static TheoryData<string> Kinds => [.. FcpxmlEdits.Kinds];

    public static IEnumerable<(string Name, byte[] Bytes)> Files()
    {
        for (var seed = 1; seed <= 6; seed++) yield return ($"generated {seed}", GeneratedFcpxml.Of(40, seed));
        foreach (var file in Corpus.Files("fcpxml")) yield return (file, Corpus.Read(file));
    }

    static void OnlyChanged(string file, string edited, byte[] before, byte[] after)
    {
        var (old, young) = (FcpxmlParts.Of(before), FcpxmlParts.Of(after));
        Assert.True(old.Around == young.Around, $"{file}: what is around the storylines changed");
        var changed = old.Without(young).Concat(young.Without(old)).ToList();
        foreach (var (name, says) in changed)
        {
            Assert.True(name == edited || name is "gap" or "renamed by an edit" or "inserted" || says.StartsWith("<transition", StringComparison.Ordinal), $"{file}, {edited}: {name}\n{string.Join('\n', changed.Select(c => c.Says.Length > 300 ? c.Says[..300] : c.Says))}");
        }
    }
}
