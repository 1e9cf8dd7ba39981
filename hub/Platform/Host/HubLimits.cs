namespace CineGit.Hub.Platform.Host;

/// <summary>The largest bodies that the hub takes, in bytes.</summary>
public static class HubLimits
{
    /// <summary>Any request that does not say otherwise; a push of 10,000 versions is about 5 MB.</summary>
    public const long Body = 16L * 1024 * 1024;

    /// <summary>One object: a cut, or the native file of a version.</summary>
    public const long Object = 256L * 1024 * 1024;
}
