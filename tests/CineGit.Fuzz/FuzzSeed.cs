using System.Buffers;
using CineGit.TestKit;
using CineGit.Timeline.Otio;
using static CineGit.TestKit.Cuts;

namespace CineGit.Fuzz;

/// <summary>A sound file to be damaged.</summary>
/// <param name="Name">Where it is from.</param>
/// <param name="Format">What it was written as: one of <see cref="Formats"/>.</param>
public sealed record FuzzSeed(string Name, string Format, byte[] Bytes)
{
    /// <summary>Every format that damaged files are read as.</summary>
    public static readonly string[] Formats = ["otio", "edl", "fcp7xml", "fcpxml", "ale"];

    /// <summary>Larger files take so long that fewer damages are tried in the same time.</summary>
    const int Largest = 150_000;

    /// <summary>Files of this repository, small ones made here, and the outside corpus where it is.</summary>
    /// <param name="format">A format's name, or <c>all</c>.</param>
    public static IReadOnlyList<FuzzSeed> Load(string format) =>
        [.. BuiltIn().Concat(Formats.SelectMany(each => Own(each).Concat(Outside(each)))).Where(s => format == "all" || s.Format == format)];

    static IEnumerable<FuzzSeed> Outside(string format) =>
        from file in Corpus.Files(format)
        let bytes = Corpus.Read(file)
        where bytes.Length is > 0 and <= Largest
        select new FuzzSeed(file, format, bytes);

    static IEnumerable<FuzzSeed> Own(string format)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CineGit.sln"))) folder = folder.Parent;
        if (folder is null || Path.Combine(folder.FullName, "tests", "corpus", format) is not { } cases || !Directory.Exists(cases)) return [];
        return
            from path in Directory.EnumerateFiles(cases, "input.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            select new FuzzSeed(Path.GetRelativePath(folder.FullName, path).Replace('\\', '/'), format, File.ReadAllBytes(path));
    }

    /// <summary>Timelines with every kind of part, small enough that most damage hits something that matters.</summary>
    static IEnumerable<FuzzSeed> BuiltIn()
    {
        var at = OtioBuilders.At24;
        var retimed = at.Clip("fast", 100, 48).With("effects", OtioArray.Of([OtioBuild.LinearTimeWarp(2), OtioBuild.Effect("Blur", "Blur")]));
        var marked = at.Clip("marked", 0, 24).With("markers", OtioArray.Of([at.Marker("m", 3)]));
        var nest = OtioBuild.Stack("nest", [OtioBuilders.Video("V1", at.Clip("in", 0, 96))]).With("source_range", at.Range(10, 40));
        yield return Written("parts", OtioBuilders.Cut(
            OtioBuilders.Video("V1", at.Clip("a", 10, 48), at.Dissolve(6, 6), at.Clip("b", 20, 48), at.Gap(12), retimed, nest),
            OtioBuilders.Audio("A1", at.Clip("a", 10, 48), marked)));
        var cut = Sequence(25)
            .Video("V1", Shot("SC01", "A001", 100, 48).Linked("1"), Dissolve(6, 6), Shot("SC02", "A002", 200, 96), Gap(24), Shot("SC03", "A003", 0, 48).At(-1))
            .Audio("A1", Shot("SC01", "A001", 100, 48).Linked("1"))
            .Marker("m", 12)
            .Identified();
        yield return Written("identified", CutWriter.Write(cut));
        var bare = OtioBuild.Clip("old", OtioBuild.MissingReference(), at.Range(0, 24)).With(OtioSchema.Key, "Clip.1");
        yield return Written("collection", new(OtioObject.Of(
            "SerializableCollection.1", ("name", "bin"), ("children", OtioArray.Of([bare, OtioBuilders.Cut(OtioBuilders.Video("", bare)).Root])))));
    }

    static FuzzSeed Written(string name, OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return new("built in: " + name, "otio", buffer.WrittenSpan.ToArray());
    }
}
