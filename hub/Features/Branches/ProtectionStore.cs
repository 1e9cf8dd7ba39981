using CineGit.Hub.Platform.Database;
using Dapper;

namespace CineGit.Hub.Features.Branches;

/// <summary>Owns the table <c>branch_protections</c>. Whoever changes a row, or moves a head by it, holds the branch's lock.</summary>
public static class ProtectionStore
{
    public static async Task<BranchProtection?> FindAsync(ProjectTransaction tx, string branch, CancellationToken ct)
    {
        // Roles' and checks' names have no spaces.
        const string sql = """
            select branch, approvals, array_to_string(checks, ' ') as checks, array_to_string(merge_roles, ' ') as merge_roles,
                   array_to_string(merge_people, ' ') as merge_people, direct_push, set_by_name, set_at
            from branch_protections
            where organization_id = @Organization and project_id = @Project and branch = @branch
            """;
        var row = await tx.Connection.QuerySingleOrDefaultAsync<Row>(tx.Command(sql, new { tx.Organization, tx.Project, branch }, ct));
        return row?.ToProtection();
    }

    public static Task PutAsync(ProjectTransaction tx, BranchProtection protection, Guid by, CancellationToken ct)
    {
        const string sql = """
            insert into branch_protections (
                organization_id, project_id, branch, approvals, checks, merge_roles, merge_people, direct_push, set_by, set_by_name, set_at)
            values (@Organization, @Project, @Branch, @Approvals, @checks, @mergeRoles, @mergePeople, @DirectPush, @by, @SetByName, @SetAt)
            on conflict (organization_id, project_id, branch) do update
            set approvals = excluded.approvals, checks = excluded.checks, merge_roles = excluded.merge_roles,
                merge_people = excluded.merge_people, direct_push = excluded.direct_push,
                set_by = excluded.set_by, set_by_name = excluded.set_by_name, set_at = excluded.set_at
            """;
        var parameters = new
        {
            tx.Organization,
            tx.Project,
            protection.Branch,
            protection.Approvals,
            checks = protection.Checks.ToArray(),
            mergeRoles = protection.MergeRoles.ToArray(),
            mergePeople = protection.MergePeople.ToArray(),
            protection.DirectPush,
            by,
            protection.SetByName,
            protection.SetAt,
        };
        return tx.Connection.ExecuteAsync(tx.Command(sql, parameters, ct));
    }

    /// <returns>False when the branch asked nothing.</returns>
    public static async Task<bool> RemoveAsync(ProjectTransaction tx, string branch, CancellationToken ct)
    {
        const string sql = "delete from branch_protections where organization_id = @Organization and project_id = @Project and branch = @branch";
        return await tx.Connection.ExecuteAsync(tx.Command(sql, new { tx.Organization, tx.Project, branch }, ct)) == 1;
    }

    sealed record Row(
        string Branch, int Approvals, string Checks, string MergeRoles, string MergePeople, bool DirectPush, string SetByName, DateTimeOffset SetAt)
    {
        public BranchProtection ToProtection() =>
            new(Branch, Approvals, [.. Words(Checks)], [.. Words(MergeRoles)], [.. Words(MergePeople).Select(Guid.Parse)], DirectPush, SetByName, SetAt);

        static string[] Words(string joined) => joined.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
