namespace CineGit.Evaluation.Trials.Mutants;

/// <summary>A seeded bug: a small patch of the product.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Patch">The file.</param>
/// <param name="First">The class that it is tried on first; it may be caught by another.</param>
sealed record Mutant(string Name, string Patch, string First)
{
    const string Header = "First tried on: ";

    /// <summary>All that lie in a folder, in order of their names.</summary>
    public static IReadOnlyList<Mutant> In(string folder) => [.. Directory.GetFiles(folder, "*.patch").Order(StringComparer.Ordinal).Select(Read)];

    static Mutant Read(string path)
    {
        var line = File.ReadLines(path).First();
        return line.StartsWith(Header, StringComparison.Ordinal)
            ? new(Path.GetFileNameWithoutExtension(path), path, line[Header.Length..].Trim())
            : throw new FormatException($"{path} has to begin with “{Header}” and the name of a class");
    }
}
