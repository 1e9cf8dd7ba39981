namespace CineGit.Agent.Platform.LocalState;

internal enum LocalProblem
{
    /// <summary>Something on disk is missing or altered.</summary>
    Damaged,

    /// <summary>What was named is not here.</summary>
    NotHere,

    /// <summary>Another process is at it.</summary>
    Busy,
}

/// <summary>
/// The working copy or the user's own folder is not as it must be. The message is one sentence for a person: what, where,
/// what to do.
/// </summary>
internal sealed class LocalStateException(LocalProblem problem, string message) : Exception(message)
{
    public LocalProblem Problem { get; } = problem;
}
