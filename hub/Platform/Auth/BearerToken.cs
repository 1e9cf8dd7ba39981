namespace CineGit.Hub.Platform.Auth;

public static class BearerToken
{
    const string Scheme = "Bearer ";

    /// <summary>The token in the Authorization header; null when the request has none.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
