using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Versions;

public static class VersionStore
{
    public static async Task<StoredVersion?> FindAsync(ProjectTransaction tx, string id, CancellationToken ct) =>
        (await FindManyAsync(tx, [id], ct)).GetValueOrDefault(id);

    /// <returns>Those of the ids that the project has.</returns>
    public static async Task<IReadOnlyDictionary<string, StoredVersion>> FindManyAsync(
        ProjectTransaction tx, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        const string sql = """
            select v.id,
                   coalesce((select string_agg(p.parent, ' ' order by p.ordinal)
                             from version_parents p
                             where p.organization_id = v.organization_id and p.project_id = v.project_id and p.version = v.id), '') as parents,
                   v.cut, v.native, v.native_name, v.author_name, v.message, v.created_at, v.generation, v.lineage
            from versions v
            where v.organization_id = @Organization and v.project_id = @Project and v.id = any(@ids)
            """;
        var rows = await tx.Connection.QueryAsync<VersionRow>(
            tx.Command(sql, new { tx.Organization, tx.Project, ids = ids.ToArray() }, ct));
        return rows.ToDictionary(row => row.Id, row => row.ToVersion(), StringComparer.Ordinal);
    }

    /// <summary>Adds a version whose parents and objects the project has. One that is there already stays as it is.</summary>
    public static async Task AddAsync(
        ProjectTransaction tx, string id, VersionRecord version, Guid receivedFrom, DateTimeOffset receivedAt, CancellationToken ct)
    {
        const string addVersion = """
            with recursive parents as (
                select v.id, v.generation, v.lineage
                from versions v
                where v.organization_id = @Organization and v.project_id = @Project and v.id = any(@parents)
            ), walk as (
                select id from parents
                union
                select p.parent
                from walk
                join version_parents p
                  on p.organization_id = @Organization and p.project_id = @Project and p.version = walk.id
            )
            insert into versions (
                organization_id, project_id, id, cut, native, native_name, author_name, message, created_at,
                generation, lineage, received_from, received_at)
            select @Organization, @Project, @id, @Cut, @Native, @NativeName, @AuthorName, @Message, @CreatedAt,
                   1 + coalesce((select max(generation) from parents), 0),
                   1 + case when cardinality(@parents) > 1
                            then (select count(*)::int from walk)
                            else coalesce((select max(lineage) from parents), 0) end,
                   @receivedFrom, @receivedAt
            on conflict do nothing
            """;
        const string addParents = """
            insert into version_parents (organization_id, project_id, version, ordinal, parent)
            select @Organization, @Project, @id, (p.ordinal - 1)::smallint, p.parent
            from unnest(@parents) with ordinality as p(parent, ordinal)
            on conflict do nothing
            """;
        var parents = version.Parents.ToArray();
        await tx.Connection.ExecuteAsync(tx.Command(
            addVersion,
            new
            {
                tx.Organization,
                tx.Project,
                id,
                parents,
                version.Cut,
                version.Native,
                version.NativeName,
                version.AuthorName,
                version.Message,
                version.CreatedAt,
                receivedFrom,
                receivedAt,
            },
            ct));
        await tx.Connection.ExecuteAsync(tx.Command(addParents, new { tx.Organization, tx.Project, id, parents }, ct));
    }
}
