using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>From an OTIO document of any origin to a file, from the document alone; what the file cannot say is in the diagnostics.</summary>
internal sealed class Fcp7XmlWriter : IDisposable
{
    const string UsualVersion = "4";

    readonly OtioDocument _document;
    readonly XmlOutput _output;
    readonly XmemlLosses _losses;
    readonly XmemlWriting _writing;
    readonly Dictionary<string, OtioObject> _nests = [];
    readonly Dictionary<(string Link, string Media), int> _channels = [];
    readonly HashSet<OtioObject> _written = new(ReferenceEqualityComparer.Instance);

    public Fcp7XmlWriter(OtioDocument document, DiagnosticBag diagnostics, string indent)
    {
        _document = document;
        _output = new(indent);
        _losses = new(diagnostics);
        _writing = new(_output, _losses);
    }

    /// <returns>The file, until the writer is disposed of.</returns>
    /// <exception cref="InterchangeFormatException">There is no timeline, and nothing else that came from such a file.</exception>
    public ReadOnlyMemory<byte> Write()
    {
        var root = _document.Root;
        var timelines = Timelines(root);
        var rest = XmemlOtio.Rest(root);
        if (timelines.Count == 0 && rest[XmemlKeys.Outline] is null)
        {
            throw new InterchangeFormatException($"The document holds a {root.SchemaName} and no timeline, and a Final Cut Pro 7 file is made of sequences; give a file with a timeline.", "");
        }

        Prepare(timelines, rest);
        _output.Declaration("xmeml");
        _output.Start("xmeml");
        if (rest.Child(XmemlKeys.File) is { } file) XmlMetadata.WriteAttributes(_output, file);
        else if (!XmemlOtio.HasRest(root)) _output.Attribute("version", UsualVersion);
        Outline(rest.List(XmemlKeys.Outline), timelines);
        for (var i = 0; i < timelines.Count; i++) Sequence(timelines[i], timelines.Count == 1 ? "" : XmemlFrames.Text(i));
        _output.End();
        if (root.SchemaName == OtioSchema.SerializableCollection) _losses.MetadataOf(root, "");
        _losses.Report();
        ReportCharacters();
        return _output.Written;
    }

    public void Dispose() => _output.Dispose();

    /// <summary>Those of a timeline or collection; what stands alone gets a timeline around it.</summary>
    List<OtioObject> Timelines(OtioObject root)
    {
        var timelines = _document.Timelines().ToList();
        if (root.SchemaName == OtioSchema.SerializableCollection) CollectionLosses(root);
        if (timelines.Count > 0) return timelines;
        var name = root.Text("name") ?? "";
        return root.SchemaName switch
        {
            OtioSchema.Stack => [OtioBuild.Timeline(name, null, []).With("tracks", root)],
            OtioSchema.Track or OtioSchema.Clip => [OtioBuild.Timeline(name, null, [root])],
            _ => [],
        };
    }

    void CollectionLosses(OtioObject collection)
    {
        foreach (var child in collection.Objects("children"))
        {
            if (child.SchemaName is not (OtioSchema.Timeline or OtioSchema.SerializableCollection))
            {
                _losses.LeftOut("", $"'{child.Text("name")}', a {child.Schema} beside the timelines,", "sequences stand in bins, and other things with them only as they came");
            }
        }
    }

    /// <summary>Ids that the document still wants, habits, and what each file is used for.</summary>
    void Prepare(List<OtioObject> timelines, OtioObject rest)
    {
        var habits = timelines.Select(t => XmemlOtio.Local(t)?.Child(XmemlKeys.Habits)).FirstOrDefault(h => h is not null);
        if (habits is not null)
        {
            _writing.Habits = new(habits.Flag(XmemlKeys.HabitTicks) is true, habits.Flag(XmemlKeys.HabitGroupIndex) is true, habits.Flag(XmemlKeys.HabitMasterClip) is true);
        }

        _writing.Ids.WantOf(rest[XmemlKeys.Outline]);
        foreach (var timeline in timelines)
        {
            _writing.Ids.Want(XmemlOtio.Local(timeline)?.Text(XmemlKeys.Id));
            foreach (var track in timeline.Child("tracks")?.Objects("children") ?? []) PrepareTrack(track, 0);
        }
    }

