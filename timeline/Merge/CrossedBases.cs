using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Histories that cross each other have several versions in common, none of them the last. Their values form a set for each
/// register; the cut that stands for them has of each set the one that a side did not change. It starts from the base that
/// differs least from both sides. Where each side has another one of the set, it is a question.
/// </summary>
sealed class CrossedBases
{
    readonly MergeRequest _request;
    readonly Dictionary<ElementId, Clash> _questions = [];
    readonly ClashBook _answers;

    CrossedBases(MergeRequest request)
    {
        _request = request;
        _answers = new(request.Resolutions, request.Scope);
    }

    /// <summary>The request with the one base, and what has to be asked before it can be merged.</summary>
    public static (MergeRequest Request, ImmutableArray<Clash> Questions) Join(MergeRequest request)
    {
        if (request.OtherBases.IsEmpty) return (request, []);
        var crossed = new CrossedBases(request);
        var joined = crossed.Fold();
        if (crossed._questions.Count > 0)
        {
            foreach (var question in crossed._questions.Values) crossed._answers.Ask(question);
            crossed._answers.Settle();
            joined = crossed.Fold();
        }

        return (request with { Base = joined, OtherBases = [] }, [.. crossed._questions.Values]);
    }

    Sequence Fold()
    {
        var bases = _request.OtherBases.Insert(0, _request.Base).OrderBy(Distance).ToList();
        return bases.Skip(1).Aggregate(bases[0], (joined, other) => new JoinedBase(this, joined, other, _request.Ours, _request.Theirs).Cut());
    }

    int Distance(Sequence origin) =>
        SequenceDiff.Compare(origin, _request.Ours).Edits.Length + SequenceDiff.Compare(origin, _request.Theirs).Edits.Length;

    /// <summary>Asks once for everything about an element or track.</summary>
    public Choice? Ask(ElementId id, string subject, Element? ours, Element? theirs)
    {
        var kind = (ours is null) == (theirs is null) ? ConflictKind.Value : ConflictKind.Delete;
        string Has(Element? element) => element is null ? $"does not have {subject}" : $"has {subject} as it was in one of them";
        string Values(Element? element) => element is null ? "" : ElementMerge.Print(element);
        var question = new Clash(kind, $"crossed/{id}")
        {
            Elements = [id],
            Group = $"crossed/{id}",
            Values = $"crossed|{Values(ours)}|{Values(theirs)}",
            Subject = subject,
            Sentence = $"{_request.OursName} and {_request.TheirsName} have different common versions of {subject}, and neither is older.",
            Ours = new(Has(ours), null),
            Theirs = new(Has(theirs), null),
            Offered = [Choice.Ours, Choice.Theirs],
        };
        _questions.TryAdd(id, question);
        return _answers.ChoiceOf(question);
    }
}
