using System.Collections.Immutable;
using CineGit.Hub.Features.Projects;
using Dapper;

namespace CineGit.Hub.Features.Versions;

/// <summary>Walks from versions to their parents. A version's generation is above all its ancestors', which bounds the walks.</summary>
public static class Ancestry
{
    /// <summary>True when <paramref name="ancestor"/> is one of the versions or leads to one.</summary>
    public static Task<bool> LeadsToAsync(
        ProjectTransaction tx, string ancestor, IReadOnlyCollection<string> versions, CancellationToken ct)
    {
        const string sql = """
            with recursive walk as (
                select v.id
                from versions v
                where v.organization_id = @Organization and v.project_id = @Project and v.id = any(@versions)
                union
                select parent.id
                from walk
                join version_parents p
                  on p.organization_id = @Organization and p.project_id = @Project and p.version = walk.id
                join versions parent
                  on parent.organization_id = @Organization and parent.project_id = @Project and parent.id = p.parent
                where parent.generation >= (
                    select a.generation
                    from versions a
                    where a.organization_id = @Organization and a.project_id = @Project and a.id = @ancestor)
            )
            select exists (select from walk where id = @ancestor)
            """;
        return tx.Connection.ExecuteScalarAsync<bool>(
            tx.Command(sql, new { tx.Organization, tx.Project, ancestor, versions = versions.ToArray() }, ct));
    }

    /// <summary>
    /// The common ancestors that lead to no other common ancestor, the latest generation first; several after criss-cross
    /// merges, none when the two are unrelated.
    /// </summary>
    public static async Task<ImmutableArray<string>> BestCommonAsync(
        ProjectTransaction tx, string left, string right, CancellationToken ct)
    {
        const string sql = """
            with recursive of_left as (
                select @left::text collate "C" as id
                union
                select p.parent
                from of_left
                join version_parents p
                  on p.organization_id = @Organization and p.project_id = @Project and p.version = of_left.id
            ), of_right as (
                select @right::text collate "C" as id
                union
                select p.parent
                from of_right
                join version_parents p
                  on p.organization_id = @Organization and p.project_id = @Project and p.version = of_right.id
            ), common as materialized (
                select id from of_left intersect select id from of_right
            ), covered as (
                select p.parent as id
                from version_parents p
                join common on common.id = p.version
                where p.organization_id = @Organization and p.project_id = @Project
            )
            select v.id
            from versions v
            join common on common.id = v.id
            where v.organization_id = @Organization and v.project_id = @Project
              and not exists (select from covered where covered.id = v.id)
            order by v.generation desc, v.created_at desc, v.id
            """;
        var best = await tx.Connection.QueryAsync<string>(
            tx.Command(sql, new { tx.Organization, tx.Project, left, right }, ct));
        return [.. best];
    }

    /// <summary>
    /// The <paramref name="count"/> newest of the versions and everything that leads to them, by generation.
    /// The walk stops <paramref name="count"/> generations down: a chain of parents fills every generation, so it holds enough.
    /// </summary>
    public static async Task<ImmutableArray<StoredVersion>> NewestAsync(
        ProjectTransaction tx, IReadOnlyCollection<string> versions, int count, CancellationToken ct)
    {
        const string sql = """
            with recursive walk as (
                select v.id
                from versions v
                where v.organization_id = @Organization and v.project_id = @Project and v.id = any(@versions)
                union
                select parent.id
                from walk
                join version_parents p
                  on p.organization_id = @Organization and p.project_id = @Project and p.version = walk.id
                join versions parent
                  on parent.organization_id = @Organization and parent.project_id = @Project and parent.id = p.parent
                where parent.generation > (
                    select max(f.generation) - @count
                    from versions f
                    where f.organization_id = @Organization and f.project_id = @Project and f.id = any(@versions))
            )
            select v.id,
                   coalesce((select string_agg(p.parent, ' ' order by p.ordinal)
                             from version_parents p
                             where p.organization_id = v.organization_id and p.project_id = v.project_id and p.version = v.id), '') as parents,
                   v.cut, v.native, v.native_name, v.author_name, v.message, v.created_at, v.generation, v.lineage
            from walk
            join versions v on v.organization_id = @Organization and v.project_id = @Project and v.id = walk.id
            order by v.generation desc, v.created_at desc, v.id
            limit @count
            """;
        var rows = await tx.Connection.QueryAsync<VersionRow>(
            tx.Command(sql, new { tx.Organization, tx.Project, versions = versions.ToArray(), count }, ct));
        return [.. rows.Select(row => row.ToVersion())];
    }
}
