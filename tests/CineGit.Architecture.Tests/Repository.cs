using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CineGit.Architecture.Tests;

/// <summary>A source file under the repository root, with forward slashes in its path.</summary>
public sealed record SourceFile(string Path, string Text)
{
    readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(Text).GetRoot());

    public SyntaxNode Syntax => _syntax.Value;

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
}

/// <summary>
/// The files the rules are checked on: the working tree, or a few invented files that break a rule, so that every rule is
/// seen to fail.
/// </summary>
public sealed class Repository(IReadOnlyList<SourceFile> files)
{
    static readonly string[] Extensions = [".cs", ".csproj", ".ts", ".tsx", ".css", ".sql", ".sh", ".md", ".edl", ".otio"];
    static readonly string[] SkippedFolders = ["artifacts", "node_modules", "dist", ".git", ".data", "bin", "obj"];

    public static Repository WorkingTree { get; } = Load(FindRoot());

    public IEnumerable<SourceFile> CSharp => files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal));

    public IEnumerable<SourceFile> Product => CSharp.Where(f => !f.IsUnder("tests"));

    public IEnumerable<SourceFile> Projects => files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal));

    public IEnumerable<SourceFile> Migrations => files.Where(f => f.IsUnder("hub/Platform/Database/Migrations"));

    /// <summary>What people write and read line by line: no prose, no test inputs.</summary>
    public IEnumerable<SourceFile> Written =>
        files.Where(f => !f.Path.EndsWith(".md", StringComparison.Ordinal) && !f.IsUnder("tests/corpus"));

    public IEnumerable<string> Paths => files.Select(f => f.Path);

    public SourceFile? Find(string path) => files.FirstOrDefault(f => f.Path == path);

    public static Repository Of(params IReadOnlyList<(string Path, string Text)> invented) =>
        new([.. invented.Select(f => new SourceFile(f.Path, f.Text))]);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CineGit.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("CineGit.sln was not found above the test assembly.");
    }

    static Repository Load(string root) => new(
        [.. Walk(new DirectoryInfo(root)).Select(f =>
            new SourceFile(Path.GetRelativePath(root, f.FullName).Replace('\\', '/'), File.ReadAllText(f.FullName)))]);

    static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            if (Extensions.Contains(file.Extension) || file.Name == "dev") yield return file;
        }

        foreach (var child in folder.EnumerateDirectories().Where(d => !SkippedFolders.Contains(d.Name)))
        {
            foreach (var file in Walk(child)) yield return file;
        }
    }
}
