using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CineGit.Architecture.Tests;

/// <summary>Slices of the hub: routes name a policy, tables have one owner, SQL stays in the stores.</summary>
public static partial class HubRules
{
    static readonly string[] RouteVerbs = ["MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "MapGroup"];
    static readonly string[] PolicyCalls = ["RequireAuthorization", "RequirePermission", "AllowAnonymous"];

    /// <summary>
    /// A file that maps routes says who may call them. That each single endpoint of the running hub carries a policy is
    /// asserted by the hub's own tests; this rule catches the file that forgot altogether.
    /// </summary>
    public static IEnumerable<string> RoutePolicies(Repository repository) =>
        from file in repository.Product
        where file.IsUnder("hub/Features")
        let calls = file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(i => i.Expression).OfType<MemberAccessExpressionSyntax>().Select(m => m.Name.Identifier.ValueText).ToHashSet()
        where calls.Overlaps(RouteVerbs) && !calls.Overlaps(PolicyCalls)
        select $"{file.Path}: maps routes without a policy; say RequirePermission(…), RequireAuthorization(…) or AllowAnonymous()";

    /// <summary>Each table that the migrations leave is in the ownership table of hub/README.md: <c>| `table` | Feature |</c>.</summary>
    public static IEnumerable<string> TableOwners(Repository repository)
    {
        var owners = OwnersIn(repository);
        var dropped = repository.Migrations.SelectMany(each => DropTable().Matches(each.Text)).Select(m => m.Groups[1].Value).ToHashSet();
        foreach (var migration in repository.Migrations)
        {
            var tables = CreateTable().Matches(migration.Text).Select(m => m.Groups[1].Value);
            foreach (var table in tables.Where(t => !owners.ContainsKey(t) && !dropped.Contains(t)))
            {
                yield return $"{migration.Path}: table {table} has no owner in hub/README.md";
            }
        }
    }

    /// <summary>A feature writes its own tables only.</summary>
    public static IEnumerable<string> ForeignWrites(Repository repository)
    {
        var owners = OwnersIn(repository);
        foreach (var file in repository.Product.Where(f => f.IsUnder("hub/Features")))
        {
            var feature = file.Path.Split('/')[2];
            var foreign = Write().Matches(file.Text).Select(m => m.Groups[1].Value)
                .Where(table => owners.TryGetValue(table, out var owner) && owner != feature);
            foreach (var table in foreign) yield return $"{file.Path}: {feature} writes {table}, which {owners[table]} owns";
        }
    }

    public static IEnumerable<string> SqlPlaces(Repository repository) =>
        from file in repository.Product
        where file.IsUnder("hub")
        where !file.IsUnder("hub/Platform/Database") && !file.Path.EndsWith("Store.cs", StringComparison.Ordinal)
        from directive in file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
        let name = directive.Name?.ToString() ?? ""
        where name is "Dapper" or "Npgsql" || name.StartsWith("Npgsql.", StringComparison.Ordinal)
        select $"{file.Path}: {name} belongs in Platform/Database and in *Store.cs";

    static Dictionary<string, string> OwnersIn(Repository repository) =>
        OwnerRow().Matches(repository.Find("hub/README.md")?.Text ?? "")
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    [GeneratedRegex(@"create table (?:if not exists )?(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"drop table (\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex DropTable();

    [GeneratedRegex(@"\b(?:insert into|update|delete from)\s+([a-z_]+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Write();

    [GeneratedRegex(@"^\|\s*`(\w+)`\s*\|\s*(\w+)\s*\|", RegexOptions.Multiline)]
    private static partial Regex OwnerRow();
}
