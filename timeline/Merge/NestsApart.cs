using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Uses that a side made a sequence of their own. When the other side meanwhile changed the sequence they were uses of, or made
/// another one of them, it is a question; while it is open they are what they were.
/// </summary>
sealed class NestsApart
{
    readonly MergeRequest _request;
    readonly List<Clash> _questions = [];
    readonly List<(Side Side, ElementId Use, Nest Nest)> _given = [];

    public NestsApart(MergeRequest request)
    {
        _request = request;
        var (ours, theirs) = (Placement.Of(request.Ours), Placement.Of(request.Theirs));
        var disputed = new List<(Clash Clash, Nest Was, Nest Mine, Nest Yours)>();
        foreach (var placed in Placement.Of(request.Base).All)
        {
            if (placed.Element is not Nest { Definition: not null } was) continue;
            if ((ours.Find(was.Id)?.Element, theirs.Find(was.Id)?.Element) is not (Nest mine, Nest yours)) continue;
            if (IsDisputed(was, mine, yours)) disputed.Add((Question(placed, was, mine, yours), was, mine, yours));
        }

        if (disputed.Count == 0) return;
        var answers = new ClashBook(request.Resolutions, request.Scope);
        foreach (var dispute in disputed) answers.Ask(dispute.Clash);
        answers.Settle();
        foreach (var (clash, was, mine, yours) in disputed) Give(answers.ChoiceOf(clash), was, mine, yours);
        _questions.AddRange(disputed.Select(d => d.Clash));
    }

    public ImmutableArray<Clash> Questions => [.. _questions];

    /// <summary>A side's use and the nest whose inside it is given instead of its own.</summary>
    public IEnumerable<(Side Side, ElementId Use, Nest Nest)> Given => _given;

    static bool IsApart(Nest was, Nest now) => now.Definition != was.Definition;

    static bool IsDisputed(Nest was, Nest mine, Nest yours) => (IsApart(was, mine), IsApart(was, yours)) switch
    {
        (true, true) => mine.Definition != yours.Definition,
        (true, false) => !NestInside.SameInside(was, yours),
        (false, true) => !NestInside.SameInside(was, mine),
        _ => false,
    };

    void Give(Choice? choice, Nest was, Nest mine, Nest yours)
    {
        var given = choice switch
        {
            Choice.Ours => mine,
            Choice.Theirs => yours,
            _ => was,
        };
        if (IsApart(given, mine)) _given.Add((Side.Ours, mine.Id, given));
        if (IsApart(given, yours)) _given.Add((Side.Theirs, yours.Id, given));
    }

    Clash Question(Placed placed, Nest was, Nest mine, Nest yours)
    {
        var name = Wording.Name(was);
        string Did(Nest now) => IsApart(was, now) ? $"made {name} a sequence of its own" : $"changed what is inside {name}";
        string Value(Nest now) => IsApart(was, now) ? "apart" : "inside " + NestInside.HashOf(now).Hex;
        return new(ConflictKind.Nest, $"{was.Id}/apart")
        {
            Elements = [was.Id],
            Tracks = [placed.Track.Name],
            Group = $"{was.Link ?? was.Id.ToString()}/apart",
            Values = $"{Value(mine)}|{Value(yours)}",
            Subject = name,
            Sentence = $"{_request.OursName} {Did(mine)}; {_request.TheirsName} {Did(yours)}.",
            Base = new("as it was", placed.Range),
            Ours = new(Did(mine), null),
            Theirs = new(Did(yours), null),
            Offered = IsApart(was, mine) && IsApart(was, yours) ? [Choice.Ours, Choice.Theirs, Choice.Base] : [Choice.Ours, Choice.Theirs],
        };
    }
}
