using System.Globalization;
using System.Text.Json;
using CineGit.Evaluation.Judge;

namespace CineGit.Evaluation;

/// <summary>One program's results in one class.</summary>
sealed class Score
{
    public int Right { get; private set; }
    public int Wrong { get; private set; }
    public int FalseConflicts { get; private set; }
    public int Missed { get; private set; }
    public int Failed { get; private set; }
    public long Drift { get; private set; }
    public int Lost { get; private set; }
    public int Invented { get; private set; }

    /// <param name="answer">What the program said.</param>
    /// <param name="expected">The timeline it had to make; null when it had to ask.</param>
    /// <param name="merged">The file it made.</param>
    /// <returns>What is wrong with it; empty when nothing is.</returns>
    public IReadOnlyList<string> Count(Answer answer, SeenCut? expected, string merged)
    {
        if (answer.Error is { } error)
        {
            Failed++;
            return [$"no merge: {error}"];
        }

        if (expected is null) return CountAsked(answer);
        if (!answer.IsClean)
        {
            FalseConflicts++;
            return [.. answer.Conflicts.Select(c => $"false conflict: {c}")];
        }

        return CountMerged(expected, merged);
    }

    IReadOnlyList<string> CountAsked(Answer answer)
    {
        if (answer.IsClean) Missed++;
        else Right++;
        return answer.IsClean ? ["missed conflict"] : [];
    }

    IReadOnlyList<string> CountMerged(SeenCut expected, string merged)
    {
        try
        {
            var verdict = Verdict.Of(expected, SeenCut.Read(merged));
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

/// <summary>One class, both programs.</summary>
sealed record ClassScore(string Name, bool IsConflict, int Pairs, int Discarded, Score CineGit, Score Git)
{
    public bool Holds => Pairs > 0 && CineGit.Right == Pairs && CineGit.Drift == 0;

    public const string Head =
        "class                                 pairs discarded | right wrong false missed failed drift lost inv. | git right wrong false missed drift";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-37} {Pairs,5} {Discarded,9} | {CineGit.Right,5} {CineGit.Wrong,5} {CineGit.FalseConflicts,5} {CineGit.Missed,6} {CineGit.Failed,6} {CineGit.Drift,5} {CineGit.Lost,4} {CineGit.Invented,4} | {Git.Right,9} {Git.Wrong,5} {Git.FalseConflicts,5} {Git.Missed,6} {Git.Drift,5}");

    public IEnumerable<string> ToJson()
    {
        var what = IsConflict ? "asked" : "merged right";
        yield return Figure($"{Name}: {what}", Percent(CineGit), "%", 100, Percent(Git), Holds);
        if (IsConflict)
        {
            yield return Figure($"{Name}: missed conflicts", CineGit.Missed, "pairs", 0, Git.Missed, CineGit.Missed == 0);
            yield break;
        }

        yield return Figure($"{Name}: silently wrong", CineGit.Wrong, "pairs", 0, Git.Wrong, CineGit.Wrong == 0);
        yield return Figure($"{Name}: false conflicts", CineGit.FalseConflicts, "pairs", 0, Git.FalseConflicts, CineGit.FalseConflicts == 0);
        yield return Figure($"{Name}: drift", CineGit.Drift, "frames", 0, Git.Drift, CineGit.Drift == 0);
    }

    double Percent(Score score) => Pairs == 0 ? 0 : Math.Round(100.0 * score.Right / Pairs, 2);

    static string Figure(string name, double value, string unit, double target, double baseline, bool holds)
    {
        double? ratio = unit == "%" && baseline > 0 ? Math.Round(value / baseline, 2) : null;
        return JsonSerializer.Serialize(new { name, value, unit, target, baseline, ratio, holds });
    }
}
