using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CineGit.Hub.Platform.Http;

/// <summary>Where a list goes on: a cursor that says nothing to callers, in the header Link (RFC 8288).</summary>
public static class PageLink
{
    public const int Largest = 200;

    const int LongestCursor = 1000;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="context">Its address is the list's.</param>
    /// <param name="last">The number of the last entry that was shown.</param>
    /// <param name="limit">How many a page has.</param>
    public static void Add(HttpContext context, int last, int limit)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, last);
        Add(context, bytes, limit);
    }

    /// <param name="context">Its address is the list's.</param>
    /// <param name="last">What the last entry that was shown is called.</param>
    /// <param name="limit">How many a page has.</param>
    public static void Add(HttpContext context, string last, int limit) => Add(context, Encoding.UTF8.GetBytes(last), limit);

    /// <param name="last">Null for the first page.</param>
    public static bool TryParse(string? cursor, out int? last)
    {
        last = null;
        if (cursor is null) return true;
        if (!Base64Url.IsValid(cursor, out var length) || length != sizeof(int)) return false;
        last = BinaryPrimitives.ReadInt32BigEndian(Base64Url.DecodeFromChars(cursor));
        return last >= 1;
    }

    /// <summary>Why there is no such page; null when there may be one.</summary>
    /// <param name="last">What the last entry of the page before is called; null for the first page.</param>
    public static string? WhyNot(int? limit, string? cursor, out string? last)
    {
        last = null;
        if (limit is < 1 or > Largest) return $"limit {limit} is not between 1 and {Largest}.";
        if (cursor is null) return null;
        const string wrong = "cursor is none of ours; follow the header Link of the page before.";
        if (cursor.Length > LongestCursor || !Base64Url.IsValid(cursor)) return wrong;
        try
        {
            last = Strict.GetString(Base64Url.DecodeFromChars(cursor));
            return last.Contains('\0', StringComparison.Ordinal) ? wrong : null;
        }
        catch (DecoderFallbackException)
        {
            return wrong;
        }
    }

    static void Add(HttpContext context, ReadOnlySpan<byte> last, int limit)
    {
        var request = context.Request;
        context.Response.Headers.Link = string.Create(
            CultureInfo.InvariantCulture, $"<{request.PathBase}{request.Path}?limit={limit}&cursor={Base64Url.EncodeToString(last)}>; rel=\"next\"");
    }
}
