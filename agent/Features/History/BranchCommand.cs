using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.LocalState;

namespace CineGit.Agent.Features.History;

/// <param name="Name">The branch.</param>
/// <param name="Current">True where commits go.</param>
/// <param name="Head">Its newest version here; null while it has none.</param>
/// <param name="HubHead">Its head on the hub when it was last seen; null when it is not there.</param>
internal sealed record BranchLine(string Name, bool Current, string? Head, string? HubHead);

/// <summary><c>cinegit branch</c> lists; <c>cinegit branch NAME</c> makes it the current one, and makes it when needed.</summary>
internal static class BranchCommand
{
    public static Command Create(Shell shell)
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "The branch to go to." };
        var from = new Option<string>("--from") { HelpName = "VERSION", Description = "Where a new branch begins; the current branch's head otherwise." };
        var json = FormatOption.Json();
        var command = new Command("branch", "List branches, or go to one.") { name, from, json };
        command.SetAction((parsed, ct) => (parsed.GetValue(name), parsed.GetValue(from)) switch
        {
            (null, null) => ListAsync(shell, parsed.GetValue(json), ct),
            (null, _) => throw new WrongUseException("--from needs the new branch's name. Use: cinegit branch NAME --from VERSION"),
            ({ } branch, var start) => GoAsync(shell, branch, start, ct),
        });
        return command;
    }

    static async Task<int> ListAsync(Shell shell, bool json, CancellationToken ct)
    {
        var copy = shell.WorkingCopy();
        var config = await copy.ReadConfigAsync(ct);
        var refs = await copy.Refs.ReadAsync(ct);
        BranchLine[] lines =
        [
            .. refs.Heads.Keys.Union(refs.Hub.Keys).Append(config.Branch).Distinct().Order(StringComparer.Ordinal)
                .Select(b => new BranchLine(b, b == config.Branch, refs.Head(b), refs.HubHead(b))),
        ];
        if (json) shell.Output.Json(lines, CliJson.Default.IReadOnlyListBranchLine);
        else foreach (var line in lines) shell.Output.Line($"{(line.Current ? "*" : " ")} {line.Name}  {Where(line)}");
        return ExitCode.Done;
    }

    static async Task<int> GoAsync(Shell shell, string name, string? from, CancellationToken ct)
    {
        if (!BranchName.IsValid(name)) throw new WrongUseException($"“{name}” cannot be a branch: {BranchName.Rule}.");
        var copy = shell.WorkingCopy();
        using var held = await copy.LockAsync(ct);
        var config = await copy.ReadConfigAsync(ct);
        var refs = await copy.Refs.ReadAsync(ct);
        var exists = refs.Head(name) is not null || name == config.Branch;
        if (exists && from is not null)
            throw new WrongUseException($"The branch {name} exists already, and --from is for a new one; choose another name.");
        if (!exists)
        {
            var start = from is not null ? (await copy.ResolveAsync(from, ct)).Id : refs.HubHead(name) ?? refs.Head(config.Branch);
            if (start is not null) await copy.Refs.WriteAsync(refs.WithHead(name, start), ct);
            shell.Output.Line($"New branch {name}{(start is null ? ", with no version yet" : $" at {WorkingCopy.Short(start)}")}.");
        }

        await copy.WriteConfigAsync(config with { Branch = name }, ct);
        shell.Output.Line($"Commits go to {name}.");
        return ExitCode.Done;
    }

    static string Where(BranchLine line) => (line.Head, line.HubHead) switch
    {
        (null, null) => "no version yet",
        (null, { } there) => $"{WorkingCopy.Short(there)} on the hub only; get it with: cinegit branch {line.Name}",
        ({ } here, null) => $"{WorkingCopy.Short(here)}, not on the hub",
        ({ } here, { } there) when here == there => WorkingCopy.Short(here),
        ({ } here, { } there) => $"{WorkingCopy.Short(here)}, on the hub {WorkingCopy.Short(there)}",
    };
}
