namespace CineGit.Agent.Platform.HubClient;

/// <summary>A hub's address as people type it, brought to one spelling: scheme, host, port, path without a slash at the end.</summary>
internal static class HubAddress
{
    public static bool TryParse(string text, out Uri hub)
    {
        var spelled = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        hub = new("https://invalid.example");
        if (!Uri.TryCreate(spelled.Trim(), UriKind.Absolute, out var parsed)) return false;
        if (parsed.Scheme is not ("http" or "https") || parsed.Host.Length == 0 || parsed.UserInfo.Length > 0) return false;
        hub = new(parsed.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        return true;
    }

    /// <summary>True when what is sent can be read on the way.</summary>
    public static bool IsUnprotected(Uri hub) => hub.Scheme == "http" && !hub.IsLoopback;
}
