using CineGit.Evaluation.Baselines;
using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Trials;

/// <summary>Draws the pairs of a class, has them merged both ways round, and judges.</summary>
sealed class PairTrial(EvaluationRun run, PairClass kind)
{
    /// <summary>So many elements lie on the disk at a time, in pairs that one process merges.</summary>
    const int Batch = 150_000;

    /// <summary>Of so many pairs the list of edits is counted: each takes a process.</summary>
    const int Scripts = 20;

    readonly ClassScore _score = new(kind);
    int _discarded;

    public async Task<ClassScore> RunAsync()
    {
        var pairs = run.PairsOf(kind);
        var batch = Math.Max(1, Batch / run.ClipsOf(kind));
        for (var first = 0; first < pairs; first += batch)
        {
            var folder = Directory.CreateTempSubdirectory("cinegit-evaluation-").FullName;
            List<(PairFiles Files, Drawn Pair)> drawn = [];
            for (var i = first; i < Math.Min(pairs, first + batch); i++)
            {
                var export = Export.Of(i, kind, indented: run.Baselines);
                if (kind.Make(run.SeedOf(kind, i), run.ClipsOf(kind), export.Ids, ref _discarded) is { } pair)
                    drawn.Add((PairFiles.Write(Path.Combine(folder, $"{i:D4}"), i, export, pair), pair));
            }

            _score.Pairs += drawn.Count;
            if (drawn.Count > 0) await JudgeAsync(folder, drawn);
            Directory.Delete(folder, recursive: true);
        }

        _score.Discarded = _discarded;
        return _score;
    }

    async Task JudgeAsync(string folder, List<(PairFiles Files, Drawn Pair)> drawn)
    {
        var answers = await run.Merges.RunAsync(
            Path.Combine(folder, "list"),
            [.. drawn.SelectMany(d => (MergeFiles[])[new(d.Files.Base, d.Files.Ours, d.Files.Theirs, d.Files.Out), new(d.Files.Base, d.Files.Theirs, d.Files.Ours, d.Files.Back)])]);
        var trees = run.Baselines ? await GitBaselines.MergeTreeAsync(Path.Combine(folder, "tree"), [.. drawn.Select(d => d.Files)]) : [];
        for (var i = 0; i < drawn.Count; i++)
        {
            var (files, pair) = drawn[i];
            var sentence = files.Sentence(pair);
            var (answer, back) = (answers[2 * i], answers[2 * i + 1]);
            List<string> problems = [.. _score.CineGit.Count(answer, sentence, files.Out), .. _score.CineGit.CountBack(answer, back, sentence, files.Out, files.Back)];
            _score.Times.Add(answer.Milliseconds);
            if (run.Baselines) await CountGitAsync(files, pair, sentence, trees[i]);
            if (kind.CountsScript && files.Number < Scripts) await CountScriptAsync(files, pair);
            if (problems.Count == 0) continue;
            files.WriteExpected(pair);
            run.Save(kind, files.Folder, files.Number, files.Export.ToString(), problems);
        }
    }

    async Task CountGitAsync(PairFiles files, Drawn pair, Sentence sentence, Answer tree)
    {
        _score.MergeFile.Count(await GitBaselines.MergeFileAsync(files.Base, files.Ours, files.Theirs, files.In("git")), sentence, files.In("git"));
        _score.MergeTree.Count(tree, sentence, files.In("tree"));
        if (files.Export.Format != FileFormat.Otio) return;
        _score.Absolute.Count(await GitBaselines.AbsoluteAsync(files, pair.Base, pair.Ours, pair.Theirs), sentence, files.In("absolute"));
    }

    async Task CountScriptAsync(PairFiles files, Drawn pair)
    {
        _score.TrueEdits += pair.Edits;
        _score.NamedEdits += await run.Merges.EditsAsync(files.Base, files.Ours);
    }
}
