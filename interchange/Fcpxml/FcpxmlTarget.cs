using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>An asset that the document's resources do not have: what is known of it, and how it is used.</summary>
internal sealed class FcpxmlNewAsset(string key, OtioObject reference)
{
    public string Key => key;

    public OtioObject Reference => reference;

    public bool HasVideo { get; set; }

    public bool HasAudio { get; set; }

    /// <summary>The furthest that any clip reaches into it.</summary>
    public Flicks UsedStart { get; set; } = Flicks.MaxValue;

    public Flicks UsedEnd { get; set; }

    public string? Format { get; set; }
}

/// <summary>A file being made: its resources, their ids, and what could not be said.</summary>
internal sealed class FcpxmlTarget
{
    const string UsualVersion = "1.10";

    readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    readonly Dictionary<string, OtioObject> _known = new(StringComparer.Ordinal);
    readonly Dictionary<string, FcpxmlNewAsset> _assets = new(StringComparer.Ordinal);
    readonly Dictionary<string, (FrameRate Rate, FcpxmlGrid Grid)> _formats = new(StringComparer.Ordinal);
    readonly Dictionary<string, string?> _sources = new(StringComparer.Ordinal);
    readonly Dictionary<string, FcpxmlMedia> _media = new(StringComparer.Ordinal);
    readonly CommonLosses _common;
    readonly HashSet<string> _styles = new(StringComparer.Ordinal);
    Func<string, string?>? _idOf;
    int _nextId = 1;
    int _nextStyle = 1;

    public FcpxmlTarget(OtioObject root, DiagnosticBag diagnostics)
    {
        Diagnostics = diagnostics;
        _common = new(diagnostics);
        Section = FcpxmlLocal.Section(root) ?? OtioObject.EmptyMap;
        Local = FcpxmlLocal.In(root) ?? OtioObject.EmptyMap;
        ReserveStyles(Local);
        Version = Section.Text(FcpxmlKeys.Version) is { Length: > 0 } version ? version : UsualVersion;
        foreach (var field in (Section.Child(FcpxmlKeys.Resources) ?? OtioObject.EmptyMap).Fields)
        {
            if (field.Value is OtioObject record && record.Text(FcpxmlKeys.Element) is not null) _known.TryAdd(field.Name, record);
        }

        foreach (var field in (Local.Child(FcpxmlKeys.Ids) ?? OtioObject.EmptyMap).Fields)
        {
            if (_known.ContainsKey(field.Name) && field.Value is OtioString { Value.Length: > 0 } id && _taken.Add(id.Value)) _ids.TryAdd(field.Name, id.Value);
        }
    }

    public DiagnosticBag Diagnostics { get; }

    /// <summary>
    /// True for the timelines beside the cut, which no edit reaches: a compound that the cut shows too is as the cut has it.
    /// </summary>
    public bool IsBesideCut { get; set; }

    /// <summary>The root's <c>metadata.fcpx</c>.</summary>
    public OtioObject Section { get; }

    public OtioObject Local { get; }

    public string Version { get; }

    /// <summary>1.9 moved an asset's file into a <c>media-rep</c>.</summary>
    public bool HasMediaReps => Minor >= 9;

    int Minor => Version.Split('.') is [_, var minor, ..] && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 10;

    public IEnumerable<KeyValuePair<string, OtioObject>> Known => _known;

    public IEnumerable<FcpxmlNewAsset> NewAssets => _assets.Values;

    public IEnumerable<KeyValuePair<string, (FrameRate Rate, FcpxmlGrid Grid)>> NewFormats => _formats;

    public IEnumerable<FcpxmlMedia> Media => _media.Values;

    public OtioObject? Record(string? key) => key is null ? null : _known.GetValueOrDefault(key);

    public FcpxmlMedia? MediaOf(string key) => _media.GetValueOrDefault(key);

    public void Add(FcpxmlMedia media) => _media.Add(media.Key, media);

    /// <summary>The id in this file of what is called so; the one it had before when that is free.</summary>
    public string Id(string key)
    {
        if (_ids.TryGetValue(key, out var id)) return id;
        do id = string.Create(CultureInfo.InvariantCulture, $"r{_nextId++}");
        while (!_taken.Add(id));
        return _ids[key] = id;
    }

    /// <summary>What metadata says, with this file's ids in place of names.</summary>
    public OtioObject InFile(OtioObject residue, OtioArray? styles) => FcpxmlRefs.Exchange(residue, IdOrStyle(residue, styles));

    /// <summary>As <see cref="InFile(OtioObject, OtioArray?)"/>, of what holds no text styles.</summary>
    public OtioObject InFile(OtioObject residue) => FcpxmlRefs.Exchange(residue, _idOf ??= IdOf);

