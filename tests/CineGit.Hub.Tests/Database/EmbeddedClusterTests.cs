using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Tests.Database;

/// <summary>The hub's own PostgreSQL through everything that can happen to it; each test has a hub and a folder to itself.</summary>
public sealed class EmbeddedClusterTests : IDisposable
{
    readonly TestFolder folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Data => Path.Combine(folder.Path, "data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_killed_server_is_started_again_under_the_running_hub()
    {
        await using var hub = await HubProcess.Start(Data).ReadyAsync(Ct);
        using var client = new HttpClient { BaseAddress = hub.Address };
        await SetUpAsync(client);
        var killed = TestDatabase.PostmasterPid(Data);
        await HubProcess.SignalAsync(killed, "KILL", TestContext.Current.CancellationToken);

        // Until it is back every answer is either good or says that the database is away.
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync(HubRoutes.Setup, Ct);
                if (answer.StatusCode == HttpStatusCode.OK) return !HubProcess.IsAlive(killed) && TestDatabase.PostmasterPid(Data) != killed;
                await Answers.ProblemAsync(answer, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
                return false;
            },
            "the hub answers over a new server",
            Ct);
        Assert.Equal(new SetupState(Open: false), await client.GetFromJsonAsync<SetupState>(HubRoutes.Setup, Ct));
    }

