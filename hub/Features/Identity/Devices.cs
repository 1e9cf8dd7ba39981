namespace CineGit.Hub.Features.Identity;

public sealed record NewDeviceCode(string DeviceCode, string UserCode);

public sealed record NewTokens(string Access, string Refresh);

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

    /// <summary>Not signed with the key that the code was asked for with.</summary>
    public sealed record Unproven : PollResult;

    public sealed record Approved(Guid UserId, NewTokens Tokens) : PollResult;
}

/// <summary>What came of a refresh token.</summary>
public abstract record RefreshResult
{
    private RefreshResult()
    {
    }

    public sealed record Renewed(Guid UserId, NewTokens Tokens) : RefreshResult;

    /// <summary>Unknown, too late, revoked, or used before.</summary>
    public sealed record Ended : RefreshResult;

    /// <summary>Not signed with the key that the bay was paired with.</summary>
    public sealed record Unproven : RefreshResult;
}
