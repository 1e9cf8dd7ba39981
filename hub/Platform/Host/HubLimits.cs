namespace CineGit.Hub.Platform.Host;

/// <summary>The most that the hub takes, in bytes.</summary>
public static class HubLimits
{
    /// <summary>Any request that does not say otherwise.</summary>
    public const long Body = 1024 * 1024;

    /// <summary>One push; a longer one comes in parts.</summary>
    public const long Push = 512L * 1024 * 1024;

    /// <summary>The pack of a cut once decompressed: an hour-long documentary with full metadata begins with some 10 MB.</summary>
    public const int CutPack = 64 * 1024 * 1024;

    /// <summary>The memory that one version's cut may take beyond its parents'.</summary>
    public const long CutTree = 256L * 1024 * 1024;

    /// <summary>A committed file.</summary>
    public const long Native = 256L * 1024 * 1024;

    /// <summary>The pack of a committed file once decompressed: the file, and a little for what holds its parts together.</summary>
    public const int NativePack = (int)Native + 16 * 1024 * 1024;

    /// <summary>What the versions of one push may keep open for those that build on them.</summary>
    public const long OpenTrees = 1024L * 1024 * 1024;
}
