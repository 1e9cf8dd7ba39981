using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// From a file to an OTIO document: a timeline for the one sequence that is not nested in another, or a collection of them.
/// What is around the sequences stays with the document.
/// </summary>
internal sealed class Fcp7XmlReader(XmlTree tree, DiagnosticBag diagnostics)
{
    readonly XmemlReading _reading = new(tree, diagnostics);

    public OtioDocument Read(ReadOptions options)
    {
        var root = tree.Root;
        if (root.Name != "xmeml")
        {
            const int longestName = 60;
            var name = root.Name.Length > longestName ? root.Name[..longestName] + "…" : root.Name;
            throw new InterchangeFormatException(
                $"{options.FileName} is XML whose root is <{name}>, and a Final Cut Pro 7 file begins with <xmeml>; export the sequence or project as Final Cut Pro XML.", root.Place);
        }

        var elements = XmemlOutline.SequencesOf(root);
        var sequences = elements
            .Select(e => (Element: e, Read: _reading.Sequences.Read(e)))
            .Where(s => s.Read is not null && _reading.References.IsFirst(s.Element) | !s.Element.IsLeaf)
            .DistinctBy(s => s.Read?.Element.Index)
            .Where(s => !_reading.Sequences.IsNested(s.Element))
            .ToList();
        var file = File(root, elements.Count);
        if (sequences.Count == 1 && sequences[0].Read is { } only) return new(Timeline(only, file));
        if (sequences.Count == 0)
        {
            diagnostics.Warn(DiagnosticCodes.Fcp7NoSequence, root.Place, $"{options.FileName} holds bins and clips and no sequence, so there is no cut in it; what it holds is kept.");
        }

        var title = root.Child("project").TextOf("name") ?? Path.GetFileNameWithoutExtension(options.FileName);
        return new(OtioObject.Of(
            "SerializableCollection.1",
            ("metadata", XmemlOtio.Metadata(file, OtioObject.EmptyMap)),
            ("name", title),
            ("children", OtioArray.Of(sequences.Select(s => s.Read).OfType<XmemlSequence>().Select(s => Timeline(s, OtioObject.EmptyMap))))));
    }

    OtioObject Timeline(XmemlSequence sequence, OtioObject file)
    {
        var element = sequence.Element;
        var habits = OtioObject.Map(
            (XmemlKeys.HabitTicks, _reading.Habits.Ticks), (XmemlKeys.HabitGroupIndex, _reading.Habits.GroupIndex), (XmemlKeys.HabitMasterClip, _reading.Habits.MasterClips));
        var local = sequence.Local.With(XmemlKeys.Habits, habits);
        if (sequence.Id is { } id) local = local.With(XmemlKeys.Id, id);
        var own = OtioObject.Map((XmemlKeys.Rate, sequence.Rate.ToString()), (XmemlKeys.Local, local));
        var rest = sequence.Rest;
        foreach (var field in file.Fields) rest = rest.With(field.Name, field.Value);
        var markers = new List<OtioObject>();
        foreach (var marker in element.Named("marker")) markers.Add(XmemlMarkers.Of(sequence.Rate).Read(marker));
        var name = element.TextOf("name") ?? "";
        var start = XmemlTimecode.Read(element.Child("timecode"), sequence.Rate);
        return OtioObject.Of(
            "Timeline.1",
            ("metadata", XmemlOtio.Metadata(rest, own)),
            ("name", name),
            ("global_start_time", start is { } at ? OtioTimes.Write(null, XmemlFrames.At(at.Frame, at.Rate), at.Rate) : OtioNull.Value),
            ("tracks", OtioBuild.Stack(name, sequence.Tracks).With("markers", OtioArray.Of(markers))));
    }

    /// <summary>What surrounds the sequences: nothing but the version of the format where there is one sequence and no more.</summary>
    static OtioObject File(XmlNode root, int sequences)
    {
        var attributes = new List<OtioField>();
        foreach (var (name, value) in root.Attributes) attributes.Add(new("@" + name, value));
        var file = attributes.Count == 0 ? OtioObject.EmptyMap : OtioObject.Map((XmemlKeys.File, new OtioObject([.. attributes])));
        var isPlain = sequences == 1 && root.Children.Count() == 1 && root.Child("sequence").Exists;
        return isPlain ? file : file.With(XmemlKeys.Outline, XmemlOutline.Read(root));
    }
}
