using System.Xml;
using System.Xml.Linq;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Xml;

/// <summary>How often elements stand in a file, read by .NET's own XML, and how often a document holds what was read from them.</summary>
static class ElementCounts
{
    public static int In(byte[] file, string name)
    {
        using var reader = XmlReader.Create(new MemoryStream(file), new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader).Descendants().Count(e => e.Name.LocalName == name);
    }

    /// <summary>All objects of a document; a nested sequence, which OTIO repeats for every use, once.</summary>
    public static IEnumerable<OtioObject> Nodes(OtioDocument document)
    {
        var opened = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<OtioValue>([document.Root]);
        while (waiting.TryPop(out var value))
        {
            if (value is OtioArray list) foreach (var item in list.Items) waiting.Push(item);
            if (value is not OtioObject node) continue;
            yield return node;
            var isKnown = node.Child("metadata")?.Child("cinegit")?.Text("definition") is { } definition && !opened.Add(definition);
            foreach (var field in node.Fields) if (field.Name != "metadata" && !(isKnown && field.Name == "children")) waiting.Push(field.Value);
        }
    }

    /// <summary>How many elements of a name are kept whole in metadata: under their name, or as a pair in a list of such.</summary>
    public static int Kept(OtioValue? value, string name) => value switch
    {
        OtioObject element => element.Fields.Sum(f => (f.Name == name ? f.Value is OtioArray several ? several.Items.Length : 1 : 0) + Kept(f.Value, name)),
        OtioArray { Items: [OtioString text, OtioObject or OtioString or OtioNull] } pair when text.Value == name => 1 + Kept(pair.Items[1], name),
        OtioArray list => list.Items.Sum(i => Kept(i, name)),
        _ => 0,
    };

    public static OtioObject? Section(OtioObject node, string key) => node.Child("metadata")?.Child(key);

    public static OtioObject? Local(OtioObject node) => node.Child("metadata")?.Child("cinegit")?.Child("local");
}
