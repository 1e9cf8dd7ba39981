using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CineGit.Hub.Features.Versions;

/// <summary>
/// What a hash names, as a body. It never changes, so its hash is the ETag; each use is still asked for, because who may read it
/// can change.
/// </summary>
/// <param name="hash">Of the root object.</param>
/// <param name="content">Null when the client holds it already.</param>
/// <param name="contentType">What it is.</param>
/// <param name="fileName">What to call it; null for no file.</param>
public sealed class BytesAnswer(string hash, BytesAnswer.Content? content, string contentType, string? fileName)
    : IResult, IEndpointMetadataProvider
{
    /// <summary>What exactly they are depends on the version and on what is asked for.</summary>
    public static readonly ProducesResponseTypeMetadata Bytes =
        new(StatusCodes.Status200OK, typeof(FileContentHttpResult), ["application/octet-stream"]);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(Bytes);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = TagOf(hash).ToString();
        response.Headers.CacheControl = "private, no-cache";
        if (content is null)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = content.Length;
        if (fileName is not null) response.Headers.ContentDisposition = Attachment(fileName);
        foreach (var part in content.Parts) await response.Body.WriteAsync(part, httpContext.RequestAborted);
    }

    /// <summary>True when the client says it has what this hash names.</summary>
    public static bool IsHeld(HttpRequest request, string hash) => request.GetTypedHeaders().IfNoneMatch
        .Any(known => known.Compare(TagOf(hash), useStrongComparison: false) || known == EntityTagHeaderValue.Any);

    /// <summary>Quoted and encoded as RFC 6266 has it, so that no name can say more than a name.</summary>
    public static string Attachment(string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        return disposition.ToString();
    }

    static EntityTagHeaderValue TagOf(string hash) => new($"\"{hash}\"");

    /// <summary>Bytes in parts, so that no file is put together in memory.</summary>
    public sealed record Content(long Length, IEnumerable<ReadOnlyMemory<byte>> Parts);
}
