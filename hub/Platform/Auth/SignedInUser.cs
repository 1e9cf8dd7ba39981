using System.Security.Claims;

namespace CineGit.Hub.Platform.Auth;

/// <summary>What an authenticated request carries about its person.</summary>
public static class SignedInUser
{
    public static Guid? IdOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
