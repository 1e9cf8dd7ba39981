using CineGit.Timeline.Identity;

namespace CineGit.Interchange.Xml;

/// <summary>
/// Which child of the original each child of the made element is: those that say the same first, then those that differ in place
/// only, then those of one name and key, then, between all these, those of one name in order.
/// </summary>
internal sealed class XmlAlignment(XmlDigests originals, XmlDigests made, XmlDialect dialect)
{
    const int Rounds = 4;

    /// <summary>For each of <paramref name="children"/> its index in <paramref name="among"/>, rising, or -1.</summary>
    public int[] Align(IReadOnlyList<XmlNode> among, IReadOnlyList<XmlNode> children)
    {
        var matches = new int[children.Count];
        Array.Fill(matches, -1);
        Align(new(among, 0, among.Count), new(children, 0, children.Count), 0, matches);
        return matches;
    }

    void Align(Run olds, Run news, int round, int[] matches)
    {
        if (olds.Length == 0 || news.Length == 0 || round == Rounds) return;
        var (lastOld, lastNew) = (olds.From, news.From);
        foreach (var (old, young) in Anchors(olds, news, round))
        {
            matches[young] = old;
            Align(olds with { From = lastOld, To = old }, news with { From = lastNew, To = young }, round + 1, matches);
            (lastOld, lastNew) = (old + 1, young + 1);
        }

        Align(olds with { From = lastOld }, news with { From = lastNew }, round + 1, matches);
    }

    /// <summary>Pairs with equal keys, the first with the first and so on, as many as keep their order.</summary>
    List<(int Old, int Young)> Anchors(Run olds, Run news, int round)
    {
        var waiting = new Dictionary<ulong, Queue<int>>();
        for (var i = olds.From; i < olds.To; i++)
        {
            if (Key(originals, olds.Nodes[i], round) is not { } key) continue;
            if (!waiting.TryGetValue(key, out var queue)) waiting[key] = queue = new();
            queue.Enqueue(i);
        }

        var pairs = new List<(int Old, int Young)>();
        for (var i = news.From; i < news.To; i++)
        {
            if (Key(made, news.Nodes[i], round) is { } key && waiting.TryGetValue(key, out var queue) && queue.TryDequeue(out var old)) pairs.Add((old, i));
        }

        return LongestRun.Of([.. pairs.Select(p => p.Old)]).ConvertAll(kept => pairs[kept]);
    }

    ulong? Key(XmlDigests digests, XmlNode node, int round) => round switch
    {
        0 => digests.Whole(node),
        1 => digests.Placeless(node),
        2 => OwnKey(node),
        _ => node.Tree.Names.Digest(node.Entry.Name),
    };

    ulong? OwnKey(XmlNode node)
    {
        foreach (var attribute in node.Tree.AttributesOf(node.Index))
        {
            if (!dialect.Keys.Contains(node.Tree.Names.AttributeKey(attribute.Name))) continue;
            var value = XmlDigest.OfText(node.Tree.Slice(attribute.ValueStart, attribute.ValueEnd));
            return XmlDigest.Of(node.Tree.Names.Digest(node.Entry.Name), value);
        }

        return null;
    }

    readonly record struct Run(IReadOnlyList<XmlNode> Nodes, int From, int To)
    {
        public int Length => To - From;
    }
}
