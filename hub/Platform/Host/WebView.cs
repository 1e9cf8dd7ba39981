using CineGit.Contracts.Hub;
using Microsoft.Extensions.FileProviders;

namespace CineGit.Hub.Platform.Host;

/// <summary>Serves the built web view; every address that is not the API's is one of its pages.</summary>
public static class WebView
{
    const string Index = "index.html";

    public static WebApplication UseWebView(this WebApplication app)
    {
        if (Folder() is not { } folder) return app;
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                // Vite puts the content's hash into the names under /assets.
                file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
                    ? "public, max-age=31536000, immutable"
                    : "no-cache",
        });
        return app;
    }

    public static WebApplication MapWebView(this WebApplication app)
    {
        var index = Folder() is { } folder ? Path.Combine(folder, Index) : null;
        app.MapFallback("{*path}", async Task (HttpContext context) => await (await PageAsync(context, index)).ExecuteAsync(context))
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
            .AllowAnonymous();
        return app;
    }

    static async Task<IResult> PageAsync(HttpContext context, string? index)
    {
        var request = context.Request;
        var isPage = !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && (request.Path == "/" || request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
        if (!isPage) return Problems.NotFound();
        if (index is null || !File.Exists(index))
        {
            return Problems.NotFound($"This hub was started without its web view; build it with npm in hub/web. The API is described at {HubRoutes.OpenApi}.");
        }

        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(await File.ReadAllTextAsync(index, context.RequestAborted), "text/html");
    }

    /// <summary>Beside the program when it was published; in the repository when it was built there.</summary>
    static string? Folder()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "web");
        if (File.Exists(Path.Combine(beside, Index))) return beside;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "hub", "web", "dist");
            if (File.Exists(Path.Combine(built, Index))) return built;
        }

        return null;
    }
}
