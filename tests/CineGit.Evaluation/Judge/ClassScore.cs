using System.Globalization;
using System.Text.Json;
using CineGit.Evaluation.Generator;

namespace CineGit.Evaluation.Judge;

/// <summary>One class, all programs.</summary>
sealed class ClassScore(EvaluationClass kind)
{
    /// <summary>More edits named than made: a person reads a list, and it has to be as short as what was done.</summary>
    const double LongestScript = 1.1;

    /// <summary>Fewer edits say nothing of how long the lists are.</summary>
    const int EnoughEdits = 100;

    public const string Head =
        "class                                 pairs disc. |right wrong false missed fail turned drift lost inv. |   p50   p95 ms | edits || git: right/wrong/false/missed of merge-file, merge-tree, absolute";

    public const string MarkdownHead =
        "| class | merges | right | wrong | false | missed | turned | drift | p50/p95 ms | edits | git merge-file | git merge-tree | absolute |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|---|---|";

    public string Name => kind.Name;

    public int Pairs { get; set; }

    /// <summary>Draws that turned out to be none of the class.</summary>
    public int Discarded { get; set; }

    public int TrueEdits { get; set; }

    public int NamedEdits { get; set; }

    public List<double> Times { get; } = [];

    public Score CineGit { get; } = new();

    public Score MergeFile { get; } = new();

    public Score MergeTree { get; } = new();

    public Score Absolute { get; } = new();

    public bool Holds => Pairs > 0 && CineGit.Missed + CineGit.Failed + CineGit.Turned == 0
        && CineGit.Wrong + CineGit.Lost <= kind.Mistakes * Pairs
        && CineGit.FalseConflicts <= kind.Tolerance * CineGit.Mergeable
        && IsShort;

    /// <summary>What it fails by, in words.</summary>
    public string Breaches()
    {
        (int Count, string What)[] counts =
            [(CineGit.Wrong, "wrong"), (CineGit.FalseConflicts, "false"), (CineGit.Missed, "missed"), (CineGit.Failed, "failed"), (CineGit.Turned, "turned")];
        var words = counts.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.What}");
        if (!IsShort) words = words.Append(string.Create(CultureInfo.InvariantCulture, $"{Script:F2} edits named for each made"));
        return $"{string.Join(", ", words)} of {Pairs}";
    }

    bool IsShort => TrueEdits < EnoughEdits || Script <= LongestScript;

    double Script => TrueEdits == 0 ? 0 : (double)NamedEdits / TrueEdits;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-37} {Pairs,5} {Discarded,5} |{CineGit.Right,5} {CineGit.Wrong,5} {CineGit.FalseConflicts,5} {CineGit.Missed,6} {CineGit.Failed,4} {CineGit.Turned,6} {CineGit.Drift,5} {CineGit.Lost,4} {CineGit.Invented,4} |{At(50),6:F0}{At(95),6:F0}    | {Ratio,5} || {Git(MergeFile),-12} {Git(MergeTree),-12} {Git(Absolute),-12}{(Holds ? "" : " FAILS")}");

    /// <summary>A row of the table in docs/merge-evaluation.md.</summary>
    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Pairs} | {CineGit.Right} | {CineGit.Wrong + CineGit.Lost * (kind.CountsClips ? 1 : 0)} | {CineGit.FalseConflicts} | {CineGit.Missed} | {CineGit.Turned} | {CineGit.Drift} | {At(50):F0}/{At(95):F0} | {Ratio} | {Git(MergeFile)} | {Git(MergeTree)} | {Git(Absolute)} |");

    public IEnumerable<string> ToJson() => kind.CountsClips ? OfClips() : OfPairs();

    /// <summary>Precision is of the ids that were given again, recall of those that had to be.</summary>
    IEnumerable<string> OfClips()
    {
        yield return Figure("id precision", Share(CineGit.Wrong), "%", 100 - 100 * kind.Mistakes, null, Holds);
        yield return Figure("id recall", Share(CineGit.Wrong + CineGit.Lost), "%", 100 - 100 * kind.Mistakes, null, Holds);
    }

    double Share(int mistakes) => Pairs == 0 ? 0 : Math.Round(100.0 * (Pairs - mistakes) / Pairs, 4);

    IEnumerable<string> OfPairs()
    {
        yield return Figure("right", Percent(CineGit), "%", 100, Percent(MergeFile), Holds);
        yield return Figure("silently wrong", CineGit.Wrong, "pairs", 0, MergeFile.Wrong, CineGit.Wrong == 0);
        yield return Figure("missed conflicts", CineGit.Missed, "pairs", 0, MergeFile.Missed, CineGit.Missed == 0);
        yield return Figure("false conflicts", CineGit.FalseConflicts, "pairs", kind.Tolerance * CineGit.Mergeable, MergeFile.FalseConflicts, CineGit.FalseConflicts <= kind.Tolerance * CineGit.Mergeable);
        yield return Figure("other result the other way round", CineGit.Turned, "pairs", 0, null, CineGit.Turned == 0);
        yield return Figure("drift", CineGit.Drift, "frames", 0, MergeFile.Drift, CineGit.Drift == 0);
        if (TrueEdits > 0) yield return Figure("edits named for each made", Math.Round(Script, 2), "", LongestScript, null, IsShort);
    }

    double Percent(Score score) => Pairs == 0 ? 0 : Math.Round(100.0 * score.Right / Pairs, 2);

    double At(int percent)
    {
        if (Times.Count == 0) return 0;
        var sorted = Times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }

    string Ratio => TrueEdits == 0 ? "" : Script.ToString("F2", CultureInfo.InvariantCulture);

    static string Git(Score score) => score.Asked == 0 ? "–" : $"{score.Right}/{score.Wrong}/{score.FalseConflicts}/{score.Missed}";

    string Figure(string what, double value, string unit, double target, double? baseline, bool holds) =>
        JsonSerializer.Serialize(new { name = $"{Name}: {what}", value, unit, target, baseline, holds });
}
