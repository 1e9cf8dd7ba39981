using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>
/// From a file to a document: a timeline for each project, in a collection when there are several. Libraries, events, browser
/// clips and resources are kept in the metadata of the document's root, under names that outlast the file.
/// </summary>
internal sealed class FcpxmlReader
{
    /// <summary>Of a name in a sentence for a person.</summary>
    const int LongestName = 60;

    static readonly XmlNames OfResource = new("@id");
    static readonly XmlNames OfMedia = new("@id", "@modDate", "sequence", "multicam");
    static readonly XmlNames OfProject = new("@name", "@modDate", "sequence");
    static readonly XmlNames OfSequence = new("@duration", "@tcStart", "spine", "marker", "chapter-marker");
    static readonly XmlNames OfNestedSequence = new("spine");
    static readonly XmlNames OfMulticam = new("mc-angle");
    static readonly XmlNames OfRoot = new(
        "@version", "resources", "import-options", "library", "event", "project", "clip", "audition", "mc-clip", "ref-clip", "sync-clip", "asset-clip",
        "collection-folder", "keyword-collection", "smart-collection");

    readonly FcpxmlSource _source;
    readonly FcpxmlNests _nests;
    readonly ReadOptions _options;
    readonly List<OtioObject> _timelines = [];
    readonly List<(string, OtioValue)> _totals = [];
    readonly List<(string, OtioValue)> _dates = [];

    public FcpxmlReader(XmlTree tree, ReadOptions options, DiagnosticBag diagnostics)
    {
        if (tree.Root.Name != "fcpxml")
        {
            throw new InterchangeFormatException($"{options.FileName} is XML with a {(tree.Root.Name.Length > LongestName ? tree.Root.Name[..LongestName] + "…" : tree.Root.Name)} as its root, where FCPXML has an fcpxml.", tree.Root.Place);
        }

        _source = new(tree, diagnostics);
        _nests = new(_source);
        _options = options;
    }

    public OtioDocument Read()
    {
        var root = _source.Tree.Root;
        var layout = Layout(root);
        var resources = Resources();
        var section = new List<(string, OtioValue)>
        {
            (FcpxmlKeys.Version, root["version"] ?? ""), (FcpxmlKeys.Resources, resources), (FcpxmlKeys.Layout, layout),
        };
        section.AddRange(XmlMetadata.Rest(root, OfRoot).Fields.Select(f => (f.Name, f.Value)));
        var (styled, styles) = FcpxmlStyles.Number(OtioObject.Map([.. section]));
        var ids = OtioObject.Map([.. _source.Resources.Select(r => (r.Value.Key, (OtioValue)r.Key))]);
        var local = new List<(string, OtioValue)> { (FcpxmlKeys.Ids, ids) };
        if (_totals.Count > 0) local.Add((FcpxmlKeys.Totals, OtioObject.Map([.. _totals])));
        if (_dates.Count > 0) local.Add((FcpxmlKeys.Dates, OtioObject.Map([.. _dates])));
        if (styles.Count > 0) local.Add((FcpxmlKeys.Styles, OtioArray.Of(styles.Select(s => (OtioValue)s))));
        return new(Root(styled, OtioObject.Map([.. local])));
    }

    OtioObject Root(OtioObject section, OtioObject local)
    {
        if (_timelines.Count > 1)
        {
            var metadata = OtioObject.Map((FcpxmlKeys.Section, section), (OtioSchema.OwnMetadata, OtioObject.Map((FcpxmlKeys.Local, local))));
            return OtioObject.Of("SerializableCollection.1", ("metadata", metadata), ("name", ""), ("children", OtioArray.Of(_timelines)));
        }

        if (_timelines.Count == 0)
        {
            _source.Diagnostics.Warn(DiagnosticCodes.FcpxmlNoProject, "", $"{_options.FileName} holds no project: clips and events only. All of it is kept, and the cut is empty.");
            _timelines.Add(OtioBuild.Timeline(Path.GetFileNameWithoutExtension(_options.FileName), null, []));
        }

        var timeline = _timelines[0];
        var own = timeline.Child("metadata") ?? OtioObject.EmptyMap;
        var both = OtioObject.Map([.. section.Fields.Select(f => (f.Name, f.Value)), .. (own.Child(FcpxmlKeys.Section) ?? OtioObject.EmptyMap).Fields.Select(f => (f.Name, f.Value))]);
        var ours = own.Child(OtioSchema.OwnMetadata) ?? OtioObject.EmptyMap;
        var locals = OtioObject.Map([.. local.Fields.Select(f => (f.Name, f.Value)), .. (ours.Child(FcpxmlKeys.Local) ?? OtioObject.EmptyMap).Fields.Select(f => (f.Name, f.Value))]);
        return timeline.With("metadata", OtioObject.Map((FcpxmlKeys.Section, both), (OtioSchema.OwnMetadata, ours.With(FcpxmlKeys.Local, locals))));
    }

    /// <summary>What the file holds beside its resources, in order; each project stands there as the number of its timeline.</summary>
    OtioArray Layout(XmlNode parent)
    {
        var items = new List<OtioValue>();
        foreach (var child in parent.Children)
        {
            if (child.Name == "resources" || (parent.Name == "fcpxml" && !OfRoot.Contains(child.Name))) continue;
            items.Add(OtioArray.Of([child.Name, LayoutOf(child)]));
        }

        return OtioArray.Of(items);
    }

