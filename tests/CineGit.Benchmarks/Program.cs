using System.CommandLine;
using CineGit.Benchmarks;
using CineGit.Benchmarks.Storage;

var suite = new Argument<string>("suite") { Description = "core or storage" };
suite.AcceptOnlyFromAmong("core", "storage");
var quick = new Option<bool>("--quick") { Description = "Smaller inputs, fewer rounds" };
var json = new Option<bool>("--json") { Description = "One JSON object per figure" };
var root = new RootCommand("Figures of CineGit beside what a user would pick instead") { suite, quick, json };
root.SetAction(parse =>
{
    var all = true;
    foreach (var figure in Figures(parse.GetRequiredValue(suite), parse.GetValue(quick)))
    {
        Console.Out.WriteLine(parse.GetValue(json) ? figure.ToJson() : figure.ToString());
        all &= figure.Holds;
    }

    return all ? 0 : 1;
});
if (args is [PeakMemory.Command, var file])
{
    Console.Out.WriteLine(PeakMemory.Measure(file));
    return 0;
}

return root.Parse(args).Invoke();

static IEnumerable<Figure> Figures(string suite, bool quick) => suite == "storage" ? StorageBench.Run(quick) : CoreBench.Run(quick);
