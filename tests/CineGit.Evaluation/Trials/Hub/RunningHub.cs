#pragma warning disable RS0030 // The product is started as a user starts it; this project shares no code with the rest.
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CineGit.Evaluation.Trials.Hub;

/// <summary>The built hub with its own PostgreSQL, and one edit bay that is signed in to it.</summary>
sealed partial class RunningHub : IAsyncDisposable
{
    const string Ready = "CineGit hub ready at ";
    const string AntiForgery = "X-CineGit-Antiforgery";

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(90L);

    readonly Process _process;
    readonly string _folder;
    readonly string _agent;
    readonly HttpClient _http;

    RunningHub(Process process, string folder, string agent, Uri url)
    {
        (_process, _folder, _agent) = (process, folder, agent);
        _http = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = url };
    }

    public string Organization { get; private set; } = "";

    public Uri Url => _http.BaseAddress ?? throw new InvalidOperationException("the hub has an address");

    public static async Task<RunningHub> StartAsync(string hub, string agent)
    {
        var folder = Directory.CreateTempSubdirectory("cinegit-evaluation-hub-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var process = Start("dotnet", [hub, $"--Hub:Data={Path.Combine(folder, "hub")}", "--Hub:Url=http://127.0.0.1:0"], folder, null);
        var line = await LineAsync(process, l => l.StartsWith(Ready, StringComparison.Ordinal));
        var running = new RunningHub(process, folder, agent, new(line[Ready.Length..].Trim()));
        await running.SignInAsync();
        return running;
    }

    /// <summary>Runs the built command line in a working copy; it has to succeed.</summary>
    public async Task<string> CineGitAsync(string workingCopy, params IReadOnlyList<string> arguments)
    {
        using var child = Start("dotnet", [_agent, .. arguments], workingCopy, Path.Combine(_folder, "home"));
        var (output, errors) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? await output : throw new InvalidOperationException($"cinegit {string.Join(' ', arguments)}: {await errors}{await output}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        using (var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await stop.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The first person sets the hub up in the browser and lets the bay in.</summary>
    async Task SignInAsync()
    {
        var link = await File.ReadAllTextAsync(Path.Combine(_folder, "hub", "setup-link"));
        var password = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        var person = new { secret = link.Trim().Split('#')[^1], organizationName = "Bench", displayName = "Bench", email = "bench@example.org", password };
        await PostAsync("/api/v1/setup", person);
        using var session = JsonDocument.Parse(await _http.GetStringAsync("/api/v1/session"));
        Organization = session.RootElement.GetProperty("organizations")[0].GetProperty("slug").GetString() ?? "";
        _http.DefaultRequestHeaders.Add(AntiForgery, session.RootElement.GetProperty("antiForgery").GetString());
        Directory.CreateDirectory(Path.Combine(_folder, "home"));
        using var login = Start("dotnet", [_agent, "login", Url.ToString()], _folder, Path.Combine(_folder, "home"));
        var line = await LineAsync(login, UserCode().IsMatch);
        await PostAsync("/api/v1/device/approvals", new { userCode = UserCode().Match(line).Value });
        await login.WaitForExitAsync().WaitAsync(Limit);
    }

    async Task PostAsync(string route, object body)
    {
        using var answer = await _http.PostAsJsonAsync(route, body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{route} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    static Process Start(string program, IReadOnlyList<string> arguments, string folder, string? home)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        if (home is not null) start.Environment["CINEGIT_HOME"] = home;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
    }

    /// <summary>The first such line; what follows is read too, so that the program is never held up by a full pipe.</summary>
    static async Task<string> LineAsync(Process process, Func<string, bool> wanted)
    {
        var found = new TaskCompletionSource<string>();
        void Look(object _, DataReceivedEventArgs line)
        {
            if (line.Data is { } text && wanted(text)) found.TrySetResult(text);
        }

        process.OutputDataReceived += Look;
        process.ErrorDataReceived += Look;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await found.Task.WaitAsync(Limit);
    }

    [GeneratedRegex(@"\b[A-Z]{4}-[A-Z]{4}\b")]
    private static partial Regex UserCode();
}
