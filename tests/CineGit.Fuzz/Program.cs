using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CineGit.Fuzz;

const int DefaultCount = 20_000;
var count = new Option<int>("--count") { HelpName = "N", Description = "How many inputs.", DefaultValueFactory = _ => DefaultCount };
var seed = new Option<int>("--seed") { HelpName = "N", Description = "The same seed gives the same inputs.", DefaultValueFactory = _ => 1 };
var only = new Option<int?>("--case") { HelpName = "N", Description = "This one input only." };
var format = new Option<string>("--format") { HelpName = "F", Description = $"{string.Join(", ", FuzzSeed.Formats)} or all.", DefaultValueFactory = _ => "all" };
format.AcceptOnlyFromAmong([.. FuzzSeed.Formats, "all"]);
var output = new Option<string>("--out") { HelpName = "DIR", Description = "Where failing inputs go.", DefaultValueFactory = _ => "artifacts/fuzz" };
var root = new RootCommand("Damaged timelines for every reader, and everything that happens to a timeline afterwards.") { count, seed, only, format, output };
root.SetAction(parsed => Run(
    parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(only), parsed.GetValue(format) ?? "all", parsed.GetValue(output) ?? "artifacts/fuzz"));
return root.Parse(args).Invoke();

static int Run(int count, int seed, int? only, string format, string output)
{
    var seeds = FuzzSeed.Load(format);
    if (seeds.Count == 0)
    {
        Console.Error.WriteLine($"There is no {format} file to damage; run it in the repository, where tests/corpus has some.");
        return 1;
    }

    Directory.CreateDirectory(output);
    var running = Path.Combine(output, "running");
    var begun = Stopwatch.GetTimestamp();
    var run = new FuzzRun(seeds, seed, TimeSpan.FromSeconds(2L))
    {
        // An input that takes the process down, or never ends, is found here.
        Starting = (number, input) =>
        {
            File.WriteAllBytes(running, input);
            if (number % 1000 == 0 && number > 0) Print($"{number:N0} inputs, {Stopwatch.GetElapsedTime(begun):mm\\:ss}");
        },
    };
    var outcome = run.Run(only ?? 0, only is null ? count : 1);
    File.Delete(running);
    foreach (var kind in outcome.Failures.GroupBy(f => f.Kind))
    {
        var shortest = kind.MinBy(f => f.Input.Length) ?? kind.First();
        var file = Path.Combine(output, $"seed-{seed}-case-{shortest.Case}.{shortest.Seed.Format}");
        File.WriteAllBytes(file, shortest.Input);
        File.WriteAllText(file + ".txt", $"{shortest.Seed.Name}\n--format {format} --seed {seed} --case {shortest.Case}\n{shortest.Details}\n");
        Print($"{kind.Count()} times {kind.Key}\n    {file}\n    {shortest.Details.ReplaceLineEndings("\n    ")}");
    }

    Print($"{outcome.Inputs:N0} inputs from {seeds.Count} files: read {outcome.Read:N0} times, refused {outcome.Refused:N0} times, {outcome.Merged:N0} compared and merged");
    Print($"{outcome.Failures.Count} failed; the slowest took {outcome.Worst.TotalMilliseconds:F0} ms of CPU time; all {Environment.CpuUsage.TotalTime:mm\\:ss}");
    return outcome.Failures.Count == 0 ? 0 : 1;
}

static void Print(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
