using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Versions;

public static class VersionStore
{
    /// <summary>So many versions are added with one statement.</summary>
    const int LongestRun = 1000;

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

    /// <summary>Adds versions, parents first. Those that are there already stay as they are.</summary>
    /// <param name="known">Their parents that are there.</param>
    public static async Task AddManyAsync(
        ProjectTransaction tx,
        IReadOnlyList<PushedVersion> versions,
        IReadOnlyDictionary<string, StoredVersion> known,
        Guid receivedFrom,
        DateTimeOffset receivedAt,
        CancellationToken ct)
    {
        var places = known.ToDictionary(pair => pair.Key, pair => new Place(pair.Value.Generation, pair.Value.Lineage), StringComparer.Ordinal);
        var run = new List<(PushedVersion Version, Place Place)>();
        foreach (var version in versions)
        {
            var parents = version.Record.Parents;
            if (parents.Count > 1 || run.Count == LongestRun)
            {
                await AddRunAsync(tx, run, receivedFrom, receivedAt, ct);
                run.Clear();
            }

            if (parents.Count > 1)
            {
                places[version.Id] = await AddAsync(tx, version.Id, version.Record, receivedFrom, receivedAt, ct);
                continue;
            }

            var before = parents.Count == 0 ? new Place(0, 0) : places[parents[0]];
            var place = new Place(before.Generation + 1, before.Lineage + 1);
            places[version.Id] = place;
            run.Add((version, place));
        }

        await AddRunAsync(tx, run, receivedFrom, receivedAt, ct);
    }

    /// <summary>Adds a version whose parents the project has. One that is there already stays as it is.</summary>
    public static async Task<Place> AddAsync(
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
        return await tx.Connection.QuerySingleAsync<Place>(tx.Command(
            "select generation, lineage from versions where organization_id = @Organization and project_id = @Project and id = @id",
            new { tx.Organization, tx.Project, id },
            ct));
    }

    /// <summary>Versions that are no merges: how many lead to each is one more than to its parent.</summary>
    static async Task AddRunAsync(
        ProjectTransaction tx, List<(PushedVersion Version, Place Place)> run, Guid receivedFrom, DateTimeOffset receivedAt, CancellationToken ct)
    {
        const string addVersions = """
            insert into versions (
                organization_id, project_id, id, cut, native, native_name, author_name, message, created_at,
                generation, lineage, received_from, received_at)
            select @Organization, @Project, v.id, v.cut, v.native, v.native_name, v.author_name, v.message, v.created_at,
                   v.generation, v.lineage, @receivedFrom, @receivedAt
            from unnest(@ids, @cuts, @natives, @nativeNames, @authors, @messages, @createdAt, @generations, @lineages)
                as v(id, cut, native, native_name, author_name, message, created_at, generation, lineage)
            on conflict do nothing
            """;
        const string addParents = """
            insert into version_parents (organization_id, project_id, version, ordinal, parent)
            select @Organization, @Project, p.id, 0, p.parent
            from unnest(@ids, @parents) as p(id, parent)
            where p.parent is not null
            on conflict do nothing
            """;
        if (run.Count == 0) return;
        var ids = run.Select(each => each.Version.Id).ToArray();
        var records = run.ConvertAll(each => each.Version.Record);
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            ids,
            cuts = records.Select(record => record.Cut).ToArray(),
            natives = records.Select(record => record.Native).ToArray(),
            nativeNames = records.Select(record => record.NativeName).ToArray(),
            authors = records.Select(record => record.AuthorName).ToArray(),
            messages = records.Select(record => record.Message).ToArray(),
            createdAt = records.Select(record => record.CreatedAt).ToArray(),
            generations = run.Select(each => each.Place.Generation).ToArray(),
            lineages = run.Select(each => each.Place.Lineage).ToArray(),
            receivedFrom,
            receivedAt,
        };
        await tx.Connection.ExecuteAsync(tx.Command(addVersions, parameters, ct));
        var parents = records.Select(record => record.Parents.Count == 0 ? null : record.Parents[0]).ToArray();
        await tx.Connection.ExecuteAsync(tx.Command(addParents, new { tx.Organization, tx.Project, ids, parents }, ct));
    }

    /// <summary>Where a version stands; see <see cref="StoredVersion"/>.</summary>
    public sealed record Place(int Generation, int Lineage);
}
