namespace CineGit.Hub.Tests.Concurrency;

/// <summary>One try to move a head from a value to another, as its caller saw it.</summary>
/// <param name="Began">When it was sent, on the callers' common clock.</param>
/// <param name="Ended">When its answer was there.</param>
/// <param name="From">What the head was to be.</param>
/// <param name="To">What it became; null when it was refused.</param>
/// <param name="Seen">What a refusal said that the head was; null when it did not say.</param>
public sealed record HeadMove(long Began, long Ended, string From, string? To, string? Seen);

/// <summary>
/// Whether a history of a head could have come from one that moves by compare-and-swap, one move at a time (linearizable). It
/// knows nothing of the hub: only what callers sent and were told.
/// </summary>
public static class HeadHistory
{
    /// <returns>What is wrong, in words; none when all is well.</returns>
    public static List<string> Faults(string start, string end, IReadOnlyCollection<HeadMove> history)
    {
        var faults = new List<string>();
        var moves = history.Where(move => move.To is not null).ToLookup(move => move.From, StringComparer.Ordinal);
        faults.AddRange(moves.Where(each => each.Count() > 1).Select(each => $"{each.Count()} moves from {each.Key} were granted."));

        var chain = new List<HeadMove>();
        for (var head = start; moves[head].FirstOrDefault() is { To: { } next } move && chain.Count <= history.Count; head = next) chain.Add(move);
        var last = chain.Count == 0 ? start : chain[^1].To;
        if (last != end) faults.Add($"Granted moves lead to {last}, but the head is {end}.");
        var granted = history.Count(move => move.To is not null);
        if (chain.Count != granted) faults.Add($"{granted} moves were granted, but {chain.Count} lead from one to the next.");
        for (var i = 1; i < chain.Count; i++)
        {
            if (chain[i].Ended < chain[i - 1].Began) faults.Add($"The move to {chain[i].To} had ended before the one that it builds on began.");
        }

        faults.AddRange(history.Where(move => move.To is null).SelectMany(refused => Faults(start, chain, refused)));
        return faults;
    }

    /// <summary>The head that a refusal tells must have been the head at some moment between its beginning and its end.</summary>
    static IEnumerable<string> Faults(string start, List<HeadMove> chain, HeadMove refused)
    {
        if (refused.Seen is not { } seen) yield break;
        var place = seen == start ? 0 : chain.FindIndex(move => move.To == seen) + 1;
        if (place == 0 && seen != start)
        {
            yield return $"A refusal told of {seen}, which never was the head.";
            yield break;
        }

        if (seen == refused.From) yield return $"A move from {seen} was refused because the head was {seen}.";
        if (place < chain.Count && chain[place].Ended < refused.Began) yield return $"A refusal told of {seen} after the head had left it.";
        if (place > 0 && chain[place - 1].Began > refused.Ended) yield return $"A refusal told of {seen} before anybody had asked for it.";
    }
}
