namespace CineGit.TestKit;

/// <summary>
/// The real interchange files that tests read where they are. The folder is named by <c>CINEGIT_CORPUS</c>; without it,
/// <c>../shared/corpus</c> beside the repository. Tests that need it begin with
/// <c>Assert.SkipWhen(Corpus.IsAbsent, Corpus.AbsentMessage)</c>.
/// </summary>
public static class Corpus
{
    public const string Variable = "CINEGIT_CORPUS";

    public static string Folder { get; } = Find();

    public static bool IsAbsent => !Directory.Exists(Folder);

    public static string AbsentMessage => $"The corpus is not at {Folder}; set {Variable} to its folder.";

    /// <summary>
    /// Paths of one format's files relative to <see cref="Folder"/>, with forward slashes, in ordinal order; empty when the
    /// corpus is absent.
    /// </summary>
    /// <param name="format"><c>otio</c>, <c>edl</c>, <c>fcp7xml</c>, <c>fcpxml</c>, <c>aaf</c>, <c>ale</c>.</param>
    public static IReadOnlyList<string> Files(string format) => FilesUnder(Path.Combine(Folder, format));

    /// <summary>What OpenTimelineIO 0.18.1 reads from the files of one format.</summary>
    public static IReadOnlyList<string> Expected(string format) => FilesUnder(Path.Combine(Folder, "expected", format));

    public static byte[] Read(string file) => File.ReadAllBytes(PathOf(file));

    public static string PathOf(string file) => Path.Combine(Folder, file);

    static IReadOnlyList<string> FilesUnder(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)]
        : [];

    static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "corpus"));

    static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CineGit.sln"))) return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }
}
