using System.Net;
using System.Net.Sockets;

namespace CineGit.Hub.Platform.Database.Embedded;

/// <summary>Where the cluster is spoken to: a socket in a private folder, or, where that cannot be, a loopback port.</summary>
/// <param name="SocketFolder">Null for loopback.</param>
/// <param name="Port">The TCP port; for a socket only part of its name.</param>
/// <param name="Temporary">The folder is outside the data folder and goes with the hub.</param>
public sealed record Listening(string? SocketFolder, int Port, bool Temporary)
{
    const int SocketPort = 5432;

    /// <summary>sun_path holds 108 bytes on Linux and 104 on macOS; the name in it is <c>/.s.PGSQL.5432</c>.</summary>
    const int LongestFolder = 85;

    public string Host => SocketFolder ?? "127.0.0.1";

    public static Listening Choose(string data)
    {
        if (OperatingSystem.IsWindows()) return new Listening(null, FreePort(), Temporary: false);

        var inside = Path.Combine(data, "postgres-socket");
        if (Fits(inside))
        {
            ClusterFolder.CreatePrivateFolder(inside);
            return new Listening(inside, SocketPort, Temporary: false);
        }

        // Made by the system with a fresh name and for this user only, so nobody can have put a socket there.
        var outside = Directory.CreateTempSubdirectory("cinegit-").FullName;
        if (Fits(outside)) return new Listening(outside, SocketPort, Temporary: true);
        Directory.Delete(outside);
        return new Listening(null, FreePort(), Temporary: false);
    }

    public void Remove()
    {
        if (Temporary && Directory.Exists(SocketFolder)) Directory.Delete(SocketFolder, recursive: true);
    }

    static bool Fits(string folder) => System.Text.Encoding.UTF8.GetByteCount(folder) <= LongestFolder;

    static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return probe.LocalEndPoint is IPEndPoint bound
            ? bound.Port
            : throw new InvalidOperationException("A bound socket has no address.");
    }
}
