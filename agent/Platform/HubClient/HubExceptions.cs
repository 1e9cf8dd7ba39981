namespace CineGit.Agent.Platform.HubClient;

/// <summary>The hub answered with a problem. <see cref="Code"/> is one of <see cref="Contracts.Hub.ProblemCodes"/>, or empty when the answer was none of the hub's own.</summary>
internal sealed class HubProblemException(string code, int status, string message, string? actualHead) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>With <c>branch-stale</c>: where the branch is instead.</summary>
    public string? ActualHead { get; } = actualHead;
}

/// <summary>No answer came: the network, the address or the hub itself. Offline work goes on.</summary>
internal sealed class HubUnreachableException(Uri hub, string why, Exception? inner)
    : Exception($"The hub at {hub.OriginalString} does not answer ({why}); check the network and that the hub is running, then try again.", inner);

/// <summary>There is no token for this hub, or it has ended.</summary>
internal sealed class NotSignedInException(Uri hub) : Exception($"You are not signed in to {hub.OriginalString}. Run: cinegit login {hub.OriginalString}");
