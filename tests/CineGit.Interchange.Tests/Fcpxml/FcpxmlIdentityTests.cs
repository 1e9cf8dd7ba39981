using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CineGit.TestKit;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>An export says nothing of what was exported before it: ids of resources and text styles are new each time.</summary>
public sealed partial class FcpxmlIdentityTests
{
    const int RenumberBy = 4_711;

    public static TheoryData<string> Files => FcpxmlFiles.Corpus;

    [Theory]
    [MemberData(nameof(Files))]
    public void An_export_with_renumbered_ids_is_the_same_cut(string file)
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage);
        var original = Corpus.Read(file);
        var parent = FcpxmlFiles.Identified(FcpxmlFiles.Read(original).Document, null);

        var renumbered = FcpxmlFiles.Read(Renumbered(original)).Document;
        var child = FcpxmlFiles.Identified(renumbered, parent);

        Assert.Equal(Ids(parent), Ids(child));
        Assert.Empty(SequenceDiff.Compare(parent, child).Edits);
    }

    [Fact]
    public void Clips_are_known_again_in_a_later_export()
    {
        var parent = FcpxmlFiles.Identified(FcpxmlFiles.Read(GeneratedFcpxml.Of(2_000)).Document, null);
        var edit = FcpxmlEdits.Apply(parent, "trim", new(3)) ?? throw new InvalidOperationException("a clip can be trimmed");
        var exported = FcpxmlFiles.Read(Renumbered(FcpxmlFiles.Write(CutWriter.Write(edit.Cut)))).Document;

        var child = FcpxmlFiles.Identified(exported, parent);

        var known = Ids(child).Intersect(Ids(parent)).Count();
        Assert.True(known * 1000 >= Ids(parent).Count() * 999, $"{known} of {Ids(parent).Count()}");
    }

    static IEnumerable<string> Ids(Sequence cut) => cut.Tracks.SelectMany(t => t.Elements).Select(e => e.Id.ToString());

    static byte[] Renumbered(byte[] file)
    {
        var text = Encoding.UTF8.GetString(file);
        return Encoding.UTF8.GetBytes(IdAttribute().Replace(text, m =>
            string.Create(CultureInfo.InvariantCulture, $"{m.Groups[1].Value}\"{m.Groups[2].Value}{RenumberBy - int.Parse(m.Groups[3].Value, CultureInfo.InvariantCulture)}\"")));
    }

    [GeneratedRegex("( (?:id|ref|format)=)\"(r|ts)(\\d+)\"")]
    private static partial Regex IdAttribute();
}
