using System.CommandLine;
using System.Runtime.InteropServices;
using CineGit.Demo;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var hub = new Option<string>("--hub") { Required = true, Description = "CineGit.Hub.dll" };
var agent = new Option<string>("--agent") { Required = true, Description = "cinegit.dll" };
var keep = new Option<string?>("--keep") { Description = "Keep everything in this folder instead of a temporary one" };
var data = new Option<string>("--data") { Required = true, Description = "Where ./dev up keeps its data" };
var url = new Option<string>("--url") { Required = true };
var pulled = new Argument<string>("pulled") { Description = "A folder with merged.otio and merged.edl" };

var steps = new Steps(Console.Out);

var run = new Command("run", "Play the demo and check what comes back") { hub, agent, keep };
run.SetAction((parse, _) => Report(async () =>
{
    var folder = parse.GetValue(keep) is { } kept
        ? Directory.CreateDirectory(kept).FullName
        : Directory.CreateTempSubdirectory("cinegit-demo-").FullName;
    if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, WorldReadable);
    try
    {
        return await new DemoRun(ProgramsOf(parse), steps).RunAsync(folder, stop.Token);
    }
    finally
    {
        if (parse.GetValue(keep) is null) Directory.Delete(folder, recursive: true);
    }
}));

var check = new Command("check", "Check an earlier run's result again") { pulled };
check.SetAction((parse, _) => Report(() =>
    new DemoRun(new("", ""), steps).ReportAsync(parse.GetRequiredValue(pulled), 1, stop.Token)));

var up = new Command("up", "Run hub and agent with the demo until Ctrl-C") { hub, agent, data, url };
up.SetAction((parse, _) => Report(() =>
    new UpRun(ProgramsOf(parse), steps).RunAsync(parse.GetRequiredValue(data), parse.GetRequiredValue(url), stop.Token)));

// Ctrl-C is ours: hub and agent are stopped in order before this program ends.
var untouched = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await new RootCommand("The demo of CineGit") { run, check, up }.Parse(args).InvokeAsync(untouched);

Programs ProgramsOf(ParseResult parse) => new(parse.GetRequiredValue(hub), parse.GetRequiredValue(agent));

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

async Task<int> Report(Func<Task<int>> work)
{
    try
    {
        return await work();
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        return 0;
    }
    catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or IOException or HttpRequestException)
    {
        await Console.Error.WriteLineAsync($"demo: {failure.Message}");
        return 1;
    }
}

partial class Program
{
    /// <summary>As root the hub's PostgreSQL runs as another user, who must pass through here.</summary>
    const UnixFileMode WorldReadable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
}
