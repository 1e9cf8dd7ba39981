using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Platform.Database.Embedded;

/// <summary>The files of the hub's own cluster under its data folder.</summary>
public sealed class ClusterFolder(string data)
{
    public const string Administrator = "cinegit_admin";

    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    static readonly TimeSpan InitialisationLimit = TimeSpan.FromMinutes(2);

    readonly string unfinished = System.IO.Path.Combine(data, "postgres.new");
    readonly string passwordFile = System.IO.Path.Combine(data, "postgres-password");

    public string Path { get; } = System.IO.Path.Combine(data, "postgres");

    public string Log { get; } = System.IO.Path.Combine(data, "postgres.log");

    /// <summary>The major version that made the cluster; null before there is one.</summary>
    public int? Major()
    {
        var file = System.IO.Path.Combine(Path, "PG_VERSION");
        if (!File.Exists(file)) return null;
        return int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new HubStartException($"{file} does not name a PostgreSQL version; the database is damaged, restore a backup of {data}.");
    }

    /// <summary>The administrator's password; the other roles' are derived from it.</summary>
    public async Task<string> PasswordAsync(CancellationToken ct)
    {
        if (File.Exists(passwordFile))
        {
            var password = (await File.ReadAllTextAsync(passwordFile, ct)).Trim();
            if (password.Length > 0) return password;
        }

        if (Major() is not null)
        {
            throw new HubStartException(
                $"The password of the database in {Path} is missing; put {passwordFile} back from a backup of the data folder.");
        }

        var fresh = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await WritePrivateAsync(passwordFile, fresh, ct);
        return fresh;
    }

    public static string PasswordOf(string role, string administratorPassword) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(administratorPassword), Encoding.UTF8.GetBytes(role)));

    /// <summary>Makes the cluster aside and moves it into place when it is whole, so an interrupted first start leaves nothing half.</summary>
    public async Task InitialiseAsync(PostgresBinaries binaries, PostgresAccount account, CancellationToken ct)
    {
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        CreatePrivateFolder(unfinished);
        await account.GiveAsync(unfinished, ct);

        var handedOver = passwordFile + ".init";
        await WritePrivateAsync(handedOver, await PasswordAsync(ct), ct);
        try
        {
            await account.GiveAsync(handedOver, ct);
            var answer = await ToolRun.RunAsync(
                account.As(
                    [
                        binaries.Program("initdb"), "-D", unfinished, "-U", Administrator, "--pwfile", handedOver,
                        "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-instructions", .. Locale(binaries.Major),
                    ]),
                InitialisationLimit,
                ct);
            if (!answer.Succeeded)
            {
                throw new HubStartException($"The database in {Path} cannot be made; initdb says:{Environment.NewLine}{answer.Output}");
            }
        }
        finally
        {
            File.Delete(handedOver);
        }

        Directory.Move(unfinished, Path);
    }

    /// <summary>Writes the server's settings; they are the hub's, so a hand-made change does not last.</summary>
    public async Task ConfigureAsync(PostgresAccount account, Listening listening, CancellationToken ct)
    {
        var settings = string.Create(CultureInfo.InvariantCulture, $"""
            # Written by the CineGit hub at every start.
            listen_addresses = '{(listening.SocketFolder is null ? "127.0.0.1" : "")}'
            port = {listening.Port}
            unix_socket_directories = '{(listening.SocketFolder ?? "").Replace("'", "''", StringComparison.Ordinal)}'
            max_connections = 100
            shared_buffers = 128MB
            password_encryption = scram-sha-256
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            log_line_prefix = '%m [%p] '

            """);
        var file = System.IO.Path.Combine(Path, "postgresql.conf");
        await File.WriteAllTextAsync(file, settings, ct);
        await account.GiveAsync(file, ct);

        const long fullLog = 10 * 1024 * 1024;
        if (new FileInfo(Log) is { Exists: true, Length: > fullLog }) File.Move(Log, Log + ".1", overwrite: true);
        if (!File.Exists(Log)) await WritePrivateAsync(Log, "", ct);
        await account.GiveAsync(Log, ct);
    }

    public static void CreatePrivateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, PrivateFolder);
    }

    static IEnumerable<string> Locale(int major) => major switch
    {
        >= 17 => ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
        _ when OperatingSystem.IsLinux() => ["--locale=C.UTF-8"],
        // Their C libraries have no C.UTF-8.
        _ => ["--locale=C"],
    };

    static async Task WritePrivateAsync(string path, string text, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
        await using var stream = new FileStream(path, options);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        stream.Flush(flushToDisk: true);
    }
}
