using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace CineGit.Hub.Features.Events;

/// <summary>
/// Server-sent events that are bytes already: what thousands of readers are told is put into words once. Each goes out at once.
/// </summary>
public sealed class EventStreamAnswer(IAsyncEnumerable<ReadOnlyMemory<byte>> told) : IResult, IEndpointMetadataProvider
{
    public const string ContentType = "text/event-stream";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache, no-store";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await foreach (var each in told) await response.BodyWriter.WriteAsync(each, httpContext.RequestAborted);
    }
}
