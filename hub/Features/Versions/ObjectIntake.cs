using System.Buffers;
using System.Security.Cryptography;

namespace CineGit.Hub.Features.Versions;

/// <summary>What became of an uploaded body.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>All there and as named. The caller disposes <paramref name="Bytes"/>.</summary>
    public sealed record Received(Stream Bytes) : IntakeResult;

    public sealed record TooLarge : IntakeResult;

    public sealed record Mismatch(string ActualHash) : IntakeResult;
}

public static class ObjectIntake
{
    /// <summary>The largest canonical cut: an hour-long documentary with full metadata has some 30 MB.</summary>
    public const long CutLimit = 128L << 20;

    const int BufferSize = 80 << 10;

    /// <summary>Reads a body to its end and checks it against its hash, keeping no more than <paramref name="limit"/> bytes.</summary>
    public static async Task<IntakeResult> ReceiveAsync(Stream body, long? length, string hash, long limit, CancellationToken ct)
    {
        if (length > limit) return new IntakeResult.TooLarge();
        var spool = Spool.Create(length);
        var keep = false;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long total = 0;
            for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
            {
                total += read;
                if (total > limit) return new IntakeResult.TooLarge();
                sha256.AppendData(buffer, 0, read);
                await spool.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            var actual = Convert.ToHexStringLower(sha256.GetHashAndReset());
            if (actual != hash) return new IntakeResult.Mismatch(actual);
            spool.Position = 0;
            keep = true;
            return new IntakeResult.Received(spool);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (!keep) await spool.DisposeAsync();
        }
    }
}
