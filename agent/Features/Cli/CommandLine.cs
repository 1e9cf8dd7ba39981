using System.CommandLine;
using CineGit.Agent.Features.Blame;
using CineGit.Agent.Features.Check;
using CineGit.Agent.Features.Checkout;
using CineGit.Agent.Features.Commit;
using CineGit.Agent.Features.Compare;
using CineGit.Agent.Features.Convert;
using CineGit.Agent.Features.CutRequests;
using CineGit.Agent.Features.Daemon;
using CineGit.Agent.Features.History;
using CineGit.Agent.Features.Login;
using CineGit.Agent.Features.Replay;
using CineGit.Agent.Features.Sync;

namespace CineGit.Agent.Features.Cli;

/// <summary>The explicit list of commands, and what happens around each.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments, Shell shell)
    {
        if (arguments is ["--version"])
        {
            shell.Output.Line(Platform.ThisProgram.Version);
            return ExitCode.Done;
        }

        var parsed = Build(shell).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            shell.Output.Note($"{WhatIsWrong(parsed)}. Use: {Usage.Of(parsed.CommandResult.Command)}");
            return ExitCode.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure)
        {
            return Failures.Report(failure, shell);
        }
    }

    static string WhatIsWrong(ParseResult parsed) => parsed.UnmatchedTokens is [var unknown, ..]
        ? $"“{unknown}” is no command or option here"
        : parsed.Errors[0].Message.TrimEnd('.');

    static RootCommand Build(Shell shell) => new("CineGit: git for the cut.")
    {
        ConvertCommand.Create(shell),
        InfoCommand.Create(shell),
        CheckCommand.Create(shell),
        DiffCommand.Create(shell),
        MergeCommand.Create(shell),
        LoginCommand.Create(shell),
        LogoutCommand.Create(shell),
        InitCommand.Create(shell),
        CloneCommand.Create(shell),
        StatusCommand.Create(shell),
        CommitCommand.Create(shell),
        PushCommand.Create(shell),
        PullCommand.Create(shell),
        LogCommand.Create(shell),
        BlameCommand.Create(shell),
        BranchCommand.Create(shell),
        TagCommand.Create(shell),
        CheckoutCommand.Create(shell),
        CherryPickCommand.Create(shell),
        RevertCommand.Create(shell),
        CutRequestCommand.Create(shell),
        AgentCommand.Create(shell),
    };
}
