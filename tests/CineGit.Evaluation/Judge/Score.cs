using CineGit.Evaluation.Trials;

namespace CineGit.Evaluation.Judge;

/// <summary>One program's results in one class.</summary>
sealed class Score
{
    /// <summary>The pairs that were given to this program.</summary>
    public int Asked { get; private set; }

    /// <summary>The pairs of them that could be merged.</summary>
    public int Mergeable { get; private set; }

    public int Right { get; private set; }
    public int Wrong { get; private set; }
    public int FalseConflicts { get; private set; }
    public int Missed { get; private set; }
    public int Failed { get; private set; }

    /// <summary>Pairs that merge otherwise when the sides change places.</summary>
    public int Turned { get; private set; }

    public long Drift { get; private set; }
    public int Lost { get; private set; }
    public int Invented { get; private set; }

    public void Hit() => Right++;

    public void Mistake() => Wrong++;

    /// <summary>One that should be there and is not.</summary>
    public void Lose() => Lost++;

    public void Fail() => Failed++;

    /// <param name="answer">What the program said.</param>
    /// <param name="sentence">What it had to make.</param>
    /// <param name="merged">The file it made.</param>
    /// <returns>What is wrong with it; empty when nothing is.</returns>
    public IReadOnlyList<string> Count(Answer answer, Sentence sentence, string merged)
    {
        Asked++;
        if (!sentence.MustAsk) Mergeable++;
        if (answer.Error is { } error)
        {
            Failed++;
            return [$"no merge: {error}"];
        }

        if (sentence.MustAsk) return CountAsked(answer);
        if (answer.IsClean) return CountMerged(sentence, merged);
        if (sentence.MayAsk)
        {
            Right++;
            return [];
        }

        FalseConflicts++;
        return [.. answer.Conflicts.Select(c => $"false conflict: {c}")];
    }

    /// <summary>The same pair with the sides changed over has to end alike.</summary>
    public IReadOnlyList<string> CountBack(Answer answer, Answer back, Sentence sentence, string merged, string turned)
    {
        if (answer.Error is not null) return [];
        var differences = back.Error is { } error ? [error]
            : answer.IsClean != back.IsClean ? [$"{(back.IsClean ? "clean" : string.Join("; ", back.Conflicts))}, the first way {(answer.IsClean ? "clean" : string.Join("; ", answer.Conflicts))}"]
            : answer.IsClean ? Compare(sentence, merged, turned) : [];
        if (differences.Count > 0) Turned++;
        return [.. differences.Select(d => $"the other way round: {d}")];
    }

    /// <summary>Files that have to be the same to the byte.</summary>
    public IReadOnlyList<string> CountSame(IReadOnlyList<string> files)
    {
        if (files.Distinct().Count() <= 1) return [];
        Turned++;
        return ["the files differ by the order of the merges"];
    }

    static IReadOnlyList<string> Compare(Sentence sentence, string merged, string turned)
    {
        if (File.ReadAllBytes(merged).AsSpan().SequenceEqual(File.ReadAllBytes(turned))) return [];
        try
        {
            return Verdict.Of(SeenCut.Read(merged, sentence.AnyFolder), SeenCut.Read(turned, sentence.AnyFolder)).Differences;
        }
        catch (FormatException e)
        {
            return [e.Message];
        }
    }

    IReadOnlyList<string> CountAsked(Answer answer)
    {
        if (answer.IsClean) Missed++;
        else Right++;
        return answer.IsClean ? ["missed conflict"] : [];
    }

    IReadOnlyList<string> CountMerged(Sentence sentence, string merged)
    {
        try
        {
            var verdict = sentence.On(merged);
            if (verdict.IsRight) Right++;
            else Wrong++;
            Drift = Math.Max(Drift, verdict.Drift);
            Lost += verdict.Lost;
            Invented += verdict.Invented;
            return verdict.Differences;
        }
        catch (FormatException e)
        {
            Wrong++;
            return [e.Message];
        }
    }
}
