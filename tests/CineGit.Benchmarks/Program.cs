using System.CommandLine;
using CineGit.Benchmarks;
using CineGit.Benchmarks.Formats;
using CineGit.Benchmarks.Hub;
using CineGit.Benchmarks.Speed;
using CineGit.Benchmarks.Storage;

var suite = new Argument<string>("suite") { Description = "core, speed, storage, formats or hub" };
suite.AcceptOnlyFromAmong("core", "speed", "storage", "formats", "hub");
var quick = new Option<bool>("--quick") { Description = "Smaller inputs, fewer rounds" };
var json = new Option<bool>("--json") { Description = "One JSON object per figure" };
var detail = new Option<bool>("--detail") { Description = "core: each operation alone, by BenchmarkDotNet" };
var otio = new Option<string?>("--otio-probe")
{
    Description = "core: a program that reads and writes with OpenTimelineIO's own library, see tests/README.md",
};
var program = new Option<string?>("--hub") { Description = "hub: the built hub, CineGit.Hub.dll" };
var part = new Option<string?>("--part") { Description = "hub: only reads, pushes, merges or events" };
part.AcceptOnlyFromAmong(HubBench.Parts);
var root = new RootCommand("Figures of CineGit beside what a user would pick instead") { suite, quick, json, detail, otio, program, part };
root.SetAction(async (parse, _) =>
{
    if (parse.GetValue(detail))
    {
        CoreMicrobenchmarks.RunAll();
        return 0;
    }

    var all = true;
    var figures = parse.GetRequiredValue(suite) switch
    {
        "storage" => StorageBench.Run(parse.GetValue(quick)).ToAsyncEnumerable(),
        "speed" => SpeedBench.Run(parse.GetValue(quick)).ToAsyncEnumerable(),
        "formats" => FormatsBench.Run(parse.GetValue(quick)).ToAsyncEnumerable(),
        "hub" => HubBench.RunAsync(parse.GetValue(program) ?? throw new ArgumentException("--hub is missing."), parse.GetValue(quick), parse.GetValue(part)),
        _ => CoreBench.Run(parse.GetValue(quick), parse.GetValue(otio)).ToAsyncEnumerable(),
    };
    await foreach (var figure in figures)
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

return await root.Parse(args).InvokeAsync();
