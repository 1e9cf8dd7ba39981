using System.Text.Json;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Platform.LocalState;

/// <param name="Format">2; a higher number was written by a later cinegit, 1 by one that kept whole files instead of packs.</param>
/// <param name="Hub">The hub's address.</param>
/// <param name="Organization">Slug.</param>
/// <param name="Project">Slug.</param>
/// <param name="Branch">The branch that commits go to.</param>
internal sealed record WorkingCopyConfig(int Format, Uri Hub, string Organization, string Project, string Branch)
{
    public const int CurrentFormat = 2;

    public ProjectAddress Address => new(Organization, Project);

    public string Name => $"{Organization}/{Project}";
}

/// <summary>A folder with <c>.cinegit/</c> in it: one project's branches and versions, complete without the hub.</summary>
internal sealed class WorkingCopy
{
    public const string StateFolderName = ".cinegit";

    /// <summary>How long a command waits for another one that is writing.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly string _state;
    readonly TimeProvider _clock;

    WorkingCopy(string folder, TimeProvider clock)
    {
        Folder = folder;
        _state = Path.Combine(folder, StateFolderName);
        _clock = clock;
        Versions = new(Path.Combine(_state, "versions"));
        var packs = new PackFiles(Path.Combine(_state, "packs"));
        Trees = new(packs);
        Shelf = new(Versions, packs, Trees);
        Graph = new(Versions);
        Refs = new(Path.Combine(_state, "refs.json"));
        Journal = new(Path.Combine(_state, "journal"));
    }

    public string Folder { get; }

    public VersionStore Versions { get; }

    public VersionTrees Trees { get; }

    public VersionShelf Shelf { get; }

    public VersionGraph Graph { get; }

    public Refs Refs { get; }

    public Journal Journal { get; }

    string ConfigPath => Path.Combine(_state, "config.json");

    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, StateFolderName, "config.json"));

    /// <summary>The working copy that this folder is in.</summary>
    /// <exception cref="LocalStateException">It is in none.</exception>
    public static WorkingCopy Containing(string folder, TimeProvider clock)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (IsAt(at.FullName)) return new(at.FullName, clock);
        }

        throw new LocalStateException(LocalProblem.NotHere, $"{folder} is in no CineGit working copy; run: cinegit init --hub URL --project ORG/PROJECT, or: cinegit clone URL ORG/PROJECT.");
    }

    public static WorkingCopy At(string folder, TimeProvider clock) => new(Path.GetFullPath(folder), clock);

    /// <summary>Makes the folder one. The configuration is written last: until then it is none.</summary>
    /// <exception cref="LocalStateException">It is one already.</exception>
    public static async Task<WorkingCopy> CreateAsync(string folder, WorkingCopyConfig config, TimeProvider clock, CancellationToken ct)
    {
        var copy = new WorkingCopy(Path.GetFullPath(folder), clock);
        if (IsAt(copy.Folder))
            throw new LocalStateException(LocalProblem.NotHere, $"{copy.Folder} is a working copy of {(await copy.ReadConfigAsync(ct)).Name} already; choose another folder.");
        Directory.CreateDirectory(Path.Combine(copy._state, "packs"));
        Directory.CreateDirectory(Path.Combine(copy._state, "versions"));
        await copy.WriteConfigAsync(config, ct);
        return copy;
    }

    /// <exception cref="LocalStateException">It is damaged, or was made by another cinegit than can be read here.</exception>
    public async Task<WorkingCopyConfig> ReadConfigAsync(CancellationToken ct)
    {
        var config = LocalJson.Read(ConfigPath, await File.ReadAllBytesAsync(ConfigPath, ct), LocalJson.Default.WorkingCopyConfig);
        if (config.Format > WorkingCopyConfig.CurrentFormat)
            throw new LocalStateException(LocalProblem.Damaged, $"{Folder} was made by a later cinegit (format {config.Format}, this one knows {WorkingCopyConfig.CurrentFormat}); update cinegit on this machine.");
        if (config.Format < WorkingCopyConfig.CurrentFormat)
            throw new LocalStateException(LocalProblem.Damaged, $"{Folder} was made by an earlier cinegit (format {config.Format}, this one reads {WorkingCopyConfig.CurrentFormat}), and its versions cannot be taken over: begin in another folder with cinegit init or clone, and get cuts out of this one with the earlier cinegit; nothing in it was changed.");
        return config;
    }

    public Task WriteConfigAsync(WorkingCopyConfig config, CancellationToken ct) =>
        AtomicFile.WriteAsync(ConfigPath, JsonSerializer.SerializeToUtf8Bytes(config, LocalJson.Default.WorkingCopyConfig), ct);

    /// <summary>For changes to branches, journal and configuration: short, no network.</summary>
    public async Task<FileLock> LockAsync(CancellationToken ct) =>
        await FileLock.TryTakeAsync(Path.Combine(_state, "lock"), Patience, _clock, ct)
        ?? throw new LocalStateException(LocalProblem.Busy, $"Another cinegit has been writing in {Folder} for {Patience.Seconds} seconds; wait for it to end and try again.");

    /// <summary>For one push or pull at a time; commits go on meanwhile. Null when another holds it.</summary>
    public Task<FileLock?> TryLockSyncAsync(TimeSpan patience, CancellationToken ct) =>
        FileLock.TryTakeAsync(Path.Combine(_state, "sync.lock"), patience, _clock, ct);

    public async Task<FileLock> LockSyncAsync(CancellationToken ct) =>
        await TryLockSyncAsync(Patience, ct)
        ?? throw new LocalStateException(LocalProblem.Busy, $"Another cinegit is pushing or pulling in {Folder}; wait for it to end and try again.");

    /// <summary>The version that a person means: a local branch, a branch of the hub, or a unique start of an id.</summary>
    /// <exception cref="LocalStateException">None, or several.</exception>
    public async Task<KnownVersion> ResolveAsync(string name, CancellationToken ct)
    {
        var refs = await Refs.ReadAsync(ct);
        if ((refs.Head(name) ?? refs.HubHead(name)) is { } head) return await Versions.GetAsync(head, ct);
        var found = Versions.StartingWith(name);
        return found.Count switch
        {
            1 => await Versions.GetAsync(found[0], ct),
            > 1 => throw new LocalStateException(LocalProblem.NotHere, $"{name} is the start of {found.Count} versions ({string.Join(", ", found.Take(3).Select(Short))}{(found.Count > 3 ? ", …" : "")}); give more digits."),
            _ => throw new LocalStateException(LocalProblem.NotHere, $"{name} is no branch with a version and no version here (versions need at least {VersionStore.ShortestPrefix} digits); see: cinegit branch, cinegit log."),
        };
    }

    /// <summary>Twelve digits: what people are shown.</summary>
    public static string Short(string version) => version.Length > 12 ? version[..12] : version;

    /// <summary>Removes what a killed process left half written.</summary>
    public void SweepTemporaries()
    {
        var old = _clock.GetUtcNow() - TimeSpan.FromHours(24);
        foreach (var file in Directory.EnumerateFiles(_state, "*" + AtomicFile.TemporarySuffix, SearchOption.AllDirectories))
        {
            if (File.GetLastWriteTimeUtc(file) < old.UtcDateTime) File.Delete(file);
        }
    }
}
