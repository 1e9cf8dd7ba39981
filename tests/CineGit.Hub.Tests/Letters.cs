namespace CineGit.Hub.Tests;

/// <summary>What a hub without a mail server leaves in its data folder.</summary>
public static class Letters
{
    /// <summary>The first letter that has all these words, once it has come.</summary>
    public static async Task<string> WaitAsync(HubFixture hub, CancellationToken ct, params string[] words)
    {
        string? found = null;
        await Until.TrueAsync(
            () =>
            {
                found = All(hub).FirstOrDefault(text => words.All(word => text.Contains(word, StringComparison.Ordinal)));
                return Task.FromResult(found is not null);
            },
            $"a letter with {string.Join(", ", words)}",
            ct);
        return found ?? throw new InvalidOperationException("The letter went away.");
    }

    public static IEnumerable<string> All(HubFixture hub)
    {
        var folder = Path.Combine(hub.Folder.Path, "mail");
        return Directory.Exists(folder) ? Directory.GetFiles(folder).Select(Read) : [];
    }

    /// <summary>Quoted-printable, which breaks lines.</summary>
    static string Read(string file) => File.ReadAllText(file)
        .Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
}
