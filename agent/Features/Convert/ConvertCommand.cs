using System.CommandLine;
using System.Text.Json;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;

namespace CineGit.Agent.Features.Convert;

/// <summary><c>cinegit convert IN OUT</c>: one file into another format, with a report of what the formats cannot say.</summary>
internal static class ConvertCommand
{
    public static Command Create(Shell shell)
    {
        var input = new Argument<string>("IN") { Description = "The timeline to read." };
        var output = new Argument<string>("OUT") { Description = "The file to write; its extension chooses the format." };
        var from = new Option<string>("--from") { HelpName = "F", Description = "Format of IN; told by its content otherwise." };
        var to = new Option<string>("--to") { HelpName = "F", Description = "Format of OUT; told by its extension otherwise." };
        var rate = FormatOption.Rate();
        var diagnostics = new Option<string>("--diagnostics") { HelpName = "FILE", Description = "Write every note, warning and error here as JSON." };
        var command = new Command("convert", "Write a timeline in another format.") { input, output, from, to, rate, diagnostics };
        command.SetAction((parsed, ct) => RunAsync(
            shell,
            new(
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(output),
                parsed.GetValue(from),
                parsed.GetValue(to),
                parsed.GetValue(rate),
                parsed.GetValue(diagnostics)),
            ct));
        return command;
    }

    sealed record Request(string In, string Out, string? From, string? To, string? Rate, string? Diagnostics);

    static async Task<int> RunAsync(Shell shell, Request request, CancellationToken ct)
    {
        var from = FormatOption.ParseFormat("--from", request.From);
        var to = FormatOption.ParseFormat("--to", request.To) ?? TimelineOutput.FormatFor(request.Out);
        var rate = FormatOption.ParseRate(request.Rate);

        var file = await TimelineFile.ReadAsync(request.In, from, rate, ct);
        Findings.Print(shell, request.In, file.Diagnostics);
        var (bytes, losses) = TimelineFile.Encode(file.Document, to);
        Findings.Print(shell, request.Out, losses);
        await TimelineOutput.WriteAsync(request.Out, bytes, ct);
        if (request.Diagnostics is not null)
        {
            IReadOnlyList<FindingLine> lines =
            [
                .. file.Diagnostics.Select(d => Findings.Line(d, request.In)),
                .. losses.Select(d => Findings.Line(d, request.Out)),
            ];
            await TimelineOutput.WriteAsync(
                request.Diagnostics, JsonSerializer.SerializeToUtf8Bytes(lines, CliJson.Default.IReadOnlyListFindingLine), ct);
        }

        return ExitCode.Done;
    }
}
