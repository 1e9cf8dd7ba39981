using System.Text.RegularExpressions;

namespace CineGit.TestKit.Running;

/// <summary>An edit bay: one person's home folder and working copy, driven through the real command line.</summary>
public sealed partial class Bay
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(60L);

    readonly string _agentDll;

    public Bay(string agentDll, string folder)
    {
        _agentDll = agentDll;
        Home = Path.Combine(folder, "home");
        WorkingCopy = Path.Combine(folder, "work");
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(WorkingCopy);
    }

    public string Home { get; }

    public string WorkingCopy { get; }

    Dictionary<string, string?> Environment => new() { ["CINEGIT_HOME"] = Home };

    /// <summary>Runs a command that must succeed; its standard output.</summary>
    public async Task<string> CineGitAsync(CancellationToken ct, params IEnumerable<string> arguments)
    {
        var result = await TryAsync(ct, arguments);
        if (result.ExitCode == 0) return result.Out;
        throw new InvalidOperationException($"cinegit {string.Join(' ', arguments)} ended with {result.ExitCode}.\n{result.Out}\n{result.Error}");
    }

    public Task<ToolResult> TryAsync(CancellationToken ct, params IEnumerable<string> arguments) =>
        ChildProcess.RunAsync("dotnet", [_agentDll, .. arguments], WorkingCopy, Environment, Limit, ct);

    /// <summary>The daemon; the caller stops it.</summary>
    public ChildProcess StartAgent() => ChildProcess.Start("dotnet", [_agentDll, "agent"], WorkingCopy, Environment);

    /// <summary>Signs in by device code, approved by a person in the browser.</summary>
    public async Task SignInAsync(Uri hub, Browser browser, CancellationToken ct)
    {
        await using var login = ChildProcess.Start("dotnet", [_agentDll, "login", hub.ToString()], WorkingCopy, Environment);
        var line = await login.WaitForLineAsync(l => UserCode().IsMatch(l), Limit, ct);
        await browser.ApproveAsync(UserCode().Match(line).Value, ct);
        var result = await login.WaitForExitAsync(Limit, ct);
        if (result.ExitCode != 0) throw new InvalidOperationException($"cinegit login ended with {result.ExitCode}.\n{login.Transcript()}");
    }

    [GeneratedRegex(@"\b[A-Z]{4}-[A-Z]{4}\b")]
    private static partial Regex UserCode();
}
