using CineGit.Hub.Platform.Database.Embedded;
using Npgsql;

namespace CineGit.Hub.Tests.Database;

/// <summary>The hub's own cluster, opened past the hub.</summary>
public static class TestDatabase
{
    public static NpgsqlDataSource OpenAsOwner(string data) => NpgsqlDataSource.Create(Address(data, "cinegit_owner", "cinegit", pooled: false));

    public static NpgsqlDataSource OpenAsAdministrator(string data) =>
        NpgsqlDataSource.Create(Address(data, ClusterFolder.Administrator, "cinegit", pooled: false));

    /// <summary>What another hub is given to work on the same cluster.</summary>
    public static string[] Arguments(string data, string database = "cinegit") =>
    [
        "--Hub:Database", Address(data, "cinegit_app", database, pooled: true),
        "--Hub:DatabaseOwner", Address(data, "cinegit_owner", database, pooled: false),
    ];

    static string Address(string data, string role, string database, bool pooled)
    {
        var password = File.ReadAllText(Path.Combine(data, "postgres-password")).Trim();
        return new NpgsqlConnectionStringBuilder
        {
            Host = Path.Combine(data, "postgres-socket"),
            Port = 5432,
            Username = role,
            Password = role == ClusterFolder.Administrator ? password : ClusterFolder.PasswordOf(role, password),
            Database = database,
            Pooling = pooled,
        }.ConnectionString;
    }

    /// <summary>The server's process, as the cluster's folder names it.</summary>
    public static int PostmasterPid(string data) =>
        int.Parse(File.ReadLines(Path.Combine(data, "postgres", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);
}
