using System.CommandLine;
using CineGit.Benchmarks;
using CineGit.Benchmarks.Formats;
using CineGit.Benchmarks.Speed;
using CineGit.Benchmarks.Storage;

var suite = new Argument<string>("suite") { Description = "core, speed, storage or formats" };
suite.AcceptOnlyFromAmong("core", "speed", "storage", "formats");
var quick = new Option<bool>("--quick") { Description = "Smaller inputs, fewer rounds" };
var json = new Option<bool>("--json") { Description = "One JSON object per figure" };
var detail = new Option<bool>("--detail") { Description = "core: each operation alone, by BenchmarkDotNet" };
var otio = new Option<string?>("--otio-probe")
{
    Description = "core: a program that reads and writes with OpenTimelineIO's own library, see tests/README.md",
};
var root = new RootCommand("Figures of CineGit beside what a user would pick instead") { suite, quick, json, detail, otio };
root.SetAction(parse =>
{
    if (parse.GetValue(detail))
    {
        CoreMicrobenchmarks.RunAll();
        return 0;
    }

    var all = true;
    var figures = parse.GetRequiredValue(suite) switch
    {
        "storage" => StorageBench.Run(parse.GetValue(quick)),
        "speed" => SpeedBench.Run(parse.GetValue(quick)),
        "formats" => FormatsBench.Run(parse.GetValue(quick)),
        _ => CoreBench.Run(parse.GetValue(quick), parse.GetValue(otio)),
    };
    foreach (var figure in figures)
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
