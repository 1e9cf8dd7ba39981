using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Tags;

/// <summary>Owns the table <c>tags</c>.</summary>
public static class TagStore
{
    /// <summary>By name; a page of them.</summary>
    /// <param name="after">Only those behind this name; null from the first on.</param>
    /// <param name="most">At most so many; null for all.</param>
    public static async Task<IReadOnlyList<TagResponse>> ListAsync(ProjectTransaction tx, string? after, int? most, CancellationToken ct)
    {
        const string sql = """
            select name, version, message, tagged_by_name, tagged_at
            from tags
            where organization_id = @Organization and project_id = @Project and (@after::text is null or name > @after)
            order by name
            limit @most
            """;
        var rows = await tx.Connection.QueryAsync<TagResponse>(tx.Command(sql, new { tx.Organization, tx.Project, after, most }, ct));
        return rows.AsList();
    }

    public static async Task<ILookup<string, string>> NamesOfAsync(ProjectTransaction tx, IEnumerable<string> versions, CancellationToken ct)
    {
        const string sql = """
            select version, name
            from tags
            where organization_id = @Organization and project_id = @Project and version = any(@versions)
            order by name
            """;
        var rows = await tx.Connection.QueryAsync<(string Version, string Name)>(
            tx.Command(sql, new { tx.Organization, tx.Project, versions = versions.ToArray() }, ct));
        return rows.ToLookup(row => row.Version, row => row.Name, StringComparer.Ordinal);
    }

    public static Task<TagResponse?> FindAsync(ProjectTransaction tx, string name, CancellationToken ct)
    {
        const string sql = """
            select name, version, message, tagged_by_name, tagged_at
            from tags
            where organization_id = @Organization and project_id = @Project and name = @name
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<TagResponse>(tx.Command(sql, new { tx.Organization, tx.Project, name }, ct));
    }

    /// <summary>As <see cref="FindAsync"/>; nobody moves it until this transaction ends.</summary>
    public static Task<TagResponse?> LockAsync(ProjectTransaction tx, string name, CancellationToken ct)
    {
        const string sql = """
            select name, version, message, tagged_by_name, tagged_at
            from tags
            where organization_id = @Organization and project_id = @Project and name = @name
            for update
            """;
        return tx.Connection.QuerySingleOrDefaultAsync<TagResponse>(tx.Command(sql, new { tx.Organization, tx.Project, name }, ct));
    }

    /// <returns>False when the name is taken.</returns>
    public static async Task<bool> AddAsync(ProjectTransaction tx, TagResponse tag, Guid by, CancellationToken ct)
    {
        const string sql = """
            insert into tags (organization_id, project_id, name, version, message, tagged_by, tagged_by_name, tagged_at)
            values (@Organization, @Project, @Name, @Version, @Message, @by, @TaggedByName, @TaggedAt)
            on conflict do nothing
            """;
        var parameters = new { tx.Organization, tx.Project, tag.Name, tag.Version, tag.Message, by, tag.TaggedByName, tag.TaggedAt };
        return await tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct)) == 1;
    }

    public static Task MoveAsync(ProjectTransaction tx, TagResponse tag, Guid by, CancellationToken ct)
    {
        const string sql = """
            update tags
            set version = @Version, message = @Message, tagged_by = @by, tagged_by_name = @TaggedByName, tagged_at = @TaggedAt
            where organization_id = @Organization and project_id = @Project and name = @Name
            """;
        var parameters = new { tx.Organization, tx.Project, tag.Name, tag.Version, tag.Message, by, tag.TaggedByName, tag.TaggedAt };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    public static Task RemoveAsync(ProjectTransaction tx, string name, CancellationToken ct)
    {
        const string sql = "delete from tags where organization_id = @Organization and project_id = @Project and name = @name";
        return tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, name }, ct));
    }
}
