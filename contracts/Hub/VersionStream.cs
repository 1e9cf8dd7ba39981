using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CineGit.Contracts.Hub;

/// <summary>
/// How versions travel: a head in JSON, then per version its record in JSON and its two packs. Every part is a length of four
/// bytes, the lowest first, and so many bytes; a length of zero where a record is due ends the stream. A stream that stops
/// anywhere else was cut off.
/// </summary>
public static class VersionStream
{
    public const string ContentType = "application/vnd.cinegit.versions";

    /// <summary>The largest part: a pack of a very large project file.</summary>
    public const int LargestPart = 512 * 1024 * 1024;

    const int LargestRecord = 1024 * 1024;

    public static Task WriteHeadAsync<T>(Stream output, T head, JsonTypeInfo<T> type, CancellationToken ct) =>
        WritePartAsync(output, JsonSerializer.SerializeToUtf8Bytes(head, type), ct);

    public static async Task WriteVersionAsync(Stream output, PackedVersion version, CancellationToken ct)
    {
        await WritePartAsync(output, JsonSerializer.SerializeToUtf8Bytes(version.Version, HubJson.Default.VersionRecord), ct);
        await WritePartAsync(output, version.CutPack, ct);
        await WritePartAsync(output, version.NativePack, ct);
    }

    public static Task WriteEndAsync(Stream output, CancellationToken ct) => WritePartAsync(output, default, ct);

    /// <exception cref="InvalidDataException">The stream was cut off or is something else.</exception>
    public static async Task<T> ReadHeadAsync<T>(Stream input, JsonTypeInfo<T> type, CancellationToken ct) =>
        Parse(await ReadPartAsync(input, LargestRecord, ct), type);

    /// <exception cref="InvalidDataException">The stream was cut off or is something else.</exception>
    public static async IAsyncEnumerable<PackedVersion> ReadVersionsAsync(Stream input, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await ReadPartAsync(input, LargestRecord, ct) is { Length: > 0 } record)
        {
            var version = Parse(record, HubJson.Default.VersionRecord);
            var cut = await ReadPartAsync(input, LargestPart, ct);
            var native = await ReadPartAsync(input, LargestPart, ct);
            yield return new(version, cut, native);
        }
    }

    static async Task WritePartAsync(Stream output, ReadOnlyMemory<byte> part, CancellationToken ct)
    {
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)part.Length);
        await output.WriteAsync(length, ct);
        await output.WriteAsync(part, ct);
    }

    static async Task<byte[]> ReadPartAsync(Stream input, int largest, CancellationToken ct)
    {
        try
        {
            var head = new byte[sizeof(uint)];
            await input.ReadExactlyAsync(head, ct);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
            if (length > largest) throw new InvalidDataException($"A part of {length} bytes is larger than the {largest} that are taken.");
            return await ReadGrowingAsync(input, (int)length, ct);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The versions were cut off on the way.");
        }
    }

    /// <summary>Takes memory as bytes arrive, not as a length promises them.</summary>
    static async Task<byte[]> ReadGrowingAsync(Stream input, int length, CancellationToken ct)
    {
        const int step = 4 * 1024 * 1024;
        var part = new byte[Math.Min(length, step)];
        for (var read = 0; read < length; read = part.Length)
        {
            if (read > 0) Array.Resize(ref part, (int)Math.Min(length, part.Length * 2L));
            await input.ReadExactlyAsync(part.AsMemory(read), ct);
        }

        return part;
    }

    static T Parse<T>(byte[] json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException("A version's record is null.");
        }
        catch (JsonException bad)
        {
            throw new InvalidDataException($"A version's record cannot be read: {bad.Message}");
        }
    }
}
