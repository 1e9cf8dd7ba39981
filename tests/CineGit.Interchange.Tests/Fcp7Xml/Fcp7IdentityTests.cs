using System.Text;
using System.Text.RegularExpressions;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Fcp7Xml;

public sealed partial class Fcp7IdentityTests
{
    public static TheoryData<string> Premiere =>
    [
        "", .. Corpus.Files("fcp7xml").Where(f => f.Contains("premiere_example.xml", StringComparison.Ordinal)
            || f.Contains("generators", StringComparison.Ordinal) || f.Contains("empty_name", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Premiere))]
    public void The_same_cut_exported_again_with_other_numbers_has_no_difference(string file)
    {
        var bytes = file.Length == 0 ? PremiereXml.Make(900) : Corpus.Read(file);
        var first = Identify(Cut(bytes), null, 1);

        var second = Identify(Cut(Renumbered(bytes)), first, 2);

        Assert.Empty(SequenceDiff.Compare(first, second).Edits);
        Assert.Equal(Ids(first), Ids(second));
    }

    [Fact]
    public void A_renumbered_export_of_a_cut_with_a_shot_less_keeps_the_identity_of_nearly_every_clip()
    {
        var bytes = PremiereXml.Make(1_800);
        var first = Identify(Cut(bytes), null, 1);
        var document = Fcp7Files.Read(bytes).Document;
        var stack = document.Root.Child("tracks")!;
        var tracks = stack.Objects("children").ToArray();
        tracks[1] = tracks[1].With("children", new OtioArray(tracks[1].List("children").RemoveAt(40)));
        var shorter = Fcp7Files.Write(new(document.Root.With("tracks", stack.With("children", OtioArray.Of(tracks)))), bytes);

        var second = Identify(Cut(Renumbered(shorter)), first, 2);

        var (were, are) = (Ids(first), Ids(second).ToHashSet());
        Assert.True(were.Count(are.Contains) >= (were.Count - 1) * 0.999, $"{were.Count(are.Contains)} of {were.Count}");
    }

    [Fact]
    public void A_renumbered_export_says_the_same_under_the_format_s_own_key()
    {
        var bytes = PremiereXml.Make(90);
        var (first, second) = (Fcp7Files.Read(bytes).Document, Fcp7Files.Read(Renumbered(bytes)).Document);

        Assert.Equal(Rest(first), Rest(second));

        static List<OtioObject?> Rest(OtioDocument document) =>
            [document.Root.Child("metadata")?.Child("fcp_xml"), .. Fcp7Files.Tracks(document).SelectMany(t => t.Objects("children")).Select(c => c.Child("metadata")?.Child("fcp_xml"))];
    }

    /// <summary>Ids count on from where the last export ended, and the playhead stands elsewhere.</summary>
    static byte[] Renumbered(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        text = Id().Replace(text, m => $"{m.Groups[1].Value}-{int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) + 4711}");
        return Encoding.UTF8.GetBytes(text.Replace("MZ.EditLine=\"0\"", "MZ.EditLine=\"10160640000\"", StringComparison.Ordinal));
    }

    static Sequence Cut(byte[] bytes) => CutReader.Read(Fcp7Files.Read(bytes).Document, new DiagnosticBag());

    static Sequence Identify(Sequence cut, Sequence? parent, int birth) => ElementMatcher.Identify(cut, parent, new Birth((ulong)birth)).Sequence;

    static List<ElementId> Ids(Sequence cut) => [.. cut.Tracks.SelectMany(t => t.Elements).Select(e => e.Id)];

    [GeneratedRegex("\\b(clipitem|file|masterclip|sequence)-([0-9]+)\\b")]
    private static partial Regex Id();
}
