using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace CineGit.Hub.Platform.Http;

/// <summary>Where a list goes on: a cursor that says nothing to callers, in the header Link (RFC 8288).</summary>
public static class PageLink
{
    public const int Largest = 200;

    /// <param name="context">Its address is the list's.</param>
    /// <param name="last">The number of the last entry that was shown.</param>
    /// <param name="limit">How many a page has.</param>
    public static void Add(HttpContext context, int last, int limit)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, last);
        var request = context.Request;
        context.Response.Headers.Link = string.Create(
            CultureInfo.InvariantCulture, $"<{request.PathBase}{request.Path}?limit={limit}&cursor={Base64Url.EncodeToString(bytes)}>; rel=\"next\"");
    }

    /// <param name="last">Null for the first page.</param>
    public static bool TryParse(string? cursor, out int? last)
    {
        last = null;
        if (cursor is null) return true;
        if (!Base64Url.IsValid(cursor, out var length) || length != sizeof(int)) return false;
        last = BinaryPrimitives.ReadInt32BigEndian(Base64Url.DecodeFromChars(cursor));
        return last >= 1;
    }
}
