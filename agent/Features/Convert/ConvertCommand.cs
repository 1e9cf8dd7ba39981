using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.Timelines;
using CineGit.Interchange;
using CineGit.Interchange.Otio;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

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
        var timeline = FormatOption.Timeline();
        var schema = new Option<string>("--schema") { HelpName = "R", Description = $"OpenTimelineIO release to write OTIO for: {OtioRelease.Names}." };
        var original = new Option<string>("--original")
        {
            HelpName = "FILE",
            Description = "The file that IN came from, in the format of OUT: what did not change since is written as it stands there.",
        };
        var diagnostics = new Option<string>("--diagnostics") { HelpName = "FILE", Description = "Write every note, warning and error here as JSON." };
        var command = new Command("convert", "Write a timeline in another format.") { input, output, from, to, rate, timeline, schema, original, diagnostics };
        command.SetAction((parsed, ct) => RunAsync(
            shell,
            new(
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(output),
                parsed.GetValue(from),
                parsed.GetValue(to),
                parsed.GetValue(rate),
                parsed.GetValue(timeline),
                parsed.GetValue(schema),
                parsed.GetValue(original),
                parsed.GetValue(diagnostics)),
            ct));
        return command;
    }

    sealed record Request(string In, string Out, string? From, string? To, string? Rate, string? Timeline, string? Schema, string? Original, string? Diagnostics);

    static async Task<int> RunAsync(Shell shell, Request request, CancellationToken ct)
    {
        var from = FormatOption.ParseFormat("--from", request.From);
        var isFolder = IsFolder(request);
        var to = isFolder ? TimelineOutput.FormatFor(BundlePlan.ContentName) : FormatOption.ParseFormat("--to", request.To) ?? TimelineOutput.FormatFor(request.Out);
        var rate = FormatOption.ParseRate(request.Rate);
        var release = ParseRelease(request.Schema, to);

        var file = (await TimelineFile.ReadAsync(request.In, from, rate, ct)).Choosing(request.Timeline, null);
        Findings.Print(shell, request.In, file.Diagnostics);
        var bag = new DiagnosticBag();
        var document = release is null ? file.Document : SchemaVersions.Convert(file.Document, release, bag);
        var losses = bag.ToImmutable().AddRange(await WriteAsync(request, isFolder, file, document, to, ct));
        Findings.Print(shell, request.Out, losses);
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

    static async Task<ImmutableArray<Diagnostic>> WriteAsync(
        Request request, bool isFolder, TimelineFile file, OtioDocument document, ITimelineFormat to, CancellationToken ct)
    {
        var path = request.Out;
        using var media = MediaSource.Of(file);
        if (isFolder || to is OtiozFormat) return await BundleOutput.WriteAsync(path, isFolder, document, media, ct);
        var (bytes, losses) = TimelineFile.Encode(document, to, await OriginalAsync(request.Original, file, to, ct));
        await TimelineOutput.WriteAsync(path, bytes, ct);
        var left = BundlePlan.Make(document, media.IsInside).Media.Length;
        return left == 0
            ? losses
            : losses.Add(new(
                DiagnosticCodes.BundleMediaLeftOut,
                Severity.Warning,
                BundlePlan.MediaFolder,
                string.Create(CultureInfo.InvariantCulture, $"{left} media are in the bundle and stay there; to unpack them convert it to a folder ({BundleOutput.FolderExtension}).")));
    }

    /// <summary>The file that was named, else the input when it is of the same format.</summary>
    static async Task<ReadOnlyMemory<byte>> OriginalAsync(string? named, TimelineFile file, ITimelineFormat to, CancellationToken ct)
    {
        if (named is null) return file.OriginalFor(to);
        var original = await TimelineFile.ReadAsync(named, null, null, ct);
        return original.Format == to
            ? original.Bytes
            : throw new WrongUseException($"--original {named} is {original.Format.Name} and the output is {to.Name}; name a file of the same format.");
    }

    /// <summary>The folder bundle is no stream, so it is none of the formats.</summary>
    static bool IsFolder(Request request) => request.To is null
        ? BundleOutput.IsFolder(request.Out)
        : request.To.Equals(BundleOutput.FolderExtension[1..], StringComparison.OrdinalIgnoreCase);

    /// <exception cref="WrongUseException">There is no such release, or the output has no schemas.</exception>
    static OtioRelease? ParseRelease(string? name, ITimelineFormat to)
    {
        if (name is null) return null;
        if (to is not (OtioFormat or OtiozFormat)) throw new WrongUseException($"--schema is for OTIO files and bundles; {to.Name} has no schemas.");
        return OtioRelease.ByName(name)
            ?? throw new WrongUseException($"--schema {name} is no OpenTimelineIO release known here; choose one of: {OtioRelease.Names}.");
    }
}
