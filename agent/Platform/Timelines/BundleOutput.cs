using System.Collections.Immutable;
using CineGit.Agent.Platform.LocalState;
using CineGit.Interchange.Otio;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>Writes OTIO bundles with their media: a zip (.otioz) or a folder (.otiod), wholly or not at all.</summary>
internal static class BundleOutput
{
    public const string FolderExtension = ".otiod";

    public static bool IsFolder(string path) =>
        Path.GetExtension(Path.TrimEndingDirectorySeparator(path)).Equals(FolderExtension, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UnwritableFileException">The folder is not there, may not be written to, or a medium cannot be read.</exception>
    public static async Task<ImmutableArray<Diagnostic>> WriteAsync(string path, bool isFolder, OtioDocument document, MediaSource media, CancellationToken ct)
    {
        var target = Path.GetFullPath(Path.TrimEndingDirectorySeparator(path));
        if (Directory.Exists(target) || (isFolder && File.Exists(target)))
        {
            throw new UnwritableFileException($"{path} is there already; choose another name or remove it first.");
        }

        var folder = Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(folder)) throw new UnwritableFileException($"{path} cannot be written, because the folder {folder} is not there.");
        var plan = BundlePlan.Make(document, media.Has);
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}{AtomicFile.TemporarySuffix}");
        try
        {
            if (isFolder) await WriteFolderAsync(temporary, plan, media, ct);
            else WriteZip(temporary, plan, media, ct);
            if (isFolder) Directory.Move(temporary, target);
            else File.Move(temporary, target, overwrite: true);
            return plan.Diagnostics;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or InterchangeFormatException)
        {
            throw new UnwritableFileException($"{path} cannot be written ({e.Message.TrimEnd('.')}); check the folder, its permissions and the media.");
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
            File.Delete(temporary);
        }
    }

    static void WriteZip(string path, BundlePlan plan, MediaSource media, CancellationToken ct)
    {
        using var output = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        BundleArchive.Write(plan, output, reference =>
        {
            ct.ThrowIfCancellationRequested();
            return media.Open(reference);
        });
        output.Flush(flushToDisk: true);
    }

    static async Task WriteFolderAsync(string folder, BundlePlan plan, MediaSource media, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.Combine(folder, BundlePlan.MediaFolder));
        foreach (var medium in plan.Media)
        {
            await using var source = media.Open(medium.Reference);
            await using var copy = new FileStream(Path.Combine(folder, medium.Path), FileMode.CreateNew);
            await source.CopyToAsync(copy, ct);
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, BundlePlan.VersionName), BundlePlan.Version.ToArray(), ct);
        await File.WriteAllBytesAsync(Path.Combine(folder, BundlePlan.ContentName), plan.Content(), ct);
    }
}