    void PrepareTrack(OtioObject track, int depth)
    {
        var isAudio = track.Text("kind") == "Audio";
        IEnumerable<OtioObject> items = track.SchemaName == OtioSchema.Track ? track.Objects("children") : [track];
        foreach (var item in items)
        {
            var local = XmemlOtio.Local(item);
            if (local is not null)
            {
                _writing.Ids.Want(local.Text(XmemlKeys.Id));
                _writing.Ids.Want(local.Text(XmemlKeys.FileId));
                _writing.Ids.Want(local.Text(XmemlKeys.SequenceId));
                _writing.Ids.Want(local.Text(XmemlKeys.MasterClip));
            }

            if (item.SchemaName == OtioSchema.Clip && XmemlOtio.ActiveMedia(item) is { } media) _writing.Files.Note(media, !isAudio, isAudio ? Channel(item, media) : 0, local);
            if (item.SchemaName is not (OtioSchema.Stack or OtioSchema.Track) || depth > 64) continue;
            if (local?.Text(XmemlKeys.SequenceId) is { } id && !_nests.TryAdd(id, item)) continue;
            foreach (var inner in item.SchemaName == OtioSchema.Stack ? item.Objects("children") : [item]) PrepareTrack(inner, depth + 1);
        }
    }

    /// <summary>From 1: how many of the sound clips linked with this one have shown the same file so far.</summary>
    int Channel(OtioObject item, OtioObject media)
    {
        if (XmemlOtio.Own(item)?.Text(XmemlKeys.Link) is not { } link) return 1;
        var use = (link, XmemlFileWriter.KeyOf(media));
        return _channels[use] = _channels.GetValueOrDefault(use) + 1;
    }

    void Outline(IEnumerable<OtioValue> entries, List<OtioObject> timelines)
    {
        foreach (var entry in entries.OfType<OtioObject>())
        {
            var name = entry.Text(XmemlKeys.OutlineName) ?? "";
            if (!XmlNames.IsName(name)) continue;
            if (name == "sequence") OutlinedSequence(entry.Text(XmemlKeys.SequenceId), entry.Flag(XmemlKeys.Reference) is true, timelines);
            else if (entry[XmemlKeys.Outline] is OtioArray inside)
            {
                _output.Start(name);
                if (entry.Child(XmemlKeys.OutlineRest) is { } attributes) XmlMetadata.WriteAttributes(_output, attributes);
                Outline(inside.Items, timelines);
                _output.End();
            }
            else if (entry[XmemlKeys.OutlineRest] is { } kept)
            {
                XmemlKept.Write(_writing, name, kept);
            }
        }
    }

    void OutlinedSequence(string? id, bool isReference, List<OtioObject> timelines)
    {
        if (isReference && id is not null && (_nests.ContainsKey(id) || timelines.Exists(t => XmemlOtio.Local(t)?.Text(XmemlKeys.Id) == id)))
        {
            _output.Start("sequence");
            _output.Attribute("id", id);
            _output.End();
            return;
        }

        var timeline = timelines.Find(t => !_written.Contains(t) && XmemlOtio.Local(t)?.Text(XmemlKeys.Id) == id);
        if (timeline is not null) Sequence(timeline, "");
        else if (id is not null && _nests.TryGetValue(id, out var nest)) _writing.Sequences.Nest(nest, Timeline.Time.FrameRate.Fps24, "");
        else _losses.LeftOut("", $"The sequence '{id}' of a bin", "a sequence is kept where it is cut in, and no cut shows it any more");
    }

    void Sequence(OtioObject timeline, string location)
    {
        if (_written.Add(timeline)) _writing.Sequences.Timeline(timeline, location);
    }

    void ReportCharacters()
    {
        if (_output.Replaced > 0) _losses.Approximated("", $"{XmemlFrames.Text(_output.Replaced)} character(s) that XML cannot hold were written as U+FFFD.");
        foreach (var key in _output.Omitted.Distinct(StringComparer.Ordinal)) _losses.LeftOut("", $"The metadata '{key}'", "names cannot look like that");
    }
}
