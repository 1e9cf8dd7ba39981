using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Trials;

/// <summary>
/// Merging an edited file with the untouched one gives the edited one, with the ids that its clips were found to have. A clip is
/// right when it has the id that it had; where neighbours are alike, before the edits or after them, that of any of them.
/// </summary>
sealed class IdentityTrial(EvaluationRun run, IdentityClass kind)
{
    readonly ClassScore _score = new(kind);

    public async Task<ClassScore> RunAsync()
    {
        for (var i = 0; i < run.PairsOf(kind); i++)
        {
            var (cut, edited) = kind.Make(run.SeedOf(kind, i), run.ClipsOf(kind));
            var folder = Directory.CreateTempSubdirectory("cinegit-evaluation-").FullName;
            var files = new MergeFiles(Path.Combine(folder, "base.otio"), Path.Combine(folder, "ours.otio"), Path.Combine(folder, "base.otio"), Path.Combine(folder, "out.otio"));
            await File.WriteAllBytesAsync(files.Base, OtioText.Of(cut, ids: true));
            await File.WriteAllBytesAsync(files.Ours, OtioText.Of(edited, ids: false));
            var answer = (await run.Merges.RunAsync(Path.Combine(folder, "list"), [files]))[0];
            _score.Times.Add(answer.Milliseconds);
            var problems = Judge(cut, edited, answer, files).ToList();
            if (problems.Count > 0) run.Save(kind, folder, i, "without ids", problems);
            Directory.Delete(folder, recursive: true);
        }

        return _score;
    }

    IEnumerable<string> Judge(Cut cut, Cut edited, Answer answer, MergeFiles files)
    {
        var problems = new Score().Count(answer, new([SeenCut.Read(files.Ours)], false, false), files.Out);
        if (problems.Count > 0)
        {
            _score.CineGit.Fail();
            _score.Pairs++;
            return problems;
        }

        var ids = SeenIds.Read(files.Out);
        var (runs, runsAfter) = (Runs(cut), Runs(edited));
        var pairs = edited.Rows.SelectMany((row, r) => row.Shots.Select((shot, s) => (Was: shot.Uid, Is: ids[r][s] ?? "")));
        return [.. pairs.GroupBy(p => runsAfter[p.Was]).SelectMany(g => InOrder([.. g], runs)).Select(p => JudgeClip(p.Was, p.Is, runs)).OfType<string>()];
    }

    /// <summary>Of neighbours that are alike each gets the id that is its own, if any of them has it.</summary>
    static IEnumerable<(string Was, string Is)> InOrder(List<(string Was, string Is)> alike, Dictionary<string, int> runs)
    {
        var found = alike.ConvertAll(p => p.Is);
        foreach (var (was, _) in alike)
        {
            var own = found.FindIndex(f => runs.TryGetValue(was, out var run) ? runs.TryGetValue(f, out var other) && run == other : !runs.ContainsKey(f));
            var taken = found[Math.Max(0, own)];
            found.Remove(taken);
            yield return (was, taken);
        }
    }

    string? JudgeClip(string was, string found, Dictionary<string, int> runs)
    {
        _score.Pairs++;
        var isKnown = runs.TryGetValue(was, out var run);
        var isTaken = runs.TryGetValue(found, out var other);
        if (isKnown ? isTaken && run == other : !isTaken) _score.CineGit.Hit();
        else if (isTaken) _score.CineGit.Mistake();
        else _score.CineGit.Lose();
        return isKnown && !isTaken ? $"{was} was taken for new" : isTaken && (!isKnown || run != other) ? $"{was} was taken for {found}" : null;
    }

    /// <summary>Numbers the clips of the reel; neighbours that are alike have one number.</summary>
    static Dictionary<string, int> Runs(Cut cut)
    {
        Dictionary<string, int> runs = [];
        var number = 0;
        foreach (var row in cut.Rows)
        {
            for (var i = 0; i < row.Shots.Count; i++)
            {
                if (i == 0 || row.Shots[i - 1].End != row.Shots[i].Start || !row.Shots[i].IsTwinOf(row.Shots[i - 1])) number++;
                runs[row.Shots[i].Uid] = number;
            }
        }

        return runs;
    }
}
