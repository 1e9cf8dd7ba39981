using System.Globalization;
using CineGit.Agent.Platform.HubClient;
using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Timelines;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Features.Cli;

/// <summary>Every way a command ends badly, as one sentence and an exit code.</summary>
internal static class Failures
{
    public static int Report(Exception failure, Shell shell)
    {
        var (sentence, code) = Describe(failure) ?? Bug(failure, shell);
        shell.Output.Note(sentence);
        return code;
    }

    static (string, int)? Describe(Exception failure) => failure switch
    {
        WrongUseException => (failure.Message, ExitCode.WrongUse),
        UnreadableFileException => (failure.Message, ExitCode.Unreadable),
        UnwritableFileException => (failure.Message, ExitCode.Unwritable),
        LocalStateException { Problem: LocalProblem.NotHere } => (failure.Message, ExitCode.WrongUse),
        LocalStateException { Problem: LocalProblem.Busy } => (failure.Message, ExitCode.Outcome),
        LocalStateException => (failure.Message, ExitCode.Unreadable),
        NotSignedInException => (failure.Message, ExitCode.Refused),
        HubUnreachableException => (failure.Message, ExitCode.HubUnreachable),
        HubProblemException { Code: ProblemCodes.BranchStale or ProblemCodes.ConflictsOpen or ProblemCodes.CutRequestEnded } =>
            (failure.Message, ExitCode.Outcome),
        HubProblemException => (failure.Message, ExitCode.Refused),
        OperationCanceledException => ("Stopped.", ExitCode.Stopped),
        UnauthorizedAccessException or IOException => ($"{failure.Message.TrimEnd('.')}; check the folder, its permissions and the free space.", ExitCode.Unwritable),
        _ => null,
    };

    static (string, int) Bug(Exception failure, Shell shell)
    {
        var log = Path.Combine(shell.Home.LogFolder, "bugs.log");
        try
        {
            CineGitHome.MakePrivateFolder(shell.Home.LogFolder);
            var time = shell.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            File.AppendAllText(log, $"{time} cinegit {Platform.ThisProgram.Version}\n{failure}\n\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log = $"nowhere, for {log} cannot be written ({e.Message.TrimEnd('.')})";
        }

        return ($"cinegit stopped at a bug of its own ({failure.GetType().Name}: {FirstLine(failure.Message)}); the details are in {log}.", ExitCode.Bug);
    }

    static string FirstLine(string text) => text.Split('\n')[0].Trim().TrimEnd('.');
}
