using System.IO.Compression;
using CineGit.Hub.Platform.Database;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace CineGit.Hub.Features.Versions;

/// <summary>Cuts and committed files, by the hash of their bytes; stored compressed when that pays.</summary>
public static class VersionObjectStore
{
    const string Plain = "identity";
    const string Brotli = "br";

    /// <returns>The object's size; null when the project has no such object.</returns>
    public static Task<long?> SizeAsync(ProjectTransaction tx, string hash, CancellationToken ct)
    {
        const string sql = """
            select size
            from objects
            where organization_id = @Organization and project_id = @Project and hash = @hash
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<long?>(tx.Command(sql, new { tx.Organization, tx.Project, hash }, ct));
    }

    /// <returns>Those of the hashes that the project has.</returns>
    public static async Task<IReadOnlySet<string>> FindAsync(
        ProjectTransaction tx, IReadOnlyCollection<string> hashes, CancellationToken ct)
    {
        const string sql = """
            select hash
            from objects
            where organization_id = @Organization and project_id = @Project and hash = any(@hashes)
            """;
        var found = await tx.Connection.QueryAsync<string>(
            tx.Command(sql, new { tx.Organization, tx.Project, hashes = hashes.ToArray() }, ct));
        return found.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Adds an object whose hash is right. One that is there already stays as it is.</summary>
    /// <returns>False when the project had it already.</returns>
    public static async Task<bool> AddAsync(
        ProjectTransaction tx, string hash, Stream bytes, DateTimeOffset createdAt, CancellationToken ct)
    {
        const string sql = """
            insert into objects (organization_id, project_id, hash, size, encoding, bytes, created_at)
            values (@organization, @project, @hash, @size, @encoding, @bytes, @created_at)
            on conflict do nothing
            """;
        await using var compressed = await CompressAsync(bytes, ct);
        await using var command = new NpgsqlCommand(sql, tx.Connection, tx.Transaction);
        command.Parameters.AddWithValue("organization", tx.Organization);
        command.Parameters.AddWithValue("project", tx.Project);
        command.Parameters.AddWithValue("hash", hash);
        command.Parameters.AddWithValue("size", bytes.Length);
        command.Parameters.AddWithValue("encoding", compressed is null ? Plain : Brotli);
        bytes.Position = 0;
        command.Parameters.AddWithValue("bytes", NpgsqlDbType.Bytea, compressed ?? bytes);
        command.Parameters.AddWithValue("created_at", createdAt);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <returns>The object's bytes, read out of the database already; null when the project has no such object.</returns>
    public static async Task<StoredObject?> ReadAsync(ProjectTransaction tx, string hash, CancellationToken ct)
    {
        const string sql = """
            select size, encoding, octet_length(bytes), bytes
            from objects
            where organization_id = @organization and project_id = @project and hash = @hash
            """;
        await using var command = new NpgsqlCommand(sql, tx.Connection, tx.Transaction);
        command.Parameters.AddWithValue("organization", tx.Organization);
        command.Parameters.AddWithValue("project", tx.Project);
        command.Parameters.AddWithValue("hash", hash);
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, ct);
        if (!await reader.ReadAsync(ct)) return null;

        var size = reader.GetInt64(0);
        var encoding = reader.GetString(1);
        var stored = Spool.Create(reader.GetInt32(2));
        try
        {
            await using var column = await reader.GetStreamAsync(3, ct);
            await column.CopyToAsync(stored, ct);
            stored.Position = 0;
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }

        return new StoredObject(size, encoding == Brotli ? new BrotliStream(stored, CompressionMode.Decompress) : stored);
    }

    /// <returns>The compressed bytes, at their start; null when they are not an eighth smaller, as with media and archives.</returns>
    static async Task<Stream?> CompressAsync(Stream bytes, CancellationToken ct)
    {
        bytes.Position = 0;
        var compressed = Spool.Create(bytes.Length);
        try
        {
            await using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            {
                await bytes.CopyToAsync(brotli, ct);
            }

            if (compressed.Length <= bytes.Length - bytes.Length / 8)
            {
                compressed.Position = 0;
                return compressed;
            }
        }
        catch
        {
            await compressed.DisposeAsync();
            throw;
        }

        await compressed.DisposeAsync();
        return null;
    }
}

/// <summary>An object's own bytes, decompressed while they are read; not seekable.</summary>
public sealed class StoredObject(long size, Stream bytes) : IAsyncDisposable
{
    public long Size => size;

    public Stream Bytes => bytes;

    public async Task<byte[]> ToArrayAsync(CancellationToken ct)
    {
        var all = new byte[size];
        await bytes.ReadExactlyAsync(all, ct);
        return all;
    }

    public ValueTask DisposeAsync() => bytes.DisposeAsync();
}
