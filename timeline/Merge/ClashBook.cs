using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Merge;

/// <summary>
/// The clashes of one merge and how they were answered. The merge is run again until the answers no longer change which
/// clashes there are, so an answer may bring a further question and never patches a finished cut.
/// </summary>
/// <param name="resolutions">The answers.</param>
/// <param name="scope">Where the merge takes place: empty for the cut itself, else the nested sequence.</param>
sealed class ClashBook(ImmutableArray<Resolution> resolutions, string scope)
{
    readonly Dictionary<string, Clash> _found = [];
    readonly Dictionary<string, Clash> _lasting = [];
    readonly Dictionary<string, Choice> _implied = [];
    readonly Dictionary<ConflictId, ImmutableArray<ConflictId>> _revealedBy = [];
    readonly HashSet<ConflictId> _known = [];
    readonly Dictionary<ConflictId, HashSet<ElementId>> _answered = [];
    Dictionary<string, Answer> _answers = [];

    /// <summary>Clashes that only show once everything is placed; they stay on record while their answer keeps them away.</summary>
    public IEnumerable<Clash> Lasting => _lasting.Values;

    /// <summary>Clashes whose answer is made in the cuts of the sides, in a fixed order.</summary>
    public IEnumerable<(Clash Clash, Answer Answer)> Prepared =>
        from clash in _lasting.Values
        orderby clash.Key
        let answer = _answers.TryGetValue(clash.Key, out var known) ? known : clash.PreparedWhileOpen is { } open ? new Answer(open, null) : (Answer?)null
        where answer is { } made && clash.Prepared.Contains(made.Choice)
        select (clash, answer.Value);

    /// <summary>The conflicts that are answered.</summary>
    public ImmutableArray<ConflictId> Answered => [.. _answered.Keys];

    public bool HasAnswers => _answers.Count > 0;

    /// <summary>False when no answer can have brought up a question: all there are were asked before, and none set others aside.</summary>
    public bool MayHaveRevealed => _answered.Count > 0 && (_revealedBy.Count > 0 || _lasting.Count > 0);

    public void Begin() => _found.Clear();

    /// <summary>Records a clash and tells how it was answered; null while it is open.</summary>
    public Choice? Ask(Clash clash)
    {
        if (_implied.TryGetValue(clash.Key, out var implied)) return implied;
        if (!_lasting.ContainsKey(clash.Key)) _found.TryAdd(clash.Key, clash);
        return ChoiceOf(clash);
    }

    /// <summary>Answers a clash that is no question of its own: another answer says it.</summary>
    public void Imply(string key, Choice choice) => _implied[key] = choice;

    /// <summary>What another answer says; null where none does.</summary>
    public Choice? ImpliedFor(string key) => _implied.TryGetValue(key, out var choice) ? choice : null;

    /// <summary>Records a clash that may be answered with a value, and tells the answer.</summary>
    public Answer? AskValue(Clash clash) => Ask(clash) is { } choice ? new(choice, TypedFor(clash.Key)) : null;

    public Choice? ChoiceOf(Clash clash) => ChoiceOf(clash.Key);

    public Choice? ChoiceOf(string key) => _answers.TryGetValue(key, out var answer) ? answer.Choice : null;

    /// <summary>What was typed in as the answer; null when it was answered otherwise, or not.</summary>
    public string? TypedFor(string key) => _answers.TryGetValue(key, out var answer) && answer.Choice == Choice.Manual ? answer.Value : null;

    /// <summary>False when this clash is on record already, that is, when answering it did not help.</summary>
    public bool Keep(Clash clash) => _lasting.TryAdd(clash.Key, clash);

    /// <summary>Looks the answers up again; true when they differ from those the last run used.</summary>
    public bool Settle()
    {
        var answers = new Dictionary<string, Answer>();
        var groups = Groups().ToList();
        NoteRevealed(groups);
        _answered.Clear();
        foreach (var (id, group) in groups)
        {
            foreach (var resolution in resolutions)
            {
                if (resolution.Conflict != id || !Takes(group, resolution)) continue;
                _answered[id] = ElementsOf(group);
                foreach (var clash in group)
                {
                    answers[clash.Key] = new(resolution.Choice, resolution.Value);
                    if (clash.Prepared.Contains(resolution.Choice)) _lasting.TryAdd(clash.Key, clash);
                }
            }
        }

        foreach (var key in _lasting.Keys) _found.Remove(key);
        var changed = answers.Count != _answers.Count || answers.Any(a => !_answers.TryGetValue(a.Key, out var old) || old != a.Value);
        _answers = answers;
        return changed;
    }

    static bool Takes(List<Clash> group, Resolution resolution) => resolution.Choice == Choice.Manual
        ? EntryOf(group) is { } entry && entry.WhyNot(resolution.Value) is null
        : group[0].Offered.Contains(resolution.Choice);

    /// <summary>Linked picture and sound take one value, so it has to do for each.</summary>
    static Entry? EntryOf(List<Clash> group) => group[0].Entry is { } entry && group.TrueForAll(c => c.Entry?.SourceIn == entry.SourceIn)
        ? entry with { Least = group.Max(c => c.Entry?.Least ?? entry.Least), Most = group.Min(c => c.Entry?.Most ?? entry.Most) }
        : null;

    public IEnumerable<Conflict> Conflicts(OfferWords words)
    {
        foreach (var (id, clashes) in Groups())
        {
            var first = clashes[0];
            ImmutableArray<Offer> offers = [.. first.Offered.Select(choice => words.Of(first, choice))];
            yield return new()
            {
                Id = id,
                Kind = first.Kind,
                Elements = [.. ElementsOf(clashes)],
                Tracks = [.. clashes.SelectMany(c => c.Tracks).Distinct()],
                Subject = first.Subject,
                Sentence = first.Sentence,
                Base = first.Base,
                Ours = first.Ours,
                Theirs = first.Theirs,
                Offers = EntryOf(clashes) is { } entry ? offers.Add(OfferWords.OfEntry(entry)) : offers,
                Chosen = ChoiceOf(first),
                ChosenValue = TypedFor(first.Key),
                DependsOn = _revealedBy.GetValueOrDefault(id, []),
            };
        }
    }

    /// <summary>What was not asked before came up by the answers of this run: by those about its elements, else by any.</summary>
    void NoteRevealed(List<(ConflictId Id, List<Clash> Clashes)> groups)
    {
        foreach (var (id, group) in groups)
        {
            if (!_known.Add(id) || _answered.Count == 0) continue;
            _revealedBy[id] = AnsweredAbout(id, ElementsOf(group));
        }
    }

    /// <summary>The other answered conflicts about some of these elements; all others when there are none.</summary>
    public ImmutableArray<ConflictId> AnsweredAbout(ConflictId id, IEnumerable<ElementId> elements)
    {
        var others = _answered.Where(a => a.Key != id).ToList();
        var near = others.Where(a => a.Value.Overlaps(elements)).Select(a => a.Key).ToImmutableArray();
        return near.IsEmpty ? [.. others.Select(a => a.Key)] : near;
    }

    static HashSet<ElementId> ElementsOf(List<Clash> group) => [.. group.SelectMany(c => c.Elements.Concat(c.Also))];

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
