namespace CineGit.Evaluation.Trials.Mutants;

/// <summary>A copy of the product's sources in which bugs are put, and which builds the command line.</summary>
sealed class SourceCopy : IDisposable
{
    static readonly string[] Parts = ["agent", "contracts", "interchange", "timeline"];

    readonly string _folder = Directory.CreateTempSubdirectory("cinegit-mutants-").FullName;

    public string Agent => Path.Combine(_folder, "artifacts", "bin", "CineGit.Agent", "release", "cinegit.dll");

    /// <param name="root">The sources; what git does not know is left out.</param>
    public static async Task<SourceCopy> OfAsync(string root)
    {
        var (listed, errors) = await Programs.RunInAsync(root, "git", "ls-files", "--cached", "--others", "--exclude-standard");
        if (errors.Length > 0) throw new InvalidOperationException(errors);
        var copy = new SourceCopy();
        foreach (var file in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsNeeded))
        {
            var target = Path.Combine(copy._folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? copy._folder);
            if (File.Exists(Path.Combine(root, file))) File.Copy(Path.Combine(root, file), target);
        }

        await Programs.RunInAsync(copy._folder, "git", "init", "-q");
        return copy;
    }

    static bool IsNeeded(string file) => !file.Contains('/') || Parts.Contains(file[..file.IndexOf('/', StringComparison.Ordinal)]);

    /// <summary>False when the sources are not what the patch was made for.</summary>
    public async Task<bool> ApplyAsync(string patch) => (await Programs.RunInAsync(_folder, "git", "apply", "-C1", Path.GetFullPath(patch))).Errors.Length == 0;

    public async Task UndoAsync(string patch)
    {
        var (_, errors) = await Programs.RunInAsync(_folder, "git", "apply", "-C1", "-R", Path.GetFullPath(patch));
        if (errors.Length > 0) throw new InvalidOperationException(errors);
    }

    /// <summary>What the compiler says against it; null when it is built. A bug may leave code that nothing calls, so style does not count.</summary>
    public async Task<string?> BuildAsync()
    {
        if (File.Exists(Agent)) File.Delete(Agent);
        var (output, _) = await Programs.RunInAsync(
            _folder, "dotnet", "build", "agent", "-c", "Release", "-v", "quiet", "--nologo", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false");
        return File.Exists(Agent) ? null : output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
