using System.Buffers;
using System.IO.Compression;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Otio;

/// <summary>
/// A .otioz: a zip with <c>content.otio</c>, <c>version.txt</c> and <c>media/</c>. It comes from anywhere, so a name that
/// would leave the folder it is unpacked into refuses the whole file, and a timeline is unpacked up to a limit only.
/// </summary>
public sealed class BundleArchive : IDisposable
{
    /// <summary>The most bytes of <c>content.otio</c> that are unpacked; feature films take a tenth of it.</summary>
    public const long MaxContentLength = 512L << 20;

    /// <summary>Zip counts from here; a bundle written twice from the same timeline is the same file.</summary>
    static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    const int UnixKindMask = 0xF000;
    const int UnixFile = 0x8000;
    const int UnixFolder = 0x4000;

    readonly ZipArchive _zip;

    BundleArchive(ZipArchive zip) => _zip = zip;

    /// <exception cref="InterchangeFormatException">It is no zip, is damaged, or has a name that no bundle may have.</exception>
    public static BundleArchive Open(Stream zip) => Reading(() =>
    {
        var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries) RefuseUnsafe(entry);
        return new BundleArchive(archive);
    });

    /// <exception cref="InterchangeFormatException">It is missing, there twice, encrypted, damaged or too long.</exception>
    public byte[] ReadContent(long limit = MaxContentLength) => Reading(() =>
    {
        var found = _zip.Entries.Where(e => e.FullName == BundlePlan.ContentName).ToList();
        if (found.Count == 0) throw Refusal($"This zip is no OTIO bundle: there is no {BundlePlan.ContentName} at its top.");
        if (found.Count > 1) throw Refusal($"The bundle has {BundlePlan.ContentName} more than once; make it again from the timeline.");
        var entry = found[0];
        if (entry.IsEncrypted) throw Refusal($"The bundle's {BundlePlan.ContentName} is encrypted; make the bundle again without a password.");
        if (entry.Length > limit) throw TooLong(limit);
        return Unpack(entry, limit);
    });

    /// <summary>The medium that a reference of the timeline names, or null when the bundle does not hold it.</summary>
    public Stream? OpenMedia(string reference) =>
        Find(reference) is { } entry ? Reading(entry.Open) : null;

    public bool HasMedia(string reference) => Find(reference) is not null;

    /// <param name="plan">What goes in.</param>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="open">Opens a medium by the reference it was planned for.</param>
    public static void Write(BundlePlan plan, Stream output, Func<string, Stream> open)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        using (var content = Create(zip, BundlePlan.ContentName, CompressionLevel.Optimal)) content.Write(plan.Content());
        using (var version = Create(zip, BundlePlan.VersionName, CompressionLevel.NoCompression)) version.Write(BundlePlan.Version);
        foreach (var medium in plan.Media)
        {
            // Pictures and sound are compressed already.
            using var entry = Create(zip, medium.Path, CompressionLevel.NoCompression);
            using var source = open(medium.Reference);
            source.CopyTo(entry);
        }
    }

    public void Dispose() => _zip.Dispose();

    static Stream Create(ZipArchive zip, string name, CompressionLevel compression)
    {
        var entry = zip.CreateEntry(name, compression);
        entry.LastWriteTime = Epoch;
        return entry.Open();
    }

    ZipArchiveEntry? Find(string reference)
    {
        var name = reference.StartsWith("./", StringComparison.Ordinal) ? reference[2..] : reference;
        return _zip.GetEntry(name) ?? _zip.GetEntry(Uri.UnescapeDataString(name));
    }

    static byte[] Unpack(ZipArchiveEntry entry, long limit)
    {
        using var stream = entry.Open();
        var content = new ArrayBufferWriter<byte>((int)Math.Min(entry.Length + 1, 1 << 20));
        while (true)
        {
            var read = stream.Read(content.GetSpan(64 << 10));
            if (read == 0) break;
            content.Advance(read);

            // The directory of a zip can claim any length.
            if (content.WrittenCount > limit) throw TooLong(limit);
        }

        if (Crc32.Of(content.WrittenSpan) != entry.Crc32) throw Damaged(null);
        return content.WrittenSpan.ToArray();
    }

    static void RefuseUnsafe(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        var isAbsolute = name.Length == 0 || name[0] is '/' or '\\' || (name.Length > 1 && name[1] == ':') || name.Contains('\0', StringComparison.Ordinal);
        if (isAbsolute || name.Split('/', '\\').Contains(".."))
        {
            throw Refusal($"The bundle is refused: its entry \"{Shown(name)}\" would be unpacked outside of its folder.");
        }

        if (((entry.ExternalAttributes >> 16) & UnixKindMask) is not (0 or UnixFile or UnixFolder))
        {
            throw Refusal($"The bundle is refused: its entry \"{Shown(name)}\" is a link or a device, where a bundle has files.");
        }
    }

    static string Shown(string name) => string.Concat(name.Take(80).Select(c => char.IsControl(c) ? '?' : c));

    static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Damaged(e);
        }
    }

    static InterchangeFormatException TooLong(long limit) =>
        Refusal($"The bundle's {BundlePlan.ContentName} unpacks to more than {limit >> 20} MB, which no timeline needs; it is not read.");

    static InterchangeFormatException Damaged(Exception? inner)
    {
        const string message = "The bundle's zip is damaged or cut off; copy it again from where it came.";
        return inner is null ? Refusal(message) : new(message, "bundle", inner);
    }

    static InterchangeFormatException Refusal(string message) => new(message, "bundle");
}
