namespace CineGit.TestKit.Running;

/// <summary>The real hub on its own private PostgreSQL, as <c>./dev up</c> runs it.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90L);
    static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20L);
    const string ReadyPrefix = "CineGit hub ready at ";

    HubProcess(ChildProcess process, Uri url, string dataFolder)
    {
        Process = process;
        Url = url;
        DataFolder = dataFolder;
    }

    public ChildProcess Process { get; }

    public Uri Url { get; }

    public string DataFolder { get; }

    /// <summary>Where the one-time link lies while nobody has been set up.</summary>
    public string SetupLinkFile => Path.Combine(DataFolder, "setup-link");

    /// <param name="more">Further arguments.</param>
    public static async Task<HubProcess> StartAsync(string hubDll, string dataFolder, string url, CancellationToken ct, params string[] more)
    {
        var process = ChildProcess.Start("dotnet", [hubDll, $"--Hub:Data={dataFolder}", $"--Hub:Url={url}", .. more]);
        try
        {
            var line = await process.WaitForLineAsync(l => l.StartsWith(ReadyPrefix, StringComparison.Ordinal), StartLimit, ct);
            return new(process, new Uri(line[ReadyPrefix.Length..].Trim()), dataFolder);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<ToolResult> StopAsync(CancellationToken ct) => Process.StopAsync(StopLimit, ct);

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited) await Process.StopAsync(StopLimit, CancellationToken.None);
        await Process.DisposeAsync();
    }
}
