namespace CineGit.Hub.Platform.Database;

/// <summary>Connection strings of the two roles: <paramref name="Owner"/> makes the tables, <paramref name="App"/> works with the rows.</summary>
public sealed record DatabaseAddresses(string Owner, string App);
