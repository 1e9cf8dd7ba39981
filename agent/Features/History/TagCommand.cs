using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.History;

/// <summary><c>cinegit tag</c> lists; <c>cinegit tag NAME</c> names a version on the hub, or takes the name away.</summary>
internal static class TagCommand
{
    public static Command Create(Shell shell)
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "The tag." };
        var version = new Argument<string?>("VERSION") { Arity = ArgumentArity.ZeroOrOne, Description = "What it is to stay on: a version or a branch; the current branch otherwise." };
        var message = new Option<string?>("--message", "-m") { HelpName = "MSG", Description = "Why." };
        var delete = new Option<bool>("--delete", "-d") { Description = "Take the name away." };
        var json = FormatOption.Json();
        var command = new Command("tag", "List tags on the hub, or name a version.") { name, version, message, delete, json };
        command.SetAction(async (parsed, ct) =>
        {
            var (tag, at, why) = (parsed.GetValue(name), parsed.GetValue(version), parsed.GetValue(message));
            if (WhyNot(tag, at, why, parsed.GetValue(delete)) is { } wrong) throw new WrongUseException(wrong);
            var copy = shell.WorkingCopy();
            var config = await copy.ReadConfigAsync(ct);
            using var hub = HttpHubConnection.SignedIn(shell.Home, config.Hub, shell.Clock);
            return (tag, parsed.GetValue(delete)) switch
            {
                (null, _) => List(shell, await hub.ListTagsAsync(config.Address, ct), parsed.GetValue(json)),
                ({ } gone, true) => await DeleteAsync(shell, hub, config, gone, ct),
                ({ } given, _) => await GiveAsync(shell, hub, config, new(given, await VersionAsync(copy, config, at, ct), why), ct),
            };
        });
        return command;
    }

    static string? WhyNot(string? tag, string? version, string? message, bool delete) => (tag, delete) switch
    {
        (null, true) => "--delete needs the tag's name. Use: cinegit tag NAME --delete",
        (null, _) when message is not null => "--message is for a new tag. Use: cinegit tag NAME [VERSION] -m MSG",
        (_, true) when version is not null || message is not null => "--delete takes the tag's name and nothing else. Use: cinegit tag NAME --delete",
        ({ } given, false) when !BranchName.IsValid(given) => $"“{given}” cannot be a tag: {BranchName.Rule}.",
        _ => null,
    };

    static async Task<string> VersionAsync(WorkingCopy copy, WorkingCopyConfig config, string? version, CancellationToken ct) =>
        (await copy.ResolveAsync(version ?? config.Branch, ct)).Id;

    static int List(Shell shell, IReadOnlyList<TagResponse> tags, bool json)
    {
        if (json) shell.Output.Json(tags, CliJson.Default.IReadOnlyListTagResponse);
        else foreach (var tag in tags) shell.Output.Line(string.Join('\t', tag.Name, WorkingCopy.Short(tag.Version), tag.TaggedByName, tag.Message));
        return ExitCode.Done;
    }

    static async Task<int> GiveAsync(Shell shell, HttpHubConnection hub, WorkingCopyConfig config, CreateTagRequest request, CancellationToken ct)
    {
        var given = await hub.CreateTagAsync(config.Address, request, ct);
        shell.Output.Line($"{given.Name} is on {WorkingCopy.Short(given.Version)}.");
        return ExitCode.Done;
    }

    static async Task<int> DeleteAsync(Shell shell, HttpHubConnection hub, WorkingCopyConfig config, string tag, CancellationToken ct)
    {
        await hub.DeleteTagAsync(config.Address, tag, ct);
        shell.Output.Line($"{tag} is gone from the hub; the version it was on stays.");
        return ExitCode.Done;
    }
}
