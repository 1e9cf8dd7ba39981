using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Merge;

/// <summary>A disagreement found while merging, before those of linked elements are put together into one conflict.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Key">Names this one decision; the same in every run over the same cuts.</param>
sealed record Clash(ConflictKind Kind, string Key)
{
    public ImmutableArray<ElementId> Elements { get; init; } = [];

    public ImmutableArray<string> Tracks { get; init; } = [];

    /// <summary>Clashes of one group with equal terms are one conflict and are answered together.</summary>
    public required string Group { get; init; }

    /// <summary>The three terms as values, without names of branches and times that move.</summary>
    public required string Values { get; init; }

    public string Subject { get; init; } = "";

    public required string Sentence { get; init; }

    public Term Base { get; init; } = Term.Absent;

    public Term Ours { get; init; } = Term.Absent;

    public Term Theirs { get; init; } = Term.Absent;

    public ImmutableArray<Choice> Offered { get; init; } = [Choice.Ours, Choice.Theirs, Choice.Base];
}

/// <summary>
/// The clashes of one merge and how they were answered. The merge is run again until the answers no longer change which
/// clashes there are, so an answer may bring a further question and never patches a finished cut.
/// </summary>
sealed class ClashBook(ImmutableArray<Resolution> resolutions, string scope)
{
    readonly Dictionary<string, Clash> _found = [];
    readonly Dictionary<string, Clash> _lasting = [];
    Dictionary<string, Choice> _choices = [];

    /// <summary>Clashes that only show once everything is placed; they stay on record while their answer keeps them away.</summary>
    public IEnumerable<Clash> Lasting => _lasting.Values;

    public void Begin() => _found.Clear();

    /// <summary>Records a clash and tells how it was answered; null while it is open.</summary>
    public Choice? Ask(Clash clash)
    {
        _found.TryAdd(clash.Key, clash);
        return ChoiceOf(clash);
    }

    public Choice? ChoiceOf(Clash clash) => _choices.TryGetValue(clash.Key, out var choice) ? choice : null;

    /// <summary>False when this clash is on record already, that is, when answering it did not help.</summary>
    public bool Keep(Clash clash) => _lasting.TryAdd(clash.Key, clash);

    /// <summary>Looks the answers up again; true when they differ from those the last run used.</summary>
    public bool Settle()
    {
        var choices = new Dictionary<string, Choice>();
        foreach (var (id, group) in Groups())
        {
            foreach (var resolution in resolutions)
            {
                if (resolution.Conflict != id || !group[0].Offered.Contains(resolution.Choice)) continue;
                foreach (var clash in group) choices[clash.Key] = resolution.Choice;
            }
        }

        var changed = choices.Count != _choices.Count || choices.Any(c => !_choices.TryGetValue(c.Key, out var old) || old != c.Value);
        _choices = choices;
        return changed;
    }

    public IEnumerable<Conflict> Conflicts() =>
        from entry in Groups()
        let first = entry.Clashes[0]
        select new Conflict
        {
            Id = entry.Id,
            Kind = first.Kind,
            Elements = [.. entry.Clashes.SelectMany(c => c.Elements).Distinct()],
            Tracks = [.. entry.Clashes.SelectMany(c => c.Tracks).Distinct()],
            Subject = first.Subject,
            Sentence = first.Sentence,
            Base = first.Base,
            Ours = first.Ours,
            Theirs = first.Theirs,
            Offered = first.Offered,
            Chosen = ChoiceOf(first),
        };

    IEnumerable<(ConflictId Id, List<Clash> Clashes)> Groups() =>
        _lasting.Values.Concat(_found.Values)
            .GroupBy(c => (c.Kind, c.Group, c.Values))
            .Select(g => (IdOf(g.Key.Kind, [.. g.SelectMany(c => c.Elements).Distinct().Order()], g.Key.Values), g.ToList()));

    ConflictId IdOf(ConflictKind kind, List<ElementId> elements, string values)
    {
        var within = scope.Length == 0 ? "" : scope + '\n';
        var text = $"{within}{kind}\n{string.Join(' ', elements)}\n{values}";
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8)));
    }
}
