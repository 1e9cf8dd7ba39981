using System.Collections.Immutable;
using System.Text.Json;

namespace CineGit.Agent.Platform.LocalState;

/// <param name="Heads">Each local branch's newest version.</param>
/// <param name="Hub">Each branch's head on the hub as it was last seen.</param>
internal sealed record RefsFile(ImmutableSortedDictionary<string, string> Heads, ImmutableSortedDictionary<string, string> Hub)
{
    public static readonly RefsFile Empty = new(
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public string? Head(string branch) => Heads.GetValueOrDefault(branch);

    public string? HubHead(string branch) => Hub.GetValueOrDefault(branch);

    public RefsFile WithHead(string branch, string version) => this with { Heads = Heads.SetItem(branch, version) };

    public RefsFile WithHubHead(string branch, string version) => this with { Hub = Hub.SetItem(branch, version) };
}

/// <summary>Branch heads, in one file that is replaced whole. Written only under the working copy's lock.</summary>
internal sealed class Refs(string path)
{
    public async Task<RefsFile> ReadAsync(CancellationToken ct)
    {
        if (!File.Exists(path)) return RefsFile.Empty;
        var read = LocalJson.Read(path, await File.ReadAllBytesAsync(path, ct), LocalJson.Default.RefsFile);
        return new(read.Heads.WithComparers(StringComparer.Ordinal), read.Hub.WithComparers(StringComparer.Ordinal));
    }

    public Task WriteAsync(RefsFile refs, CancellationToken ct) =>
        AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(refs, LocalJson.Default.RefsFile), ct);
}
