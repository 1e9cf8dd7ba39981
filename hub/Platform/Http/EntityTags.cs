using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineGit.Contracts.Hub;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CineGit.Hub.Platform.Http;

/// <summary>ETag, If-None-Match and If-Match (RFC 9110, section 13) of what changes.</summary>
public static class EntityTags
{
    /// <summary>A tag of everything that an answer depends on.</summary>
    public static string Of(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            // No part can run into the next, and none is not the empty one.
            var bytes = Encoding.UTF8.GetBytes(part ?? "");
            hash.AppendData(Encoding.ASCII.GetBytes(part is null ? "-" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes.Length}:")));
            hash.AppendData(bytes);
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, 18));
    }

    /// <summary>A tag of a whole answer.</summary>
    public static string OfAnswer<T>(T answer, JsonTypeInfo<T> type) => Of(JsonSerializer.Serialize(answer, type));

    /// <summary>Names the tag in the answer; true when the client holds just this, so that 304 is the answer.</summary>
    public static bool IsHeld(HttpContext context, string tag)
    {
        context.Response.Headers.ETag = Quoted(tag).ToString();
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.GetTypedHeaders().IfNoneMatch
            .Any(known => known == EntityTagHeaderValue.Any || known.Compare(Quoted(tag), useStrongComparison: false));
    }

    /// <summary>The refusal of a write whose If-Match names something else; null when it may go on.</summary>
    public static ProblemHttpResult? WhyNot(HttpRequest request, string tag) =>
        WhyNot(request, known => known.Compare(Quoted(tag), useStrongComparison: true));

    /// <summary>The same for what has parts that change by themselves: only how the tag begins has to be the same.</summary>
    public static ProblemHttpResult? WhyNotBeginning(HttpRequest request, string beginning) =>
        WhyNot(request, known => !known.IsWeak && known.Tag.StartsWith('"' + beginning, StringComparison.Ordinal));

    static ProblemHttpResult? WhyNot(HttpRequest request, Func<EntityTagHeaderValue, bool> isSame)
    {
        var asked = request.GetTypedHeaders().IfMatch;
        return asked.Count == 0 || asked.Any(known => known == EntityTagHeaderValue.Any || isSame(known))
            ? null
            : Problems.Of(
                StatusCodes.Status412PreconditionFailed,
                ProblemCodes.Changed,
                "Something has changed",
                "It is no longer as If-Match says; fetch it, look at what is new, and try again.");
    }

    static EntityTagHeaderValue Quoted(string tag) => new($"\"{tag}\"");
}
