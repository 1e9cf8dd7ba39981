using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.CutRequests;

/// <summary><c>cinegit cut-request …</c>: asking for a branch to be taken into another, and answering what stands against it.</summary>
internal static class CutRequestCommand
{
    public static Command Create(Shell shell) => new("cut-request", "Ask for a cut to be taken into another.")
    {
        CreateOne(shell),
        List(shell),
        Show(shell),
        Resolve(shell),
        Merge(shell),
    };

    static Command CreateOne(Shell shell)
    {
        var title = new Option<string>("--title") { HelpName = "T", Required = true, Description = "What it is about." };
        var description = new Option<string>("--description") { HelpName = "D", Description = "Why." };
        var source = new Option<string>("--source") { HelpName = "B", Description = "The branch with the changes; the current one otherwise." };
        var target = new Option<string>("--target") { HelpName = "B", DefaultValueFactory = _ => "main", Description = "Where they are to go." };
        var json = FormatOption.Json();
        var command = new Command("create", "Open a cut request.") { title, description, source, target, json };
        command.SetAction((parsed, ct) => WithHubAsync(shell, async (hub, copy, config) =>
        {
            var from = parsed.GetValue(source) ?? config.Branch;
            var to = parsed.GetRequiredValue(target);
            if (from == to) throw new WrongUseException($"A cut request takes one branch into another, and both are {from}; go to the branch with the changes, or name it with --source.");
            await RemindOfUnpushedAsync(shell, copy, from, ct);
            var made = await hub.CreateCutRequestAsync(
                config.Address, new(parsed.GetRequiredValue(title), parsed.GetValue(description) ?? "", from, to), ct);
            CutRequestPrint.Print(shell, made, parsed.GetValue(json));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    static Command List(Shell shell)
    {
        var json = FormatOption.Json();
        var command = new Command("list", "List cut requests.") { json };
        command.SetAction((parsed, ct) => WithHubAsync(shell, async (hub, _, config) =>
        {
            CutRequestPrint.Print(shell, await hub.ListCutRequestsAsync(config.Address, ct), config.Name, parsed.GetValue(json));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    static Command Show(Shell shell)
    {
        var number = Number();
        var json = FormatOption.Json();
        var command = new Command("show", "Show a cut request with its conflicts.") { number, json };
        command.SetAction((parsed, ct) => WithHubAsync(shell, async (hub, _, config) =>
        {
            CutRequestPrint.Print(shell, await hub.GetCutRequestAsync(config.Address, parsed.GetRequiredValue(number), ct), parsed.GetValue(json));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    static Command Resolve(Shell shell)
    {
        var number = Number();
        var conflict = new Argument<string>("CONFLICT") { Description = "The conflict's id, or the start of it." };
        var choice = new Argument<string>("CHOICE") { Description = "One of those that show lists: ours (the target's), theirs (the source's), base, manual…." };
        var value = new Option<string>("--value") { HelpName = "V", Description = "What to type in, with manual." };
        var json = FormatOption.Json();
        var command = new Command("resolve", "Answer a conflict.") { number, conflict, choice, value, json };
        command.SetAction((parsed, ct) => WithHubAsync(shell, async (hub, _, config) =>
        {
            var request = await hub.GetCutRequestAsync(config.Address, parsed.GetRequiredValue(number), ct);
            var meant = Find(request, parsed.GetRequiredValue(conflict));
            var answer = parsed.GetRequiredValue(choice);
            if (meant.Offers.FirstOrDefault(o => o.Choice == answer) is not { } offer)
                throw new WrongUseException($"“{answer}” does not answer this conflict ({meant.Sentence}); choose one of: {string.Join(", ", meant.Offers.Select(o => o.Choice))}.");
            if (offer.Entry is null != parsed.GetValue(value) is null)
                throw new WrongUseException(offer.Entry is null ? $"--value goes with manual only; leave it out with {answer}." : $"“{answer}” needs a value; add --value V.");
            var answered = await hub.ResolveAsync(config.Address, request.Number, meant.Id, new(answer, parsed.GetValue(value)), ct);
            CutRequestPrint.Print(shell, answered, parsed.GetValue(json));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    static Command Merge(Shell shell)
    {
        var number = Number();
        var json = FormatOption.Json();
        var command = new Command("merge", "Take the changes into the target branch.") { number, json };
        command.SetAction((parsed, ct) => WithHubAsync(shell, async (hub, _, config) =>
        {
            var request = await hub.GetCutRequestAsync(config.Address, parsed.GetRequiredValue(number), ct);
            if (request is not { Mergeable: true, SourceHead: { } source, TargetHead: { } target })
            {
                shell.Output.Note($"Cut request {request.Number} cannot be merged: {request.Blocked ?? $"it is {request.State}"}");
                return ExitCode.Outcome;
            }

            var merged = await hub.MergeAsync(config.Address, request.Number, new(source, target), ct);
            var report = new CutRequestMerged(request.Number, request.TargetBranch, merged.Version);
            if (parsed.GetValue(json)) shell.Output.Json(report, CliJson.Default.CutRequestMerged);
            else shell.Output.Line($"Merged; {request.TargetBranch} is at {WorkingCopy.Short(merged.Version)} on the hub. Take it in with: cinegit pull {request.TargetBranch}");
            return ExitCode.Done;
        }, ct));
        return command;
    }

    static Argument<int> Number() => new("N") { Description = "The cut request's number." };

    static async Task<int> WithHubAsync(
        Shell shell, Func<IHubConnection, WorkingCopy, WorkingCopyConfig, Task<int>> act, CancellationToken ct)
    {
        var copy = shell.WorkingCopy();
        var config = await copy.ReadConfigAsync(ct);
        using var hub = HttpHubConnection.SignedIn(shell.Home, config.Hub, shell.Clock);
        return await act(hub, copy, config);
    }

    static async Task RemindOfUnpushedAsync(Shell shell, WorkingCopy copy, string branch, CancellationToken ct)
    {
        var refs = await copy.Refs.ReadAsync(ct);
        if (refs.Head(branch) is { } head && head != refs.HubHead(branch))
            shell.Output.Note($"{branch} has versions here that the hub may not have; send them with: cinegit push {branch}");
    }

    static ConflictResponse Find(CutRequestResponse request, string start)
    {
        var found = request.Conflicts.Where(c => c.Id.StartsWith(start, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new WrongUseException($"Cut request {request.Number} has no conflict {start}; see: cinegit cut-request show {request.Number}"),
            _ => found.Find(c => c.Id == start)
                ?? throw new WrongUseException($"{start} is the start of {found.Count} conflicts of cut request {request.Number}; give more of the id."),
        };
    }
}
