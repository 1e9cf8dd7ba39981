using System.Text.Json;

namespace CineGit.Agent.Tests;

/// <summary>Holds what a command prints against the fields that a test expects and docs/cli-json.md names.</summary>
internal static class DocumentedJson
{
    public static IEnumerable<string> Fields(JsonElement element) => element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);

    public static async Task AssertNamedAsync(string command, IEnumerable<string> fields)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "docs", "cli-json.md"), TestContext.Current.CancellationToken);
        var row = Assert.Single(text.Split('\n'), l => l.StartsWith('|') && l.Split('|')[1].Contains($"`{command}", StringComparison.Ordinal));
        Assert.All(fields, field => Assert.Contains($"`{field}`", row, StringComparison.Ordinal));
    }

    static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CineGit.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("CineGit.sln was not found above the test assembly.");
    }
}
