using CineGit.Agent.Platform.LocalState;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>The file that was committed with a version.</summary>
internal static class StoredNative
{
    /// <summary>Memory is taken for bytes that are there, not for a length that is only said.</summary>
    const int MostTakenAtOnce = 64 * 1024 * 1024;

    /// <summary>Byte for byte; null when the version has none.</summary>
    public static Task<ReadOnlyMemory<byte>?> ReadAsync(WorkingCopy copy, KnownVersion version, CancellationToken ct) =>
        TakeAsync(copy, version, tree =>
        {
            using var file = new MemoryStream((int)Math.Min(FileObjects.LengthOf(tree.Root), MostTakenAtOnce));
            foreach (var chunk in FileObjects.Decode(tree.Root)) file.Write(chunk.Span);
            return file.GetBuffer().AsMemory(0, (int)file.Length);
        }, ct);

    /// <summary>Its first bytes, enough to tell the format; null when the version has none.</summary>
    public static Task<ReadOnlyMemory<byte>?> HeadAsync(WorkingCopy copy, KnownVersion version, CancellationToken ct) =>
        TakeAsync(copy, version, tree => FileObjects.Decode(tree.Root).FirstOrDefault(), ct);

    static async Task<ReadOnlyMemory<byte>?> TakeAsync(
        WorkingCopy copy, KnownVersion version, Func<StoredTree, ReadOnlyMemory<byte>> take, CancellationToken ct)
    {
        if (await copy.Trees.NativeAsync(version, ct) is not { } tree) return null;
        try
        {
            return take(tree);
        }
        catch (CorruptObjectException e)
        {
            throw new LocalStateException(LocalProblem.Damaged, $"The file of version {WorkingCopy.Short(version.Id)} cannot be read ({e.Message.TrimEnd('.')}); update cinegit on this machine.");
        }
    }
}
