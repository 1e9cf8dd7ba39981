using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Sync;

/// <summary><c>cinegit init</c>: makes a folder a working copy; the hub may be away.</summary>
internal static class InitCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Argument<string?>("DIR") { Arity = ArgumentArity.ZeroOrOne, Description = "The folder; this one otherwise." };
        var hub = new Option<string>("--hub") { HelpName = "URL", Required = true, Description = "The hub's address." };
        var project = new Option<string>("--project") { HelpName = "ORG/PROJECT", Required = true, Description = "The project on the hub." };
        var branch = new Option<string>("--branch") { HelpName = "B", DefaultValueFactory = _ => "main", Description = "The branch to begin with." };
        var command = new Command("init", "Make a folder a working copy of a project.") { folder, hub, project, branch };
        command.SetAction((parsed, ct) => RunAsync(
            shell,
            Path.GetFullPath(parsed.GetValue(folder) ?? shell.Folder),
            ProjectOption.ParseHub(parsed.GetRequiredValue(hub)),
            ProjectOption.ParseProject(parsed.GetRequiredValue(project)),
            parsed.GetRequiredValue(branch),
            ct));
        return command;
    }

    static async Task<int> RunAsync(Shell shell, string folder, Uri hub, ProjectAddress project, string branch, CancellationToken ct)
    {
        if (!BranchName.IsValid(branch)) throw new WrongUseException($"“{branch}” cannot be a branch: {BranchName.Rule}.");
        var config = new WorkingCopyConfig(WorkingCopyConfig.CurrentFormat, hub, project.Organization, project.Project, branch);
        var copy = await WorkingCopy.CreateAsync(folder, config, shell.Clock, ct);
        await shell.Home.RegisterAsync(copy, ct);
        shell.Output.Line($"{copy.Folder} is a working copy of {config.Name} on {hub.OriginalString}; commits go to {branch}.");
        await FindProjectAsync(shell, hub, project, ct);
        return ExitCode.Done;
    }

    /// <summary>The working copy is made whatever the hub says: a push makes the project later.</summary>
    static async Task FindProjectAsync(Shell shell, Uri hub, ProjectAddress project, CancellationToken ct)
    {
        var name = $"{project.Organization}/{project.Project}";
        try
        {
            using var connection = HttpHubConnection.SignedIn(shell.Home, hub, shell.Clock);
            shell.Output.Line(await HubProject.EnsureAsync(connection, project, ct)
                ? $"Made the project {name} on the hub."
                : $"The project {name} is on the hub already; take its versions in with: cinegit pull");
        }
        catch (Exception e) when (e is NotSignedInException or HubUnreachableException or HubProblemException)
        {
            shell.Output.Note($"The hub was not asked about {name}: {e.Message}");
        }
    }
}
