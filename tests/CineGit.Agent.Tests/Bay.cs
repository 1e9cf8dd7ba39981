using System.Buffers;
using CineGit.TestKit.Running;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Tests;

/// <summary>An edit bay of one test: its own home folder and project folder, gone afterwards.</summary>
internal sealed class Bay : IDisposable
{
    public const string NoHub = "http://127.0.0.1:9";

    static readonly string Program = ChildProcess.Beside("cinegit");
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60L);

    readonly string _root = Directory.CreateTempSubdirectory("cinegit-bay-").FullName;

    public Bay()
    {
        Directory.CreateDirectory(Folder);
    }

    public string Folder => Path.Combine(_root, "project");

    public string Home => Path.Combine(_root, "home");

    Dictionary<string, string?> Environment => new() { ["CINEGIT_HOME"] = Home, ["CINEGIT_AUTHOR"] = "Ada" };

    public string State => Path.Combine(Folder, ".cinegit");

    /// <summary>A bay whose folder is a working copy, with no hub in sight.</summary>
    public static async Task<Bay> OfflineAsync()
    {
        var bay = new Bay();
        await bay.ExpectAsync(0, "init", "--hub", NoHub, "--project", "acme/film");
        return bay;
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public Task<ToolResult> RunAsync(params string[] arguments) => RunInAsync(Folder, arguments);

    public Task<ToolResult> RunInAsync(string folder, params string[] arguments) =>
        ChildProcess.RunAsync(Program, arguments, folder, Environment, Patience, TestContext.Current.CancellationToken);

    public ChildProcess Start(params string[] arguments) => ChildProcess.Start(Program, arguments, Folder, Environment);

    /// <summary>Runs and demands the exit code.</summary>
    public async Task<ToolResult> ExpectAsync(int exitCode, params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == exitCode, $"cinegit {string.Join(' ', arguments)}: expected exit {exitCode}, got {result}");
        return result;
    }

    /// <summary>Writes a timeline of clips on V1, one after the other, each of its own media.</summary>
    public string WriteCut(string file, params (string Name, long Start, long Frames)[] clips)
    {
        File.WriteAllBytes(PathOf(file), Otio(clips));
        return file;
    }

    public static byte[] Otio(params (string Name, long Start, long Frames)[] clips)
    {
        var rate = FrameRate.Fps24;
        var children = clips.Select(c => OtioBuild.Clip(
            c.Name,
            OtioBuild.ExternalReference($"file:///media/{c.Name}.mov", OtioBuild.Range(new(0, rate), new(1000, rate))),
            OtioBuild.Range(new(c.Start, rate), new(c.Frames, rate))));
        var document = new OtioDocument(
            OtioBuild.Timeline("Reel 1", new RationalTime(86400, rate), [OtioBuild.Track("V1", "Video", children)]));
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
