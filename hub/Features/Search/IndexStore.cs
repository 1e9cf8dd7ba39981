using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Search;

/// <summary>Owns the tables <c>indexed_versions</c> and <c>element_changes</c>: written with the versions, never changed.</summary>
public static class IndexStore
{
    /// <summary>So many rows are added with one statement.</summary>
    const int LongestRun = 10_000;

    /// <returns>Those of the versions that the index has.</returns>
    public static async Task<IReadOnlySet<string>> KnownAsync(ProjectTransaction tx, IEnumerable<string> versions, CancellationToken ct)
    {
        const string sql = """
            select version
            from indexed_versions
            where organization_id = @Organization and project_id = @Project and version = any(@versions)
            """;
        var known = await tx.Connection.QueryAsync<string>(tx.Command(sql, new { tx.Organization, tx.Project, versions = versions.ToArray() }, ct));
        return known.ToHashSet(StringComparer.Ordinal);
    }

    public static async Task AddAsync(ProjectTransaction tx, IReadOnlyCollection<IndexedVersion> versions, CancellationToken ct)
    {
        const string addVersions = """
            insert into indexed_versions (organization_id, project_id, version, is_whole)
            select @Organization, @Project, v.version, v.is_whole
            from unnest(@versions, @wholes) as v(version, is_whole)
            """;
        if (versions.Count == 0) return;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            versions = versions.Select(each => each.Version).ToArray(),
            wholes = versions.Select(each => each.IsWhole).ToArray(),
        };
        await tx.Connection.ExecuteAsync(tx.Command(addVersions, parameters, ct));
        foreach (var run in versions.SelectMany(each => each.Changes.Select(change => (each.Version, Change: change))).Chunk(LongestRun))
        {
            await AddRunAsync(tx, run, ct);
        }
    }

    /// <summary>What each version did to some media.</summary>
    public static async Task<IReadOnlyList<(string Version, string Element, bool Uses)>> OfMediaAsync(
        ProjectTransaction tx, string media, CancellationToken ct)
    {
        const string sql = """
            select version, element, media is not distinct from @media as uses
            from element_changes
            where organization_id = @Organization and project_id = @Project and (media = @media or media_before = @media)
            """;
        var rows = await tx.Connection.QueryAsync<(string Version, string Element, bool Uses)>(
            tx.Command(sql, new { tx.Organization, tx.Project, media }, ct));
        return rows.AsList();
    }

    /// <summary>What each version did to an element, with what a merge only brought along.</summary>
    public static async Task<IReadOnlyList<(string Version, ElementChange Change)>> OfElementAsync(
        ProjectTransaction tx, string element, CancellationToken ct)
    {
        const string sql = """
            select version, element, kind, name, track, media_before, media, is_carried
            from element_changes
            where organization_id = @Organization and project_id = @Project and element = @element
            """;
        var rows = await tx.Connection.QueryAsync<Row>(tx.Command(sql, new { tx.Organization, tx.Project, element }, ct));
        return [.. rows.Select(row => (row.Version, new ElementChange(row.Element, row.Kind, row.Name, row.Track, row.MediaBefore, row.Media, row.IsCarried)))];
    }

    /// <summary>All that leads to a version, itself included, parents first.</summary>
    public static async Task<IReadOnlyList<HistoryStep>> HistoryAsync(ProjectTransaction tx, string head, CancellationToken ct)
    {
        // One look-up a step (offset 0 keeps it so): read as a join, PostgreSQL may scan the whole table at every step.
        const string sql = """
            with recursive walk as (
                select @head::text collate "C" as id
                union
                select parent.parent
                from walk
                cross join lateral (
                    select p.parent
                    from version_parents p
                    where p.organization_id = @Organization and p.project_id = @Project and p.version = walk.id
                    offset 0) parent
            )
            select v.id as version, p.parent as first_parent, i.version is not null as is_known, coalesce(i.is_whole, false) as is_whole
            from walk
            join versions v on v.organization_id = @Organization and v.project_id = @Project and v.id = walk.id
            left join version_parents p
                on p.organization_id = @Organization and p.project_id = @Project and p.version = v.id and p.ordinal = 0
            left join indexed_versions i
                on i.organization_id = @Organization and i.project_id = @Project and i.version = v.id
            order by v.generation, v.id
            """;
        var rows = await tx.Connection.QueryAsync<HistoryStep>(tx.Command(sql, new { tx.Organization, tx.Project, head }, ct));
        return rows.AsList();
    }

    static Task<int> AddRunAsync(ProjectTransaction tx, (string Version, ElementChange Change)[] run, CancellationToken ct)
    {
        const string sql = """
            insert into element_changes (
                organization_id, project_id, version, element, kind, name, track, media_before, media, is_carried)
            select @Organization, @Project, c.version, c.element, c.kind, c.name, c.track, c.media_before, c.media, c.is_carried
            from unnest(@versions, @elements, @kinds, @names, @tracks, @before, @media, @carried)
                as c(version, element, kind, name, track, media_before, media, is_carried)
            """;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            versions = run.Select(each => each.Version).ToArray(),
            elements = run.Select(each => each.Change.Element).ToArray(),
            kinds = run.Select(each => each.Change.Kind).ToArray(),
            names = run.Select(each => each.Change.Name).ToArray(),
            tracks = run.Select(each => each.Change.Track).ToArray(),
            before = run.Select(each => each.Change.MediaBefore).ToArray(),
            media = run.Select(each => each.Change.Media).ToArray(),
            carried = run.Select(each => each.Change.IsCarried).ToArray(),
        };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    sealed record Row(
        string Version, string Element, string Kind, string Name, string Track, string? MediaBefore, string? Media, bool IsCarried);
}

/// <param name="FirstParent">What its row in the index is compared with; null at the beginning.</param>
/// <param name="IsKnown">False when it came before there was an index.</param>
/// <param name="IsWhole">It was compared with nothing.</param>
public sealed record HistoryStep(string Version, string? FirstParent, bool IsKnown, bool IsWhole);
