using System.Collections.Immutable;
using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Versions;

/// <summary>
/// Walks from versions to their parents. A version's generation is above all its ancestors', which bounds the walks. Each step
/// looks its few parents up (<c>offset 0</c> keeps it so): read as one join, PostgreSQL may scan a whole table at every step.
/// </summary>
public static class AncestryStore
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
                cross join lateral (
                    select parent.id
                    from version_parents p
                    join versions parent
                      on parent.organization_id = @Organization and parent.project_id = @Project and parent.id = p.parent
                    where p.organization_id = @Organization and p.project_id = @Project and p.version = walk.id
                      and parent.generation >= (
                        select a.generation
                        from versions a
                        where a.organization_id = @Organization and a.project_id = @Project and a.id = @ancestor)
                    offset 0) parent
            )
            select exists (select from walk where id = @ancestor)
            """;
        return tx.Connection.ExecuteScalarAsync<bool>(
            tx.Command(sql, new { tx.Organization, tx.Project, ancestor, versions = versions.ToArray() }, ct));
    }

    /// <summary>
    /// The common ancestors that lead to no other common ancestor, the latest generation first; several after criss-cross
    /// merges, none when the two are unrelated. Reads back only as far as the two have gone apart.
    /// </summary>
    public static async Task<ImmutableArray<string>> BestCommonAsync(
        ProjectTransaction tx, string left, string right, CancellationToken ct)
    {
        const int window = 200;
        var reached = new Dictionary<string, Reach>(StringComparer.Ordinal) { [left] = Reach.Left };
        reached[right] = reached.GetValueOrDefault(right) | Reach.Right;
        var best = ImmutableArray.CreateBuilder<string>();
        string[] pending = [.. reached.Keys];
        while (pending.Any(id => !reached[id].HasFlag(Reach.Covered)))
        {
            var page = await NewestAsync(tx, pending, window, ct);
            foreach (var version in page)
            {
                // Everything that this version leads to was read before it, so what reaches it is all known.
                var reach = reached[version.Id];
                if (reach == Reach.Both) best.Add(version.Id);
                if (reach.HasFlag(Reach.Both)) reach |= Reach.Covered;
                foreach (var parent in version.Parents) reached[parent] = reached.GetValueOrDefault(parent) | reach;
            }

            pending = StillToCome(pending, page);
        }

        return best.ToImmutable();
    }

    /// <summary>
    /// Everything that leads to <paramref name="heads"/> but not to <paramref name="have"/>, parents first. Reads back only as far
    /// as the two have gone apart.
    /// </summary>
    /// <param name="have">Versions that the project has.</param>
    public static async Task<ImmutableArray<string>> MissingAsync(
        ProjectTransaction tx, IReadOnlyCollection<string> heads, IReadOnlyCollection<string> have, CancellationToken ct)
    {
        const int window = 500;
        var isHad = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var head in heads) isHad[head] = false;
        foreach (var held in have) isHad[held] = true;
        var missing = new List<string>();
        string[] pending = [.. isHad.Keys];
        while (pending.Any(id => !isHad[id]))
        {
            var page = await NewestAsync(tx, pending, window, ct);
            foreach (var version in page)
            {
                // Everything that this version leads to was read before it, so whether any of it is had is known.
                if (!isHad[version.Id]) missing.Add(version.Id);
                foreach (var parent in version.Parents) isHad[parent] = isHad.GetValueOrDefault(parent) | isHad[version.Id];
            }

            pending = StillToCome(pending, page);
        }

        missing.Reverse();
        return [.. missing];
    }

    /// <summary>After the newest of <paramref name="pending"/> were read as <paramref name="page"/>: where to go on.</summary>
    public static string[] StillToCome(IReadOnlyCollection<string> pending, ImmutableArray<StoredVersion> page)
    {
        var next = new SortedSet<string>(pending, StringComparer.Ordinal);
        next.UnionWith(page.SelectMany(version => version.Parents));
        next.ExceptWith(page.Select(version => version.Id));
        return [.. next];
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
                cross join lateral (
                    select parent.id
                    from version_parents p
                    join versions parent
                      on parent.organization_id = @Organization and parent.project_id = @Project and parent.id = p.parent
                    where p.organization_id = @Organization and p.project_id = @Project and p.version = walk.id
                      and parent.generation > (
                        select max(f.generation) - @count
                        from versions f
                        where f.organization_id = @Organization and f.project_id = @Project and f.id = any(@versions))
                    offset 0) parent
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

    /// <summary>From which of two versions a walk has come to a third.</summary>
    [Flags]
    enum Reach
    {
        None = 0,
        Left = 1,
        Right = 2,
        Both = Left | Right,

        /// <summary>A common ancestor leads here, so this is not the best one.</summary>
        Covered = 4,
    }
}
