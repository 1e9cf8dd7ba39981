using Npgsql;

namespace CineGit.Hub.Platform.Database;

/// <summary>Tells a database that is away from a mistake in a statement.</summary>
public static class DatabaseFailure
{
    public static bool IsFromDatabase(Exception exception) => exception is NpgsqlException;

    /// <summary>True for text that PostgreSQL cannot hold: a zero character in it.</summary>
    public static bool IsUnstorableText(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter };

    /// <summary>True when the same request may succeed in a moment: the server restarts, or the connection broke.</summary>
    public static bool IsAway(Exception exception) =>
        exception is NpgsqlException database && (database.IsTransient || database is not PostgresException);
}
