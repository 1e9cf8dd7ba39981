namespace CineGit.Architecture.Tests;

public static class CorpusRules
{
    /// <summary>Each case folder under tests/corpus says in case.md what it shows and where it comes from.</summary>
    public static IEnumerable<string> DescribedCases(Repository repository)
    {
        var cases = repository.Paths
            .Where(p => p.StartsWith("tests/corpus/", StringComparison.Ordinal))
            .Select(p => p.Split('/'))
            .Where(parts => parts.Length > 4)
            .Select(parts => string.Join('/', parts[..4]))
            .Distinct();
        return cases.Where(c => repository.Find(c + "/case.md") is null).Select(c => $"{c}: case.md is missing");
    }
}
