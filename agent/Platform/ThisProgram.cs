using System.Reflection;

namespace CineGit.Agent.Platform;

internal static class ThisProgram
{
    /// <summary>Without the build's hash.</summary>
    public static string Version { get; } =
        typeof(ThisProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