    Func<string, string?> IdOrStyle(OtioObject residue, OtioArray? styles)
    {
        var numbered = FcpxmlStyles.IdsIn(residue);
        if (numbered.Count == 0) return _idOf ??= IdOf;
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < numbered.Count; i++)
        {
            var before = styles?.Items.ElementAtOrDefault(i) is OtioString { Value.Length: > 0 } own ? own.Value : null;
            ids[numbered[i]] = before is not null && _taken.Add(before) ? before : NextStyle();
        }

        return name => ids.TryGetValue(name, out var id) ? id : IdOf(name);
    }

    string? IdOf(string key) => _known.ContainsKey(key) || _media.ContainsKey(key) || _assets.ContainsKey(key) || _formats.ContainsKey(key) ? Id(key) : null;

    string NextStyle()
    {
        string id;
        do id = string.Create(CultureInfo.InvariantCulture, $"ts{_nextStyle++}");
        while (_styles.Contains(id) || !_taken.Add(id));
        return id;
    }

    /// <summary>Styles keep their ids where they can, so none of them is given to another.</summary>
    public void ReserveStyles(OtioObject? local)
    {
        foreach (var id in (local?[FcpxmlKeys.Styles] as OtioArray ?? OtioArray.Empty).Items.OfType<OtioString>()) _styles.Add(id.Value);
    }

    public bool HasVideo(string key) => Record(key) is { } asset ? asset.Text("@hasVideo") == "1" || asset.Text("@hasAudio") != "1" : _assets.TryGetValue(key, out var made) && made.HasVideo;

    public bool HasAudio(string key) => Record(key) is { } asset ? asset.Text("@hasAudio") == "1" : _assets.TryGetValue(key, out var made) && made.HasAudio;

    /// <summary>The asset that a media reference means: the one it was read from while that still names the same file, else a new one.</summary>
    public string AssetKey(OtioObject reference, FcpxmlRow row, TimeRange used, string? format, string fallbackName)
    {
        var url = UrlOf(reference);
        var own = FcpxmlLocal.Section(reference)?.Text(FcpxmlKeys.Ref);
        if (own is not null && Record(own) is { } record && record.Text(FcpxmlKeys.Element) == "asset" && SourceOf(own, record) == url) return own;
        var name = reference.Text("name") is { Length: > 0 } named ? named : fallbackName;
        var key = "new asset " + (url ?? name);
        if (!_assets.TryGetValue(key, out var asset)) _assets[key] = asset = new(key, reference.With("name", name));
        asset.HasVideo |= row != FcpxmlRow.Audio;
        asset.HasAudio |= row == FcpxmlRow.Audio;
        asset.UsedStart = Flicks.Min(asset.UsedStart, used.Start);
        asset.UsedEnd = Flicks.Max(asset.UsedEnd, used.End);
        asset.Format ??= format;
        return key;
    }

    public static string? UrlOf(OtioObject reference) => reference.SchemaName switch
    {
        OtioSchema.ExternalReference => reference.Text("target_url") is { Length: > 0 } url ? url : null,
        OtioSchema.ImageSequenceReference => string.Concat(reference.Text("target_url_base"), reference.Text("name_prefix"), "#", reference.Text("name_suffix")),
        _ => null,
    };

    /// <summary>The file of an asset that many clips show.</summary>
    string? SourceOf(string key, OtioObject asset)
    {
        if (!_sources.TryGetValue(key, out var source)) _sources[key] = source = SourceOf(asset);
        return source;
    }

    static string? SourceOf(OtioObject asset)
    {
        foreach (var media in FcpxmlRefs.All(asset, "media-rep"))
        {
            if (media.Text("@kind") is null or "original-media") return media.Text("@src");
        }

        return asset.Text("@src") ?? FcpxmlRefs.All(asset, "media-rep").FirstOrDefault()?.Text("@src");
    }

    /// <summary>How a sequence of this format counts; null when the format is not among the resources or says no rate.</summary>
    public FcpxmlFrame? FrameOf(string? format) =>
        Record(format) is { } record && FcpxmlGrid.TryParse(record.Text("@frameDuration"), out var grid) && grid.TryRate(out var rate) ? new(rate, grid) : null;

    /// <summary>A format for a sequence that says none.</summary>
    public string NewFormat(FcpxmlFrame frame)
    {
        var key = "new format " + frame.Rate;
        _formats.TryAdd(key, (frame.Rate, frame.Grid));
        return key;
    }

    public void Warn(string code, string place, string message) => Diagnostics.Warn(code, place, message);

    /// <summary>For what would be said of every clip.</summary>
    public void Each(string code, string place, string message, string name) => _common.Add(code, place, message, name);

    /// <summary>Says what was collected by <see cref="Each"/>.</summary>
    public void TellCommon() => _common.Tell();
}
