using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Sync;

/// <summary><c>cinegit clone</c>: a whole project, with every branch and version, into a new folder.</summary>
internal static class CloneCommand
{
    const string UsualBranch = "main";

    public static Command Create(Shell shell)
    {
        var url = new Argument<string>("URL") { Description = "The hub's address." };
        var project = new Argument<string>("ORG/PROJECT") { Description = "The project." };
        var folder = new Argument<string?>("DIR") { Arity = ArgumentArity.ZeroOrOne, Description = "The new folder; named after the project otherwise." };
        var command = new Command("clone", "Get a project from the hub.") { url, project, folder };
        command.SetAction((parsed, ct) =>
        {
            var address = ProjectOption.ParseProject(parsed.GetRequiredValue(project));
            var target = Path.GetFullPath(parsed.GetValue(folder) ?? Path.Combine(shell.Folder, address.Project));
            return RunAsync(shell, ProjectOption.ParseHub(parsed.GetRequiredValue(url)), address, target, ct);
        });
        return command;
    }

    static async Task<int> RunAsync(Shell shell, Uri hub, ProjectAddress project, string folder, CancellationToken ct)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new WrongUseException($"{folder} is there already and not empty; choose another folder.");
        using var connection = HttpHubConnection.SignedIn(shell.Home, hub, shell.Clock);
        var branches = await connection.ListBranchesAsync(project, ct);
        var current = branches.Any(b => b.Name == UsualBranch) || branches.Count == 0 ? UsualBranch : branches[0].Name;
        var config = new WorkingCopyConfig(WorkingCopyConfig.CurrentFormat, hub, project.Organization, project.Project, current);

        var wasThere = Directory.Exists(folder);
        var copy = await WorkingCopy.CreateAsync(folder, config, shell.Clock, ct);
        try
        {
            await FillAsync(shell, connection, copy, project, ct);
        }
        catch
        {
            // Half a clone would look like an empty project.
            Directory.Delete(Path.Combine(folder, WorkingCopy.StateFolderName), recursive: true);
            if (!wasThere) Directory.Delete(folder);
            throw;
        }

        await shell.Home.RegisterAsync(copy, ct);
        shell.Output.Line($"{folder} is a working copy of {config.Name} with {Branches(branches.Count)}; commits go to {current}.");
        return ExitCode.Done;
    }

    static string Branches(int count) => count == 1 ? "1 branch" : $"{count} branches";

    static async Task FillAsync(
        Shell shell, IHubConnection connection, WorkingCopy copy, ProjectAddress project, CancellationToken ct)
    {
        var refs = RefsFile.Empty;
        foreach (var branch in await new Fetch(connection, copy, shell.Output).BranchesAsync(project, null, ct))
        {
            if (branch.Head is { } head && BranchName.IsValid(branch.Name))
                refs = refs.WithHead(branch.Name, head).WithHubHead(branch.Name, head);
        }

        await copy.Refs.WriteAsync(refs, ct);
    }
}
