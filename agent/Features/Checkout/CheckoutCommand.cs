using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Timelines;
using CineGit.Interchange;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Features.Checkout;

/// <summary><c>cinegit checkout VERSION -o FILE</c>: a version back as a file for the NLE.</summary>
internal static class CheckoutCommand
{
    public static Command Create(Shell shell)
    {
        var version = new Argument<string>("VERSION") { Description = "A branch, or the first digits of a version." };
        var output = new Option<string>("--output", "-o") { HelpName = "FILE", Required = true, Description = "The file to write; its extension chooses the format." };
        var force = new Option<bool>("--force") { Description = "Overwrite FILE whatever is in it." };
        var command = new Command("checkout", "Write a version to a file.") { version, output, force };
        command.SetAction((parsed, ct) =>
            RunAsync(shell, parsed.GetRequiredValue(version), parsed.GetRequiredValue(output), parsed.GetValue(force), ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string name, string output, bool force, CancellationToken ct)
    {
        var copy = shell.WorkingCopy();
        await copy.ReadConfigAsync(ct);
        var format = TimelineOutput.FormatFor(output);
        var version = await copy.ResolveAsync(name, ct);
        var (bytes, exact, losses) = await ContentAsync(copy, version, format, ct);
        if (!force) await RefuseToLoseAsync(copy, output, bytes, ct);
        Findings.Print(shell, output, losses);
        await TimelineOutput.WriteAsync(output, bytes, ct);
        shell.Output.Line(exact
            ? $"{output} is {WorkingCopy.Short(version.Id)}, byte for byte as it was committed."
            : $"{output} is {WorkingCopy.Short(version.Id)}, written as {format.Name}.");
        return ExitCode.Done;
    }

    static async Task<(ReadOnlyMemory<byte> Bytes, bool Exact, IReadOnlyList<Diagnostic> Losses)> ContentAsync(
        WorkingCopy copy, KnownVersion version, ITimelineFormat format, CancellationToken ct)
    {
        if (await CommittedAsync(copy, version, format, ct) is { } committed) return (committed, true, []);
        var original = await OriginalAsync(copy, version, format, ct);
        var (bytes, losses) = TimelineFile.Encode(await StoredCut.ReadDocumentAsync(copy, version, ct), format, original);
        return (bytes, false, losses);
    }

    /// <summary>The file of the youngest version before this one that was committed in the format; empty when none was.</summary>
    static async Task<ReadOnlyMemory<byte>> OriginalAsync(WorkingCopy copy, KnownVersion version, ITimelineFormat format, CancellationToken ct)
    {
        await foreach (var earlier in copy.Graph.HistoryAsync(version.Id, ct))
        {
            if (await CommittedAsync(copy, earlier, format, ct) is { } committed) return committed;
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    static async Task<ReadOnlyMemory<byte>?> CommittedAsync(
        WorkingCopy copy, KnownVersion version, ITimelineFormat format, CancellationToken ct)
    {
        if (version.Record.NativeName is not { } name || await StoredNative.HeadAsync(copy, version, ct) is not { } head) return null;
        head = head[..Math.Min(head.Length, TimelineFormats.HeadLength)];
        if (TimelineFormats.Detect(head.Span, name) is not FormatDetection.Found found || found.Format != format) return null;
        return await StoredNative.ReadAsync(copy, version, ct);
    }

    /// <summary>What is in the file already may be work that nobody committed.</summary>
    static async Task RefuseToLoseAsync(WorkingCopy copy, string output, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (!File.Exists(output)) return;
        var present = await File.ReadAllBytesAsync(output, ct);
        if (bytes.Span.SequenceEqual(present)) return;
        var native = FileObjects.Encode(present).Hash.Hex;
        await foreach (var version in copy.Versions.AllAsync(ct))
        {
            if (version.Record.Native == native) return;
        }

        throw new UnwritableFileException($"{output} holds something that was never committed here; commit it first, choose another name, or overwrite it with --force.");
    }
}
