using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Projects, bins and master clips around the sequences, in file order: each entry has a name; a project, bin or list of
/// children has its own entries and the rest of what it says; a sequence is named by its id alone.
/// </summary>
internal static class XmemlOutline
{
    const int Deepest = 200;

    /// <summary>The sequences of the file's own structure, in file order; those inside items are not among them.</summary>
    public static List<XmlNode> SequencesOf(XmlNode root)
    {
        var found = new List<XmlNode>();
        Collect(root, found, 0);
        return found;
    }

    public static OtioArray Read(XmlNode container, int depth = 0)
    {
        var entries = new List<OtioValue>();
        foreach (var child in container.Children)
        {
            var name = (XmemlKeys.OutlineName, (OtioValue)child.Name);
            if (child.Name == "sequence") entries.Add(OtioObject.Map(name, (XmemlKeys.SequenceId, child["id"] is { } id ? id : OtioNull.Value), (XmemlKeys.Reference, child.IsLeaf)));
            else if (IsContainer(child) && depth < Deepest) entries.Add(OtioObject.Map(name, (XmemlKeys.OutlineRest, Attributes(child)), (XmemlKeys.Outline, Read(child, depth + 1))));
            else entries.Add(OtioObject.Map(name, (XmemlKeys.OutlineRest, XmlMetadata.Of(child))));
        }

        return OtioArray.Of(entries);
    }

    public static bool IsContainer(XmlNode node) => node.Name is "project" or "bin" or "children";

    static void Collect(XmlNode container, List<XmlNode> found, int depth)
    {
        foreach (var child in container.Children)
        {
            if (child.Name == "sequence") found.Add(child);
            else if (IsContainer(child) && depth < Deepest) Collect(child, found, depth + 1);
        }
    }

    static OtioObject Attributes(XmlNode element)
    {
        var attributes = new List<OtioField>();
        foreach (var (name, value) in element.Attributes) attributes.Add(new("@" + name, value));
        return new([.. attributes]);
    }
}
