namespace CineGit.Hub.Platform.Auth;

/// <summary>
/// What a route may ask for. A route with none of these, and without <c>AllowAnonymous</c>, lets nobody in, and the hub does not
/// start with it.
/// </summary>
public static class Policies
{
    /// <summary>Anybody with a valid session or token.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Somebody in front of a browser: a token must not make tokens, let bays in, or change how its person signs in.</summary>
    public const string InPerson = "in-person";

    /// <summary>
    /// A member of the route's <c>{organization}</c> with the permission that the route names by
    /// <see cref="RouteDeclarations.RequirePermission{TBuilder}"/>; whoever does not see the place is told that it does not exist.
    /// </summary>
    public const string Member = "member";
}
