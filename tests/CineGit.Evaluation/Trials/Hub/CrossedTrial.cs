using System.Text.Json;
using CineGit.Evaluation.Generator;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Oracle;

namespace CineGit.Evaluation.Trials.Hub;

/// <summary>Has crossings made by commits, pushes and cut requests, each in a project of its own, and judges the last merge.</summary>
sealed class CrossedTrial(EvaluationRun run, CrossedClass kind)
{
    const int Tries = 50;

    readonly ClassScore _score = new(kind);

    public async Task<ClassScore> RunAsync()
    {
        if (run.Hub is not { } built) return _score;
        await using var hub = await RunningHub.StartAsync(built, run.Agent);
        for (var i = 0; i < run.PairsOf(kind); i++)
        {
            var random = new Random(run.SeedOf(kind, i));
            Crossing? crossing = null;
            for (var tries = 0; tries < Tries && crossing is null; tries++)
            {
                crossing = kind.Make(random, run.Clips);
                if (crossing is null) _score.Discarded++;
            }

            if (crossing is null) continue;
            var folder = Directory.CreateTempSubdirectory("cinegit-evaluation-").FullName;
            await JudgeAsync(hub, folder, crossing, i);
            Directory.Delete(folder, recursive: true);
        }

        return _score;
    }

    async Task JudgeAsync(RunningHub hub, string folder, Crossing crossing, int number)
    {
        string In(string name) => Path.Combine(folder, $"{name}.otio");
        foreach (var (name, cut) in (ReadOnlySpan<(string, Cut)>)[("base", crossing.Base), ("x", crossing.X), ("y", crossing.Y), ("p", crossing.P), ("q", crossing.Q)])
            File.WriteAllBytes(In(name), OtioText.Of(cut, ids: false));
        if (crossing.Expected is { } expected) await File.WriteAllBytesAsync(In("expected"), OtioText.Of(expected, ids: false));
        await File.WriteAllTextAsync(Path.Combine(folder, "story.txt"), crossing.Story);
        var sentence = new Sentence(crossing.Expected is null ? [] : [SeenCut.Read(In("expected"))], crossing.MayAsk, false);
        var answer = await PlayAsync(hub, Directory.CreateDirectory(Path.Combine(folder, "copy")).FullName, In, $"{kind.Weight}-{number}");
        _score.Pairs++;
        var problems = _score.CineGit.Count(answer, sentence, In("out"));
        if (problems.Count > 0) run.Save(kind, folder, number, "without ids, through a hub", problems);
    }

    static async Task<Answer> PlayAsync(RunningHub hub, string copy, Func<string, string> file, string project)
    {
        async Task Do(params string[] arguments) => await hub.CineGitAsync(copy, arguments);
        await Do("init", ".", "--hub", hub.Url.ToString(), "--project", $"{hub.Organization}/crossing-{project}");
        await Do("commit", file("base"), "-m", "base");
        foreach (var side in (string[])["x", "y"])
        {
            await Do("branch", side, "--from", "main");
            await Do("commit", file(side), "-m", side);
            await Do("branch", $"{side}-on");
            await Do("push", side);
            await Do("push", $"{side}-on");
        }

        await MergeAsync(hub, copy, "y", "x-on");
        await MergeAsync(hub, copy, "x", "y-on");
        foreach (var (branch, next) in new[] { ("x-on", "p"), ("y-on", "q") })
        {
            await Do("pull", branch);
            await Do("branch", branch);
            await Do("commit", file(next), "-m", next);
            await Do("push", branch);
        }

        var answer = await MergeAsync(hub, copy, "y-on", "x-on");
        if (!answer.IsClean) return answer;
        await Do("pull", "x-on");
        await Do("checkout", "x-on", "-o", file("out"));
        return answer;
    }

    /// <summary>Asks for one branch to be taken into another, and does it when nothing is open.</summary>
    static async Task<Answer> MergeAsync(RunningHub hub, string copy, string source, string target)
    {
        using var request = JsonDocument.Parse(await hub.CineGitAsync(copy, "cut-request", "create", "--title", source, "--source", source, "--target", target, "--json"));
        List<string> open = [.. request.RootElement.GetProperty("conflicts").EnumerateArray().Select(c => $"{c.GetProperty("kind").GetString()}: {c.GetProperty("sentence").GetString()}")];
        if (open.Count == 0) await hub.CineGitAsync(copy, "cut-request", "merge", $"{request.RootElement.GetProperty("number").GetInt32()}");
        return new(open);
    }
}
