namespace CineGit.Hub.Features.Identity;

public sealed record NewDeviceCode(string DeviceCode, string UserCode);

public sealed record NewTokens(string Access, string Refresh);

public sealed record RefreshedDevice(Guid UserId, NewTokens Tokens);

/// <summary>What a bay learns when it asks whether it was let in.</summary>
public abstract record PollResult
{
    private PollResult()
    {
    }

    public sealed record Pending : PollResult;

    /// <summary>Asked again before the interval was over.</summary>
    public sealed record TooFast : PollResult;

    public sealed record Expired : PollResult;

    public sealed record Approved(Guid UserId, NewTokens Tokens) : PollResult;
}
