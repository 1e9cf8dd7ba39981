using System.Collections.Immutable;

namespace CineGit.Hub.Features.Search;

/// <summary>Which versions of a history use something, from what each did to it.</summary>
public static class Uses
{
    /// <param name="history">Parents first.</param>
    /// <param name="deeds">What a version did: elements that came to use it, and elements that use it no more.</param>
    /// <returns>The elements that use it, for each version that has any.</returns>
    public static IReadOnlyDictionary<string, ImmutableHashSet<string>> Of(
        IReadOnlyList<HistoryStep> history, ILookup<string, (string Element, bool Uses)> deeds)
    {
        var uses = new Dictionary<string, ImmutableHashSet<string>>(StringComparer.Ordinal);
        foreach (var step in history.Where(step => step.IsKnown))
        {
            var set = step.IsWhole ? [] : uses.GetValueOrDefault(step.FirstParent ?? "", []);
            foreach (var (element, isUsed) in deeds[step.Version]) set = isUsed ? set.Add(element) : set.Remove(element);
            if (!set.IsEmpty) uses[step.Version] = set;
        }

        return uses;
    }
}
