namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// The two policies a route may ask for. A route with neither, and without <c>AllowAnonymous</c>, lets nobody in.
/// </summary>
public static class Policies
{
    /// <summary>Anybody with a valid session or token.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>A member of the route's <c>{organization}</c>; everybody else is told that it does not exist.</summary>
    public const string Member = "member";
}
