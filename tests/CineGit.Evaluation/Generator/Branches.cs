using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Generator;

/// <summary>Ten people begin with one cut; their branches are taken in one after the other, in two orders.</summary>
static class Branches
{
    const int Count = 10;
    const int Edits = 3;

    public static Chain? Make(Random random, int clips, bool ids)
    {
        var cut = BaseCut.Of(random, clips, new());
        List<Footprint> taken = ids ? [] : [Footprint.OfTwins(cut)];
        List<IReadOnlyList<Edit>> sessions = [];
        for (var i = 0; i < Count; i++)
        {
            var session = new Hand(random, (Maker)((int)Maker.Many + i)).Session(cut, Edits, 0, cut.Picture.Shots.Count, taken);
            sessions.Add(session);
            taken.Add(Footprint.Of(cut, session));
        }

        var (one, other) = (Order(random), Order(random));
        if (Pair.After(cut, [.. one.SelectMany(i => sessions[i])]) is not { } end || Pair.After(cut, [.. other.SelectMany(i => sessions[i])]) is not { } back) return null;
        if (!OtioText.AreAlike(end, back)) return null;
        List<Cut> branches = [.. sessions.Select(s => Pair.After(cut, [.. s])).OfType<Cut>()];
        if (branches.Count < Count) return null;
        List<ChainLine> lines = [];
        Append(lines, one, end);
        Append(lines, other, end);
        var story = string.Concat(sessions.Select((s, i) => $"branch {i}:\n{PairClass.Lines(cut, s)}"));
        return new(cut, branches, lines, [Count - 2, 2 * Count - 3], $"orders {string.Join(' ', one)} and {string.Join(' ', other)}\n{story}");
    }

    static int[] Order(Random random)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        random.Shuffle(order);
        return order;
    }

    static void Append(List<ChainLine> lines, int[] order, Cut end)
    {
        lines.Add(new(null, null, order[0], order[1], null));
        for (var i = 2; i < Count; i++) lines.Add(new(null, lines.Count - 1, null, order[i], i == Count - 1 ? end : null));
    }
}
