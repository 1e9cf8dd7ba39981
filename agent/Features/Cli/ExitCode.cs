namespace CineGit.Agent.Features.Cli;

/// <summary>What the process ends with; part of the command line's contract.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It worked, and the answer is differences, conflicts, a stale branch, or that somebody else is at it.</summary>
    public const int Outcome = 1;

    public const int Unreadable = 2;

    public const int Unwritable = 3;

    /// <summary>Not signed in, or refused by the hub.</summary>
    public const int Refused = 4;

    public const int HubUnreachable = 5;

    public const int WrongUse = 64;

    public const int Bug = 70;

    /// <summary>Stopped by Ctrl-C or SIGTERM, as shells count it.</summary>
    public const int Stopped = 130;
}
