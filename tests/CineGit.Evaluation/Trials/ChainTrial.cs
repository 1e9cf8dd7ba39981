using System.Text.Json.Nodes;
using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Trials;

/// <summary>Has chains of merges made, each chain in one go, and judges every result that is known.</summary>
sealed class ChainTrial(EvaluationRun run, ChainClass kind)
{
    const int Tries = 50;

    readonly ClassScore _score = new(kind);

    public async Task<ClassScore> RunAsync()
    {
        for (var i = 0; i < run.PairsOf(kind); i++)
        {
            var random = new Random(run.SeedOf(kind, i));
            Chain? chain = null;
            for (var tries = 0; tries < Tries && chain is null; tries++)
            {
                chain = kind.Make(random, run.Clips, i % 2 == 0);
                if (chain is null) _score.Discarded++;
            }

            if (chain is null) continue;
            var folder = Directory.CreateTempSubdirectory("cinegit-evaluation-").FullName;
            await JudgeAsync(folder, chain, i);
            Directory.Delete(folder, recursive: true);
        }

        return _score;
    }

    async Task JudgeAsync(string folder, Chain chain, int number)
    {
        var ids = kind.KeepsIds && number % 2 == 0;
        string Branch(int i) => Path.Combine(folder, $"branch-{i:D2}.otio");
        string Out(int? line) => Path.Combine(folder, line is { } known ? $"out-{known:D2}.otio" : "base.otio");
        await File.WriteAllBytesAsync(Out(null), OtioText.Of(chain.Base, ids));
        for (var i = 0; i < chain.Branches.Count; i++) await File.WriteAllBytesAsync(Branch(i), OtioText.Of(chain.Branches[i], ids));
        var files = chain.Lines.Select((l, n) => new MergeFiles(Out(l.From), l.OursBranch is { } side ? Branch(side) : Out(l.Ours), Branch(l.Theirs), Out(n))).ToList();
        var answers = await run.Merges.RunAsync(Path.Combine(folder, "list"), files);
        List<string> problems = [];
        for (var i = 0; i < answers.Count && problems.Count == 0; i++)
        {
            _score.Pairs++;
            _score.Times.Add(answers[i].Milliseconds);
            problems.AddRange(Judge(folder, chain.Lines[i], answers[i], files[i]).Select(p => $"merge {i}: {p}"));
        }

        if (problems.Count == 0) problems.AddRange(_score.CineGit.CountSame([.. chain.SameEnds.Select(l => WithoutIds(Out(l)))]));
        await File.WriteAllTextAsync(Path.Combine(folder, "story.txt"), chain.Story);
        if (problems.Count > 0) run.Save(kind, folder, number, ids ? "with ids" : "without ids", problems);
    }

    IReadOnlyList<string> Judge(string folder, ChainLine line, Answer answer, MergeFiles files)
    {
        if (line.Expected is not { } cut)
            return _score.CineGit.Count(answer, new([SeenCut.Read(files.Out)], false, false), files.Out);
        var expected = Path.Combine(folder, "expected.otio");
        File.WriteAllBytes(expected, OtioText.Of(cut, ids: false));
        return _score.CineGit.Count(answer, new([SeenCut.Read(expected)], false, false), files.Out);
    }

    /// <summary>New elements are named after the file they came in by, so their names depend on the order; nothing else may.</summary>
    static string WithoutIds(string path)
    {
        var root = JsonNode.Parse(File.ReadAllBytes(path));
        Strip(root);
        return root?.ToJsonString() ?? "";
    }

    static void Strip(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            if (map["metadata"] is JsonObject metadata) metadata.Remove("cinegit");
            foreach (var (_, value) in map) Strip(value);
        }
        else if (node is JsonArray array)
        {
            foreach (var value in array) Strip(value);
        }
    }
}
