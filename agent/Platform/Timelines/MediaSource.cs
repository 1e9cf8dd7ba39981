using CineGit.Interchange.Otio;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>
/// The media that a timeline file names: beside it, at <c>file://</c> addresses, or inside it when it is a bundle. From inside a
/// bundle nothing outside of it is reached by a relative reference, neither by <c>..</c> nor through a link.
/// </summary>
internal sealed class MediaSource : IDisposable
{
    readonly string _folder;
    readonly bool _isBundle;
    readonly FileStream? _zip;
    readonly BundleArchive? _archive;

    MediaSource(string folder, bool isBundle, FileStream? zip, BundleArchive? archive) =>
        (_folder, _isBundle, _zip, _archive) = (folder, isBundle, zip, archive);

    /// <summary>Opens the media of a file that was read already.</summary>
    public static MediaSource Of(TimelineFile file)
    {
        var path = Path.GetFullPath(file.Name);
        if (Directory.Exists(path)) return new(path, true, null, null);
        var folder = Path.GetDirectoryName(path) ?? path;
        if (file.Format is not OtiozFormat) return new(folder, false, null, null);
        var zip = File.OpenRead(path);
        return new(folder, true, zip, BundleArchive.Open(zip));
    }

    /// <summary>Whether the medium is inside the bundle that the timeline came from.</summary>
    public bool IsInside(string reference) =>
        _isBundle && !IsAbsolute(reference) && (_archive?.HasMedia(reference) ?? OnDisk(reference) is not null);

    public bool Has(string reference) => _archive?.HasMedia(reference) == true || OnDisk(reference) is not null;

    /// <exception cref="FileNotFoundException">It went away since <see cref="Has"/> said that it is there.</exception>
    public Stream Open(string reference) => _archive?.OpenMedia(reference)
        ?? File.OpenRead(OnDisk(reference) ?? throw new FileNotFoundException($"{reference} is not there any more."));

    public void Dispose()
    {
        _archive?.Dispose();
        _zip?.Dispose();
    }

    string? OnDisk(string reference)
    {
        if (IsAbsolute(reference)) return LocalPath(reference) is { } local && File.Exists(local) ? local : null;
        if (_archive is not null) return null;
        return Relative(reference) ?? Relative(Uri.UnescapeDataString(reference));
    }

    string? Relative(string reference)
    {
        if (reference.Contains('\0', StringComparison.Ordinal)) return null;
        var path = Path.GetFullPath(Path.Combine(_folder, reference));
        if (!File.Exists(path)) return null;
        return _isBundle && !IsWithin(path) ? null : path;
    }

    bool IsWithin(string path)
    {
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return false;
        for (FileSystemInfo? at = new FileInfo(path); at is not null && at.FullName.Length > _folder.Length; at = Parent(at))
        {
            if (at.LinkTarget is not null) return false;
        }

        return true;
    }

    static DirectoryInfo? Parent(FileSystemInfo at) => at is FileInfo file ? file.Directory : ((DirectoryInfo)at).Parent;

    static bool IsAbsolute(string reference) =>
        reference.Contains("://", StringComparison.Ordinal) || reference.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || Path.IsPathRooted(reference);

    /// <summary>Null for what no file system holds: http, s3, another host.</summary>
    static string? LocalPath(string reference)
    {
        if (Path.IsPathRooted(reference)) return reference.Contains('\0', StringComparison.Ordinal) ? null : reference;
        return Uri.TryCreate(reference, UriKind.Absolute, out var url) && url.IsFile && url.Host is "" or "localhost" ? url.LocalPath : null;
    }
}
