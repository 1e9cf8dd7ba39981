using System.Text.Json;

namespace CineGit.Agent.Platform.LocalState;

/// <param name="Event"><see cref="Committed"/> or <see cref="Pushed"/>.</param>
/// <param name="Branch">Whose head it became, here or on the hub.</param>
/// <param name="Version">What.</param>
internal sealed record JournalEntry(string Event, string Branch, string Version)
{
    public const string Committed = "committed";
    public const string Pushed = "pushed";
}

/// <summary>
/// What is to be pushed: one JSON object per line, appended and flushed before the branch moves. A branch's entries are
/// settled by a later <c>pushed</c> of it. Written only under the working copy's lock.
/// </summary>
internal sealed class Journal(string path)
{
    public async Task AppendAsync(JournalEntry entry, CancellationToken ct)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, LocalJson.Default.JournalEntry);
        await using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        stream.Seek(0, SeekOrigin.End);
        // A line torn by a crash must not swallow this one.
        var lead = await EndsTornAsync(stream, ct) ? "\n"u8.ToArray() : [];
        await stream.WriteAsync((byte[])[.. lead, .. line, (byte)'\n'], ct);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Branches with versions that no <c>pushed</c> entry settles, oldest first.</summary>
    public async Task<IReadOnlyList<string>> PendingBranchesAsync(CancellationToken ct)
    {
        var pending = new List<string>();
        foreach (var entry in await ReadAsync(ct))
        {
            if (entry.Event == JournalEntry.Pushed) pending.Remove(entry.Branch);
            else if (!pending.Contains(entry.Branch)) pending.Add(entry.Branch);
        }

        return pending;
    }

    /// <summary>Empties the journal once nothing in it is pending.</summary>
    public async Task CompactAsync(CancellationToken ct)
    {
        if ((await PendingBranchesAsync(ct)).Count == 0) await AtomicFile.WriteAsync(path, ReadOnlyMemory<byte>.Empty, ct);
    }

    async Task<IReadOnlyList<JournalEntry>> ReadAsync(CancellationToken ct)
    {
        if (!File.Exists(path)) return [];
        List<JournalEntry> entries = [];
        await foreach (var line in File.ReadLinesAsync(path, ct))
        {
            if (Parse(line) is { } entry) entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Null for a torn line: its commit was never acknowledged, and its branch never moved.</summary>
    static JournalEntry? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, LocalJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static async Task<bool> EndsTornAsync(FileStream stream, CancellationToken ct)
    {
        if (stream.Length == 0) return false;
        stream.Seek(-1, SeekOrigin.End);
        var last = new byte[1];
        await stream.ReadExactlyAsync(last, ct);
        return last[0] != (byte)'\n';
    }
}
