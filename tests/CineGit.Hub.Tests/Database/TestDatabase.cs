using CineGit.Hub.Platform.Database.Embedded;
using Npgsql;

namespace CineGit.Hub.Tests.Database;

/// <summary>The hub's own cluster, opened past the hub.</summary>
public static class TestDatabase
{
    public static NpgsqlDataSource OpenAsOwner(string data) => Open(data, "cinegit_owner", "cinegit");

    static NpgsqlDataSource Open(string data, string role, string database) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder
        {
            Host = Path.Combine(data, "postgres-socket"),
            Port = 5432,
            Username = role,
            Password = ClusterFolder.PasswordOf(role, File.ReadAllText(Path.Combine(data, "postgres-password")).Trim()),
            Database = database,
            Pooling = false,
        });

    /// <summary>The server's process, as the cluster's folder names it.</summary>
    public static int PostmasterPid(string data) =>
        int.Parse(File.ReadLines(Path.Combine(data, "postgres", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);
}
