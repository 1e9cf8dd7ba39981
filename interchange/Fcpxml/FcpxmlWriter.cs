using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>From a document to a whole file, from what the document says alone.</summary>
internal sealed class FcpxmlWriter : IDisposable
{
    const string Indent = "    ";

    readonly FcpxmlTarget _target;
    readonly DiagnosticBag _diagnostics;
    readonly XmlOutput _output = new(Indent);
    readonly List<FcpxmlProject> _projects = [];
    readonly FcpxmlStoryWriter _stories;
    readonly HashSet<int> _written = [];

    public FcpxmlWriter(OtioDocument document, DiagnosticBag diagnostics)
    {
        _target = new(document.Root, diagnostics);
        _diagnostics = diagnostics;
        _stories = new(_target, _output);
        var timelines = document.Timelines().ToList();
        if (timelines.Count == 0) timelines.Add(Around(document.Root));
        // A file without a project was read as an empty timeline, which is no project now either.
        if (timelines is [var only] && _target.Section[FcpxmlKeys.Layout] is not null && FcpxmlProject.IsNothing(only)) timelines = [];
        var cut = document.FirstTimeline();
        var projects = new FcpxmlProject[timelines.Count];
        // The cut goes first: what it shows is what the others show too.
        foreach (var i in Enumerable.Range(0, timelines.Count).OrderBy(i => ReferenceEquals(timelines[i], cut) ? 0 : 1))
        {
            var place = timelines.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"timelines/{i}/");
            projects[i] = FcpxmlProject.Plan(timelines[i], _target, place);
            _target.IsBesideCut = true;
        }

        _projects.AddRange(projects);
    }

    /// <returns>The file, until the writer is disposed of.</returns>
    public ReadOnlyMemory<byte> Write()
    {
        _output.Declaration("fcpxml");
        _output.Start("fcpxml");
        _output.Attribute("version", _target.Version);
        var section = _target.InFile(_target.Section.Without(FcpxmlKeys.Resources), _target.Local[FcpxmlKeys.Styles] as OtioArray);
        var layout = section.List(FcpxmlKeys.Layout);
        XmlMetadata.WriteAttributes(_output, section);
        foreach (var entry in Entries(layout).Where(e => e.Name == "import-options")) XmlMetadata.Write(_output, entry.Name, entry.Value);
        new FcpxmlResourceWriter(_target, _output, _stories).Write();
        Layout(layout, isRoot: true);
        var missing = Enumerable.Range(0, _projects.Count).Where(i => !_written.Contains(i)).ToList();
        if (missing.Count > 0) Events(missing, layout.Length > 0);
        _output.End();
        _target.TellCommon();
        Report();
        return _output.Written;
    }

    public void Dispose() => _output.Dispose();

    static IEnumerable<(string Name, OtioValue Value)> Entries(IEnumerable<OtioValue> items)
    {
        foreach (var item in items)
        {
            if (item is OtioArray { Items: [OtioString name, var value] } && XmlNames.IsName(name.Value)) yield return (name.Value, value);
        }
    }

    void Layout(IEnumerable<OtioValue> items, bool isRoot)
    {
        foreach (var (name, value) in Entries(items))
        {
            if (isRoot && name == "import-options") continue;
            if (name == FcpxmlKeys.Project && value is OtioObject stub && stub[FcpxmlKeys.Timeline] is OtioNumber number)
            {
                if (int.TryParse(number.Lexeme, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _projects.Count && _written.Add(index)) Project(_projects[index]);
            }
            else if (name is "library" or "event" && value is OtioObject container)
            {
                _output.Start(name);
                XmlMetadata.WriteAttributes(_output, container);
                Layout(container.List(FcpxmlKeys.Items), isRoot: false);
                _output.End();
            }
            else
            {
                XmlMetadata.Write(_output, name, value);
            }
        }
    }

    /// <summary>Projects that stand nowhere yet: in an event of their own.</summary>
    void Events(List<int> projects, bool isBesideOthers)
    {
        if (isBesideOthers) _diagnostics.Note(DiagnosticCodes.FcpxmlApproximated, "", "Timelines that the file's events do not name were written in an event of their own.");
        _output.Start("event");
        _output.Attribute("name", _projects[projects[0]].Name is { Length: > 0 } name ? name : "CineGit");
        foreach (var index in projects) Project(_projects[index]);
        _output.End();
    }

    void Project(FcpxmlProject project)
    {
        var section = _target.InFile(project.Section, null);
        var local = project.Local;
        _output.Start("project");
        if (project.Name.Length > 0 || local["name"] is not OtioNull) _output.Attribute("name", project.Name);
        if (local.Text("modDate") is { } date) _output.Attribute("modDate", date);
        XmlMetadata.WriteRest(_output, section.Child(FcpxmlKeys.Project) ?? OtioObject.EmptyMap);
        _output.Start("sequence");
        var said = section.Child(FcpxmlKeys.Sequence) ?? OtioObject.EmptyMap;
        if (said["@format"] is null && project.Format is { } format) _output.Attribute("format", _target.Id(format));
        Duration(project, local);
        if (local["tcStart"] is not OtioNull || !project.Origin.IsZero) _output.Attribute("tcStart", FcpxmlStoryWriter.Spelled(local.Text("tcStart"), project.Origin, project.Story.Frame));
        if (said["@tcFormat"] is null && project.IsNew) _output.Attribute("tcFormat", project.CountsDropFrame ? "DF" : "NDF");
        FcpxmlSequenceBody.Write(said, project.Story, project.Origin, _output, _stories, local.Text(FcpxmlKeys.SpineText));
        foreach (var marker in project.Markers)
        {
            var start = OtioTimes.TryReadRange(marker["marked_range"], out var range) ? range.Start : Flicks.Zero;
            FcpxmlMarkerWriter.Write(marker, start + project.Origin, range.Duration, "tracks/markers", project.Story.Frame, _target, _output);
        }

        _output.End();
        _output.End();
    }

    void Duration(FcpxmlProject project, OtioObject local)
    {
        var total = FcpxmlTime.Format(project.Story.Length, project.Story.Frame.Grid);
        var isAsRead = local.Text(FcpxmlKeys.Total) == total;
        if (isAsRead && local["duration"] is OtioNull) return;
        _output.Attribute("duration", isAsRead && local.Text("duration") is { } spelled ? spelled : total);
    }

    void Report()
    {
        if (_output.Replaced > 0) _diagnostics.Warn(DiagnosticCodes.FcpxmlApproximated, "", string.Create(CultureInfo.InvariantCulture, $"{_output.Replaced} characters that XML cannot hold were replaced."));
        foreach (var key in _output.Omitted) _diagnostics.Warn(DiagnosticCodes.FcpxmlLeftOut, "", $"Metadata under \"{key}\" was left out; that is no name in XML.");
    }

    /// <summary>A stack, a track or a clip alone.</summary>
    static OtioObject Around(OtioObject root) => root.SchemaName switch
    {
        OtioSchema.Stack => OtioBuild.Timeline(root.Text("name") ?? "", null, []).With("tracks", root),
        OtioSchema.Track => OtioBuild.Timeline(root.Text("name") ?? "", null, [root]),
        OtioSchema.Clip => OtioBuild.Timeline(root.Text("name") ?? "", null, [OtioBuild.Track("V1", "Video", [root])]),
        _ => throw new InterchangeFormatException($"The document holds no timeline: its root is {root.Schema}.", ""),
    };
}
