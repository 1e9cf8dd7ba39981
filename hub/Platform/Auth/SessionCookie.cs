namespace CineGit.Hub.Platform.Auth;

/// <summary>The browser's half of a session.</summary>
public static class SessionCookie
{
    public const string Name = "cinegit_session";

    public static void Set(HttpContext context, string secret, DateTimeOffset expiresAt)
    {
        var options = Options(context);
        options.Expires = expiresAt;
        context.Response.Cookies.Append(Name, secret, options);
    }

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        Path = "/",
    };
}