    OtioValue LayoutOf(XmlNode node)
    {
        if (node.Name is "library" or "event")
        {
            var fields = new List<(string, OtioValue)>();
            foreach (var (name, value) in node.Attributes) fields.Add(("@" + name, value));
            return OtioObject.Map([.. fields, (FcpxmlKeys.Items, Layout(node))]);
        }

        if (node.Name != FcpxmlKeys.Project || !node.Child(FcpxmlKeys.Sequence).Exists) return _source.Stable(XmlMetadata.Of(node));
        _timelines.Add(Project(node));
        return OtioObject.Map((FcpxmlKeys.Timeline, (long)_timelines.Count - 1));
    }

    OtioObject Project(XmlNode project)
    {
        var sequence = project.Child(FcpxmlKeys.Sequence);
        var frame = FrameOf(sequence);
        var origin = _source.Time(sequence, "tcStart");
        var story = new FcpxmlStoryReader(_source, frame, _nests, FcpxmlLevel.Sequence);
        var tracks = story.Read(sequence.Child("spine") is { Exists: true } spine ? spine.Children.ToList() : [], origin).ToList();
        var section = OtioObject.Map(
            (FcpxmlKeys.Project, _source.Stable(XmlMetadata.Rest(project, OfProject))),
            (FcpxmlKeys.Sequence, _source.Stable(XmlMetadata.Rest(sequence, OfSequence))));
        var spelled = new FcpxmlSpelling(frame.Grid);
        spelled.Keep("duration", sequence["duration"], story.Length, always: true);
        spelled.Add(FcpxmlKeys.Total, FcpxmlTime.Format(story.Length, frame.Grid));
        spelled.Keep("tcStart", sequence["tcStart"], origin, always: true);
        if (project["modDate"] is { } date) spelled.Add("modDate", date);
        if (sequence.Child("spine") is { Exists: true, IsLeaf: true } bare && bare.Text.Length > 0) spelled.Add(FcpxmlKeys.SpineText, bare.Text);
        if (project["name"] is null) spelled.Add("name", OtioNull.Value);
        var own = OtioObject.Map((FcpxmlKeys.Rate, frame.Rate.ToString()), (FcpxmlKeys.Local, spelled.Fields));
        var metadata = OtioObject.Map((FcpxmlKeys.Section, section), (OtioSchema.OwnMetadata, own));
        var markers = OtioArray.Of([.. story.Markers, .. SequenceMarkers(sequence, frame, origin)]);
        var stack = OtioBuild.Stack("tracks", tracks).With("markers", markers);
        return OtioBuild.Timeline(project["name"] ?? "", null, [], metadata)
            .With("global_start_time", frame.Rational(origin))
            .With("tracks", stack);
    }

    /// <summary>The DTD has no markers in a sequence, and some tools write them.</summary>
    IEnumerable<OtioObject> SequenceMarkers(XmlNode sequence, FcpxmlFrame frame, Flicks origin)
    {
        foreach (var child in sequence.Children.ToList().Where(c => FcpxmlKeys.IsMarker(c.Name)))
        {
            var marker = FcpxmlMarkers.One(child, _source, frame, t => t - origin);
            var metadata = marker.Child("metadata") ?? OtioObject.EmptyMap;
            yield return marker.With("metadata", metadata.With(FcpxmlKeys.Section, (metadata.Child(FcpxmlKeys.Section) ?? OtioObject.EmptyMap).With(FcpxmlKeys.Sequence, true)));
        }
    }

    FcpxmlFrame FrameOf(XmlNode sequence)
    {
        if (_source.GridOf(sequence["format"]) is { } grid && grid.TryRate(out var rate)) return new(rate, grid);
        var assumed = _options.Rate ?? FrameRate.Fps24;
        _source.Diagnostics.Warn(
            DiagnosticCodes.FcpxmlRateAssumed,
            sequence.Place,
            string.Create(CultureInfo.InvariantCulture, $"The format {sequence["format"]} of this sequence says no frame rate; {assumed} fps is assumed."));
        return new(assumed, FcpxmlGrid.Of(assumed));
    }

    OtioObject Resources()
    {
        var resources = new List<(string, OtioValue)>();
        foreach (var (_, resource) in _source.Resources)
        {
            var rest = _source.OpenedMedia.Contains(resource.Key) ? OpenedMedia(resource) : _source.Stable(XmlMetadata.Rest(resource.Node, OfResource));
            resources.Add((resource.Key, OtioObject.Map([(FcpxmlKeys.Element, resource.Kind), .. rest.Fields.Select(f => (f.Name, f.Value))])));
        }

        return OtioObject.Map([.. resources]);
    }

    /// <summary>Without its inside, which is in the nests that show it.</summary>
    OtioObject OpenedMedia(FcpxmlResource media)
    {
        var rest = _source.Stable(XmlMetadata.Rest(media.Node, OfMedia));
        if (media.Node["modDate"] is { } date) _dates.Add((media.Key, date));
        if (media.Node.Child("multicam") is { Exists: true } multicam) return rest.With("multicam", _source.Stable(XmlMetadata.Rest(multicam, OfMulticam)));
        var sequence = media.Node.Child(FcpxmlKeys.Sequence);
        if (_nests.LengthOf(media) is { } length) _totals.Add((media.Key, FcpxmlTime.Format(length, FcpxmlGrid.Fps24)));
        return rest.With(FcpxmlKeys.Sequence, _source.Stable(XmlMetadata.Rest(sequence, OfNestedSequence)));
    }
}
