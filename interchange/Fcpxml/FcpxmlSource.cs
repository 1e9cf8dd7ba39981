using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>An entry of a file's <c>resources</c>.</summary>
/// <param name="Key">What it is called beyond this file: its uid, its media, its name.</param>
internal sealed record FcpxmlResource(string Key, XmlNode Node)
{
    public string Kind => Node.Name;
}

/// <summary>A source file as the clips that show it see it.</summary>
internal sealed record FcpxmlAsset(FcpxmlResource Resource, bool HasVideo, bool HasAudio, FrameRate? Rate, OtioObject Reference);

/// <summary>A file being read: its resources by id, and what is found on the way.</summary>
internal sealed class FcpxmlSource
{
    readonly Dictionary<string, FcpxmlResource> _byId = new(StringComparer.Ordinal);
    readonly Dictionary<string, FcpxmlAsset> _assets = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _links = new(StringComparer.Ordinal);
    readonly Dictionary<OtioObject, OtioObject> _references = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<string> _said = new(StringComparer.Ordinal);

    public FcpxmlSource(XmlTree tree, DiagnosticBag diagnostics)
    {
        (Tree, Diagnostics) = (tree, diagnostics);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in tree.Root.Child("resources").Children)
        {
            if (node["id"] is not { Length: > 0 } id || _byId.ContainsKey(id)) continue;
            _byId.Add(id, new(Unique(KeyOf(node), node, keys), node));
        }
    }

    public XmlTree Tree { get; }

    public DiagnosticBag Diagnostics { get; }

    /// <summary>Media that a nest shows, so that its inside is not kept a second time.</summary>
    public HashSet<string> OpenedMedia { get; } = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, FcpxmlResource>> Resources => _byId;

    public FcpxmlResource? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    public string? KeyOfId(string id) => _byId.TryGetValue(id, out var resource) ? resource.Key : null;

    public OtioObject Stable(OtioObject residue) => FcpxmlRefs.Exchange(residue, KeyOfId);

    public OtioValue Stable(OtioValue residue) => FcpxmlRefs.Exchange(residue, KeyOfId);

    /// <summary>The asset behind a <c>ref</c>; null when it is something else or nothing.</summary>
    public FcpxmlAsset? Asset(string? id)
    {
        if (Find(id) is not { Kind: "asset" } resource || id is null) return null;
        if (_assets.TryGetValue(id, out var known)) return known;
        var node = resource.Node;
        var rate = RateOf(node["format"]);
        var hasAudio = node["hasAudio"] == "1";
        return _assets[id] = new(resource, node["hasVideo"] == "1" || !hasAudio, hasAudio, rate, Reference(resource, rate));
    }

    /// <summary>A clip's references: one object for all clips of one asset.</summary>
    public OtioObject References(OtioObject reference)
    {
        if (!_references.TryGetValue(reference, out var references)) _references[reference] = references = OtioObject.Map((OtioSchema.DefaultMediaKey, reference));
        return references;
    }

    /// <summary>Of a format by its id; null when it says none.</summary>
    public FrameRate? RateOf(string? format) => GridOf(format) is { } grid && grid.TryRate(out var rate) ? rate : null;

    public FcpxmlGrid? GridOf(string? format) =>
        Find(format) is { Kind: "format" } resource && FcpxmlGrid.TryParse(resource.Node["frameDuration"], out var grid) ? grid : null;

    /// <summary>An attribute's time; zero with an error when it is none.</summary>
    public Flicks Time(XmlNode node, string attribute, Flicks missing = default)
    {
        if (node[attribute] is not { } text) return missing;
        if (FcpxmlTime.TryParse(text, out var time)) return time;
        Diagnostics.Error(DiagnosticCodes.FcpxmlBadTime, node.Place, $"The {attribute} of this {node.Name} is \"{text}\", which is no time; zero is assumed.");
        return missing;
    }

    /// <summary>Counted by what is used, not by where, so that another edit of the file gives the same link.</summary>
    public string NextLink(string use)
    {
        var count = _links[use] = _links.GetValueOrDefault(use) + 1;
        return count == 1 ? use : string.Create(CultureInfo.InvariantCulture, $"{use}#{count}");
    }

    public void WarnOnce(string about, string code, XmlNode at, string message)
    {
        if (_said.Add(about)) Diagnostics.Warn(code, at.Place, message);
    }

    public void NoteOnce(string about, string code, XmlNode at, string message)
    {
        if (_said.Add(about)) Diagnostics.Note(code, at.Place, message);
    }

    static OtioObject Reference(FcpxmlResource resource, FrameRate? rate)
    {
        var node = resource.Node;
        var url = SourceOf(node);
        var range = FcpxmlTime.TryParse(node["duration"], out var duration) && duration > Flicks.Zero
            ? FcpxmlTime.Range(FcpxmlTime.TryParse(node["start"], out var start) ? start : Flicks.Zero, duration, rate ?? FrameRate.Audio48000)
            : null;
        var metadata = OtioObject.Map((FcpxmlKeys.Section, OtioObject.Map((FcpxmlKeys.Ref, resource.Key))));
        var name = node["name"] ?? "";
        var reference = url is null ? OtioBuild.MissingReference(range, name) : OtioBuild.ExternalReference(url, range, name);
        return reference.With("metadata", metadata);
    }

    static string? SourceOf(XmlNode asset)
    {
        foreach (var media in asset.Named("media-rep"))
        {
            if (media["kind"] is null or "original-media") return media["src"];
        }

        return asset["src"] ?? asset.Child("media-rep") switch { { Exists: true } proxy => proxy["src"], _ => null };
    }

    static string KeyOf(XmlNode node) => node.Name switch
    {
        "effect" => node["uid"] ?? node["name"],
        "format" => node["name"],
        "locator" => node["url"],
        _ => node["uid"] ?? node["name"] ?? SourceOf(node),
    } is { Length: > 0 } key ? key : Described(node);

    /// <summary>All that an entry says but its number: custom formats have no name.</summary>
    static string Described(XmlNode node)
    {
        var parts = new List<string>();
        foreach (var (name, value) in node.Attributes)
        {
            if (name is not "id") parts.Add($"{name}={value}");
        }

        parts.Sort(StringComparer.Ordinal);
        return $"{node.Name} {string.Join(' ', parts)}";
    }

    static string Unique(string key, XmlNode node, HashSet<string> taken)
    {
        if (taken.Add(key)) return key;
        var longer = Described(node);
        if (taken.Add(longer)) return longer;
        for (var i = 2; ; i++)
        {
            var numbered = string.Create(CultureInfo.InvariantCulture, $"{longer} #{i}");
            if (taken.Add(numbered)) return numbered;
        }
    }
}
