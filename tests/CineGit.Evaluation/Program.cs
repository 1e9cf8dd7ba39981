using System.CommandLine;
using CineGit.Evaluation.Judge;
using CineGit.Evaluation.Trials;
using CineGit.Evaluation.Trials.Mutants;

var agent = new Option<string>("--agent") { Required = true, Description = "The built cinegit.dll" };
var hub = new Option<string?>("--hub") { Description = "The built CineGit.Hub.dll; without it there are no criss-cross histories" };
var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Another seed draws other pairs" };
var pairs = new Option<int>("--pairs") { DefaultValueFactory = _ => 100, Description = "Pairs of each class; chains of merges and long sessions are fewer" };
var clips = new Option<int>("--clips") { DefaultValueFactory = _ => 500, Description = "Elements of each reel" };
var named = new Option<string?>("--class") { Description = "Only classes whose name begins so" };
var keep = new Option<string?>("--keep") { Description = "A folder for the pairs that fail" };
var quick = new Option<bool>("--quick") { Description = "Ten pairs of each class" };
var alone = new Option<bool>("--alone") { Description = "Without git beside it" };
var json = new Option<bool>("--json") { Description = "One JSON object per figure" };
var markdown = new Option<bool>("--markdown") { Description = "The rows of docs/merge-evaluation.md" };
var root = new RootCommand("Merges by the built cinegit and by git, judged by a model of its own") { agent, hub, seed, pairs, clips, named, keep, quick, alone, json, markdown };
root.SetAction(async (parse, ct) =>
{
    var run = new EvaluationRun(Path.GetFullPath(parse.GetRequiredValue(agent)), parse.GetValue(seed), parse.GetValue(quick) ? 10 : parse.GetValue(pairs), parse.GetValue(clips))
    {
        Hub = parse.GetValue(hub) is { } built ? Path.GetFullPath(built) : null,
        Keep = parse.GetValue(keep),
        Baselines = !parse.GetValue(alone),
    };
    var classes = run.Classes(parse.GetValue(named));
    var holds = classes.Count > 0;
    if (!parse.GetValue(json)) await Console.Out.WriteLineAsync((parse.GetValue(markdown) ? ClassScore.MarkdownHead : ClassScore.Head).AsMemory(), ct);
    foreach (var kind in classes)
    {
        var score = await run.RunAsync(kind);
        foreach (var line in parse.GetValue(json) ? score.ToJson() : [parse.GetValue(markdown) ? score.ToMarkdown() : score.ToString()]) await Console.Out.WriteLineAsync(line.AsMemory(), ct);
        holds &= score.Holds;
    }

    return holds ? 0 : 1;
});
var source = new Option<string>("--source") { Required = true, Description = "The folder of the product's sources" };
var single = new Option<string?>("--mutant") { Description = "Only bugs whose name begins so" };
var mutants = new Command("mutants", "Puts bugs into the product and looks whether the evaluation sees them") { agent, source, seed, single };
mutants.SetAction(async (parse, ct) =>
{
    const int pairsOfEach = 10;
    const int clipsOfEach = 300;
    var run = new EvaluationRun(Path.GetFullPath(parse.GetRequiredValue(agent)), parse.GetValue(seed), pairsOfEach, clipsOfEach) { Baselines = false };
    var folder = Path.GetFullPath(parse.GetRequiredValue(source));
    var found = Mutant.In(Path.Combine(folder, "tests", "CineGit.Evaluation", "Mutants")).Where(m => parse.GetValue(single) is not { } name || m.Name.StartsWith(name, StringComparison.Ordinal));
    return await new MutantRun(folder, run).RunAsync([.. found], line => Console.Out.WriteLineAsync(line.AsMemory(), ct)) ? 0 : 1;
});
root.Subcommands.Add(mutants);
return await root.Parse(args).InvokeAsync();
