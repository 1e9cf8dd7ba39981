using CineGit.Timeline.Identity;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>Cuts and native files by their content: <c>objects/ab/cdef…</c>. What is read has the hash it was asked by.</summary>
internal sealed class ObjectStore(string folder)
{
    public bool Contains(ContentHash hash) => File.Exists(PathOf(hash));

    /// <summary>Keeps the bytes. An object that is there already is checked, and written again if the disk has spoilt it.</summary>
    public async Task<ContentHash> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var hash = ContentHash.Of(bytes.Span);
        var path = PathOf(hash);
        if (File.Exists(path) && ContentHash.Of(await File.ReadAllBytesAsync(path, ct)) == hash) return hash;
        var parent = Path.GetDirectoryName(path) ?? folder;
        if (!Directory.Exists(parent))
        {
            Directory.CreateDirectory(parent);
            DirectoryFlush.Flush(folder);
        }

        await AtomicFile.WriteAsync(path, bytes, ct);
        return hash;
    }

    /// <exception cref="LocalStateException">The object is not here, or its bytes are not what they were.</exception>
    public async Task<byte[]> GetAsync(ContentHash hash, CancellationToken ct)
    {
        var path = PathOf(hash);
        if (!File.Exists(path))
            throw new LocalStateException(LocalProblem.Damaged, $"The object {hash} is missing from {folder}; run: cinegit pull, which fetches it again from the hub.");
        var bytes = await File.ReadAllBytesAsync(path, ct);
        if (ContentHash.Of(bytes) != hash)
            throw new LocalStateException(LocalProblem.Damaged, $"The object {path} is damaged (its bytes do not have the hash in its name); delete that file and run: cinegit pull, which fetches it again from the hub.");
        return bytes;
    }

    string PathOf(ContentHash hash) => Path.Combine(folder, hash.Hex[..2], hash.Hex[2..]);
}
