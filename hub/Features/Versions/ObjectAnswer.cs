using Microsoft.Net.Http.Headers;

namespace CineGit.Hub.Features.Versions;

/// <summary>
/// The bytes of an object as a body. They never change, so their hash is the ETag; each use is still asked for, because who
/// may read them can change.
/// </summary>
public sealed class ObjectAnswer(StoredObject stored, string hash, string contentType, string? fileName) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var _ = stored;
        var response = httpContext.Response;
        var tag = new EntityTagHeaderValue($"\"{hash}\"");
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "private, no-cache";
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = stored.Size;
        if (fileName is not null) response.Headers.ContentDisposition = Attachment(fileName);
        await stored.Bytes.CopyToAsync(response.Body, httpContext.RequestAborted);
    }

    /// <summary>Quoted and encoded as RFC 6266 has it, so that no name can say more than a name.</summary>
    public static string Attachment(string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        return disposition.ToString();
    }
}
