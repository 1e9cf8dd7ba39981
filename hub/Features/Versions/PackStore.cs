using CineGit.Hub.Platform.Database;
using CineGit.Timeline.Objects;
using Dapper;
using NpgsqlTypes;

namespace CineGit.Hub.Features.Versions;

/// <summary>A pack as it arrived, and the version it is of.</summary>
public sealed record StoredPack(PackId Id, string Version, ReadOnlyMemory<byte> Bytes);

/// <summary>The packs of one project, within one transaction.</summary>
public sealed class PackStore(ProjectTransaction tx) : IPackStore
{
    /// <summary>
    /// Besides what is wanted come the packs received before it: a version is made of what the versions before it brought,
    /// so that one whose objects are in hundreds of packs is opened in a few turns.
    /// </summary>
    const int MostExtras = 200;

    const int ExtraBytes = 8 * 1024 * 1024;

    /// <exception cref="CorruptObjectException">A stored pack is damaged.</exception>
    public async Task<IReadOnlyList<Pack>> FetchAsync(IReadOnlyCollection<PackId> wanted, CancellationToken ct)
    {
        const string sql = """
            with newest as (
                select id & 1 as part, max(ordinal) as ordinal
                from packs
                where organization_id = @Organization and project_id = @Project and id = any(@wanted)
                group by id & 1
            ), earlier as (
                select p.id, sum(octet_length(p.bytes)) over (order by p.ordinal desc) as total
                from newest
                cross join lateral (
                    select id, bytes, ordinal
                    from packs
                    where organization_id = @Organization and project_id = @Project
                      and (id & 1) = newest.part and ordinal < newest.ordinal
                    order by ordinal desc
                    limit @most) p
            )
            select id, bytes
            from packs
            where organization_id = @Organization and project_id = @Project
              and id = any(array(select e.id from earlier e where e.total <= @mostBytes) || @wanted)
            """;
        var rows = await tx.Connection.QueryAsync<(long Id, byte[] Bytes)>(tx.Command(
            sql,
            new { tx.Organization, tx.Project, wanted = wanted.Select(KeyOf).ToArray(), most = MostExtras, mostBytes = (long)ExtraBytes },
            ct));
        return [.. rows.Select(row => Pack.Read(IdOf(row.Id), row.Bytes))];
    }

    /// <summary>Adds packs in the order they come, parents' first. One that is there already stays as it is.</summary>
    /// <returns>A version whose place another one has, which share their first 63 bits; null, as practically always, when there is none.</returns>
    public async Task<string?> AddAsync(IAsyncEnumerable<StoredPack> packs, DateTimeOffset createdAt, CancellationToken ct)
    {
        const string create = """
            create temporary table if not exists incoming_packs (place bigint, id bigint, version text, bytes bytea) on commit drop;
            alter table incoming_packs alter column bytes set storage external;
            truncate incoming_packs;
            """;
        const string add = """
            insert into packs (organization_id, project_id, id, version, bytes, created_at)
            select @Organization, @Project, i.id, i.version, i.bytes, @createdAt
            from incoming_packs i
            order by i.place
            on conflict do nothing
            """;
        const string clash = """
            select i.version
            from incoming_packs i
            join packs p on p.organization_id = @Organization and p.project_id = @Project and p.id = i.id
            where p.version <> i.version
            limit 1
            """;
        await tx.Connection.ExecuteAsync(tx.Command(create, new { }, ct));
        await CopyAsync(packs, ct);
        await tx.Connection.ExecuteAsync(tx.Command(add, new { tx.Organization, tx.Project, createdAt }, ct));
        return await tx.Connection.QueryFirstOrDefaultAsync<string>(tx.Command(clash, new { tx.Organization, tx.Project }, ct));
    }

    /// <summary>
    /// The packs of the first of these versions, as many as are not too much to hold at once, and always one version's.
    /// </summary>
    public async Task<IReadOnlyList<(ReadOnlyMemory<byte> Cut, ReadOnlyMemory<byte> Native)>> ReadAsync(
        IReadOnlyList<StoredVersion> versions, CancellationToken ct)
    {
        const string sql = """
            with sized as (
                select w.place, c.bytes as cut, coalesce(n.bytes, ''::bytea) as native,
                       sum(octet_length(c.bytes) + coalesce(octet_length(n.bytes), 0)) over (order by w.place) as total
                from unnest(@cuts, @natives) with ordinality as w(cut, native, place)
                left join packs c on c.organization_id = @Organization and c.project_id = @Project and c.id = w.cut
                left join packs n on n.organization_id = @Organization and n.project_id = @Project and n.id = w.native
            )
            select cut, native
            from sized
            where place = 1 or total <= @mostBytes
            order by place
            """;
        var rows = await tx.Connection.QueryAsync<(byte[]? Cut, byte[] Native)>(tx.Command(
            sql,
            new
            {
                tx.Organization,
                tx.Project,
                cuts = versions.Select(version => KeyOf(version.CutPack)).ToArray(),
                natives = versions.Select(version => KeyOf(version.NativePack)).ToArray(),
                mostBytes = (long)ExtraBytes,
            },
            ct));
        return [.. rows.Select(Whole)];

        static (ReadOnlyMemory<byte>, ReadOnlyMemory<byte>) Whole((byte[]? Cut, byte[] Native) row) =>
            (row.Cut ?? throw new CorruptObjectException("the pack of a version's cut is not in the database"), row.Native);
    }

    async Task CopyAsync(IAsyncEnumerable<StoredPack> packs, CancellationToken ct)
    {
        const string copy = "copy incoming_packs (place, id, version, bytes) from stdin (format binary)";
        await using var import = await tx.Connection.BeginBinaryImportAsync(copy, ct);
        var place = 0L;
        await foreach (var pack in packs.WithCancellation(ct))
        {
            await import.StartRowAsync(ct);
            await import.WriteAsync(place++, NpgsqlDbType.Bigint, ct);
            await import.WriteAsync(KeyOf(pack.Id), NpgsqlDbType.Bigint, ct);
            await import.WriteAsync(pack.Version, NpgsqlDbType.Text, ct);
            await import.WriteAsync(pack.Bytes, NpgsqlDbType.Bytea, ct);
        }

        await import.CompleteAsync(ct);
    }

    /// <summary>PostgreSQL's integers have a sign; the bits are the same.</summary>
    static long KeyOf(PackId id) => unchecked((long)id.Value);

    static PackId IdOf(long key) => new(unchecked((ulong)key));
}
