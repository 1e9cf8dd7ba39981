using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Otio;

/// <summary>A medium that goes into a bundle: what the timeline called it, and its path in the bundle.</summary>
public sealed record BundledMedium(string Reference, string Path);

/// <summary>
/// What a bundle will hold: the timeline with its references rewritten to <c>media/NAME</c>, and the media behind them. Media
/// that are not there keep the reference they have, with a diagnostic.
/// </summary>
public sealed record BundlePlan(OtioDocument Document, ImmutableArray<BundledMedium> Media, ImmutableArray<Diagnostic> Diagnostics)
{
    public const string ContentName = "content.otio";
    public const string VersionName = "version.txt";
    public const string MediaFolder = "media";

    public static ReadOnlySpan<byte> Version => "1.0.0"u8;

    /// <param name="document">The timeline; not changed.</param>
    /// <param name="exists">Whether there is a file behind a reference (a <c>file://</c> URL or a path, as the timeline has it).</param>
    public static BundlePlan Make(OtioDocument document, Func<string, bool> exists)
    {
        var packing = new BundlePacking(exists);
        var packed = packing.Pack(document.Root);
        return new(new(packed), packing.Media, packing.Diagnostics());
    }

    /// <summary>The bytes of <c>content.otio</c>.</summary>
    public byte[] Content()
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(Document, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>One walk over a timeline that gathers its media; metadata are nobody's references.</summary>
sealed class BundlePacking(Func<string, bool> exists)
{
    const string Url = "target_url";
    const string UrlBase = "target_url_base";
    const string Prefix = "name_prefix";

    readonly BundleNames _names = new();
    readonly ImmutableArray<BundledMedium>.Builder _media = ImmutableArray.CreateBuilder<BundledMedium>();
    readonly Dictionary<string, string?> _paths = [];
    readonly Dictionary<(string?, string?, string, string), string> _prefixes = [];
    readonly List<string> _missing = [];

    public ImmutableArray<BundledMedium> Media => _media.ToImmutable();

    public OtioObject Pack(OtioObject node)
    {
        var packed = node.SchemaName switch
        {
            OtioSchema.ExternalReference => PackFile(node),
            OtioSchema.ImageSequenceReference => PackSequence(node),
            _ => node,
        };
        foreach (var field in node.Fields)
        {
            if (field.Name == "metadata") continue;
            if (field.Value is OtioObject child) packed = packed.With(field.Name, Pack(child));
            else if (field.Value is OtioArray list) packed = packed.With(field.Name, new OtioArray([.. list.Items.Select(i => i is OtioObject o ? Pack(o) : i)]));
        }

        return packed;
    }

    public ImmutableArray<Diagnostic> Diagnostics()
    {
        if (_missing.Count == 0) return [];
        var others = _missing.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {_missing.Count - 1} more");
        return
        [
            new(
                DiagnosticCodes.BundleMediaLeftOut,
                Severity.Warning,
                BundlePlan.MediaFolder,
                $"{_missing[0]}{others} could not be put into the bundle, because no file was found there; the timeline keeps the reference as it was."),
        ];
    }

    OtioObject PackFile(OtioObject node)
    {
        if (node.Text(Url) is not { Length: > 0 } reference) return node;
        if (!_paths.TryGetValue(reference, out var path))
        {
            path = exists(reference) ? $"{BundlePlan.MediaFolder}/{_names.Claim(BundleNames.Last(reference))}" : null;
            _paths.Add(reference, path);
            if (path is null) _missing.Add(reference);
            else _media.Add(new(reference, path));
        }

        return path is null ? node : node.With(Url, path);
    }

    /// <summary>The pictures keep their numbers, so a prefix of their own makes them unique.</summary>
    OtioObject PackSequence(OtioObject node)
    {
        var pictures = ImageSequence.Pictures(node).Where(p => exists(p.Reference)).ToList();
        if (pictures.Count == 0)
        {
            _missing.Add($"{node.Text(UrlBase)}{node.Text(Prefix)}");
            return node;
        }

        var endings = pictures.Select(p => p.Ending).ToList();
        var key = (node.Text(UrlBase), node.Text(Prefix), endings[0], endings[^1]);
        if (!_prefixes.TryGetValue(key, out var prefix))
        {
            prefix = _names.ClaimPrefix(node.Text(Prefix) ?? "", endings);
            _prefixes.Add(key, prefix);
            foreach (var (reference, ending) in pictures) _media.Add(new(reference, $"{BundlePlan.MediaFolder}/{prefix}{ending}"));
        }

        var packed = node.With(UrlBase, BundlePlan.MediaFolder + "/");
        return prefix == (node.Text(Prefix) ?? "") ? packed : packed.With(Prefix, prefix);
    }
}
