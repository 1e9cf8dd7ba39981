using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Terminal;

namespace CineGit.Agent.Features.Cli;

/// <summary>What a command finds around it.</summary>
internal sealed record Shell(Output Output, CineGitHome Home, TimeProvider Clock, string Folder)
{
    public WorkingCopy WorkingCopy() => Platform.LocalState.WorkingCopy.Containing(Folder, Clock);
}

/// <summary>The command was understood but asks for what makes no sense. The message says what is right.</summary>
internal sealed class WrongUseException(string message) : Exception(message);