    [Fact]
    public async Task A_killed_hub_starts_again_and_has_lost_nothing()
    {
        var killed = await HubProcess.Start(Data).ReadyAsync(Ct);
        using (var client = new HttpClient { BaseAddress = killed.Address }) await SetUpAsync(client);
        var orphan = TestDatabase.PostmasterPid(Data);
        killed.Kill();
        await killed.EndedAsync(Ct);
        Assert.True(HubProcess.IsAlive(orphan), "Nothing was left behind, so nothing is shown here.");

        await using (var hub = await HubProcess.Start(Data).ReadyAsync(Ct))
        {
            Assert.False(HubProcess.IsAlive(orphan));
            using var client = new HttpClient { BaseAddress = hub.Address };
            Assert.Equal(new SetupState(Open: false), await client.GetFromJsonAsync<SetupState>(HubRoutes.Setup, Ct));
        }

        Assert.False(File.Exists(Path.Combine(Data, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task Stopping_the_hub_leaves_no_server_behind()
    {
        var hub = await HubProcess.Start(Data).ReadyAsync(Ct);
        var server = TestDatabase.PostmasterPid(Data);
        await hub.StopAsync(Ct);
        Assert.Equal(0, hub.ExitCode);
        Assert.False(HubProcess.IsAlive(server));
        Assert.Empty(Directory.GetFiles(Path.Combine(Data, "postgres-socket")));
    }

    [Fact]
    public async Task A_second_hub_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        await using var first = await HubProcess.Start(Data).ReadyAsync(Ct);
        var second = HubProcess.Start(Data);
        await second.EndedAsync(Ct);
        Assert.Equal(1, second.ExitCode);
        Assert.Equal(
            $"Another hub is running on the data folder {Data}; stop it, or choose another folder with --Hub:Data.",
            second.Errors.Trim());

        using var client = new HttpClient { BaseAddress = first.Address };
        var health = await client.GetFromJsonAsync<HealthResponse>(HubRoutes.Health, Ct);
        Assert.Equal("ok", health?.Database);
    }

    [Fact]
    public async Task A_folder_of_another_major_version_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres"));
        await File.WriteAllTextAsync(Path.Combine(Data, "postgres", "PG_VERSION"), "9\n", Ct);
        var refusal = await RefusalAsync();
        Assert.StartsWith($"The database in {Path.Combine(Data, "postgres")} was made by PostgreSQL 9, but only PostgreSQL ", refusal, StringComparison.Ordinal);
        Assert.EndsWith("install PostgreSQL 9, or move the data over with pg_upgrade.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hub = HubProcess.Start(Data, user: null, "--urls", $"http://{listener.LocalEndpoint}");
        await hub.EndedAsync(Ct);
        Assert.Equal(1, hub.ExitCode);
        Assert.Contains($"The hub cannot listen: Failed to bind to address http://{listener.LocalEndpoint}", hub.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task A_folder_without_PostgreSQL_in_it_is_refused_by_name()
    {
        var refusal = await RefusalAsync("--Hub:PostgresBin", folder.Path);
        Assert.StartsWith($"Hub:PostgresBin names {folder.Path}, which has no usable initdb", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_server_that_nobody_runs_is_named()
    {
        const string nowhere = "Host=127.0.0.1;Port=1;Username=a;Database=b;Timeout=2";
        var refusal = await RefusalAsync("--Hub:Database", nowhere, "--Hub:DatabaseOwner", nowhere);
        Assert.StartsWith("The database named by Hub:Database and Hub:DatabaseOwner cannot be opened", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_first_start_and_a_foreign_process_number_do_not_stop_the_next()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres.new", "base"));
        await (await HubProcess.Start(Data).ReadyAsync(Ct)).DisposeAsync();
        Assert.False(Directory.Exists(Path.Combine(Data, "postgres.new")));

        // What a machine leaves that lost its power, when the number is another program's after the reboot.
        await File.WriteAllTextAsync(
            Path.Combine(Data, "postgres", "postmaster.pid"),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{Data}/postgres\n1\n5432\n{Data}/postgres-socket\n\n  1 1\nready\n"),
            Ct);
        await using var hub = await HubProcess.Start(Data).ReadyAsync(Ct);
        Assert.NotEqual(Environment.ProcessId, TestDatabase.PostmasterPid(Data));
    }

    [Fact]
    public async Task A_data_folder_with_a_long_path_gets_its_socket_elsewhere()
    {
        var deep = Path.Combine(folder.Path, string.Join('/', Enumerable.Repeat("quite-a-long-folder-name", 5)));
        await using var hub = await HubProcess.Start(deep).ReadyAsync(Ct);
        Assert.False(Directory.Exists(Path.Combine(deep, "postgres-socket")));
        using var client = new HttpClient { BaseAddress = hub.Address };
        Assert.Equal("ok", (await client.GetFromJsonAsync<HealthResponse>(HubRoutes.Health, Ct))?.Database);
    }

    [Fact]
    public async Task An_ordinary_user_runs_the_hub_and_its_server()
    {
        const int nobody = 65534;
        if (!OperatingSystem.IsLinux()) Assert.Skip("Owners of processes are read from /proc, which only Linux has.");
        string? user = null;
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory(Data);
            await HubProcess.RunAsync(Ct, "chown", nobody.ToString(CultureInfo.InvariantCulture), Data);
            user = nobody.ToString(CultureInfo.InvariantCulture);
        }

        await using var hub = await HubProcess.Start(Data, user).ReadyAsync(Ct);
        Assert.Equal(OwnerOf(hub.ProcessId), OwnerOf(TestDatabase.PostmasterPid(Data)));
        Assert.NotEqual("0", OwnerOf(hub.ProcessId));
    }

    [Fact]
    public async Task As_root_the_server_runs_as_somebody_else()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("The tests do not run as root.");
        await using var hub = await HubProcess.Start(Data).ReadyAsync(Ct);
        Assert.NotEqual("0", OwnerOf(TestDatabase.PostmasterPid(Data)));
        const UnixFileMode foreign = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        foreach (var name in new[] { "postgres-password", "setup-link", "postgres", "postgres-socket", "logs" })
        {
            Assert.True((TestFolder.ModeOf(Path.Combine(Data, name)) & foreign) == 0, $"Others may read or write {name}.");
        }
    }

    [Fact]
    public async Task As_root_a_folder_that_the_servers_user_cannot_enter_is_refused()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("The tests do not run as root.");
        folder.CloseToOthers();
        var refusal = await RefusalAsync();
        Assert.Matches($"^PostgreSQL runs as the user \\w+, who may not enter {Data}; choose another folder with --Hub:Data", refusal);
    }

    [Fact]
    public async Task The_set_up_link_works_once_and_only_with_its_secret()
    {
        await using var hub = await HubProcess.Start(Data).ReadyAsync(Ct);
        using var client = new HttpClient { BaseAddress = hub.Address };
        var link = (await File.ReadAllTextAsync(Path.Combine(Data, "setup-link"), Ct)).Trim();
        Assert.StartsWith(new Uri(hub.Address, "/setup#").ToString(), link, StringComparison.Ordinal);
        Assert.Contains(link, hub.Errors, StringComparison.Ordinal);
        foreach (var log in Directory.GetFiles(Path.Combine(Data, "logs")))
        {
            Assert.DoesNotContain("/setup#", await ReadSharedAsync(log), StringComparison.Ordinal);
        }

        using var guessed = await client.PostAsJsonAsync(HubRoutes.Setup, Request("guessed"), Ct);
        await Answers.ProblemAsync(guessed, HttpStatusCode.Forbidden, ProblemCodes.SetupRefused);
        using var weak = await client.PostAsJsonAsync(HubRoutes.Setup, Request(link.Split('#')[1]) with { Password = "nine char" }, Ct);
        await Answers.ProblemAsync(weak, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => client.PostAsJsonAsync(HubRoutes.Setup, Request(link.Split('#')[1]), Ct)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Forbidden));
        foreach (var answer in answers) answer.Dispose();
        Assert.False(File.Exists(Path.Combine(Data, "setup-link")));
    }

    static SetupRequest Request(string secret) => new(secret, "Nordlys Film", "Kim Berg", "kim@example.com", "correct horse battery");

    async Task SetUpAsync(HttpClient client)
    {
        var link = await File.ReadAllTextAsync(Path.Combine(Data, "setup-link"), Ct);
        using var response = await client.PostAsJsonAsync(HubRoutes.Setup, Request(link.Trim().Split('#')[1]), Ct);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The one sentence with which the hub does not start.</summary>
    async Task<string> RefusalAsync(params string[] more)
    {
        var hub = Program.Build(["--Hub:Data", Data, "--urls", "http://127.0.0.1:0", .. more], _ => { });
        await using (hub)
        {
            return (await Assert.ThrowsAsync<HubStartException>(() => hub.StartAsync(Ct))).Message;
        }
    }

    static string OwnerOf(int pid) =>
        File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    static async Task<string> ReadSharedAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Ct);
    }
}
