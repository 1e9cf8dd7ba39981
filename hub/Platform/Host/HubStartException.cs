namespace CineGit.Hub.Platform.Host;

/// <summary>The hub cannot start for a reason that the person at the console can remove; the message is all they need.</summary>
public sealed class HubStartException : Exception
{
    public HubStartException(string message) : base(message)
    {
    }

    public HubStartException(string message, Exception inner) : base(message, inner)
    {
    }
}
