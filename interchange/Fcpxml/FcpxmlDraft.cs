using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>An item on its way to OTIO: what its metadata will say, and the spellings to keep.</summary>
internal sealed class FcpxmlDraft(XmlNode node, Flicks start, Flicks duration, FcpxmlSpelling spelling)
{
    public XmlNode Node => node;

    /// <summary>In its own time.</summary>
    public Flicks Start => start;

    public Flicks Duration => duration;

    public FcpxmlSpelling Spelling => spelling;

    public List<(string Name, OtioValue Value)> Section { get; } = [(FcpxmlKeys.Element, node.Name)];

    /// <summary>From the time of a clip to that of the one source in it.</summary>
    public Flicks Shift { get; set; }

    /// <summary>Everything that is not modelled otherwise.</summary>
    public void Rest(XmlNames modelled, FcpxmlSource source)
    {
        foreach (var field in source.Stable(XmlMetadata.Rest(node, modelled)).Fields) Section.Add((field.Name, field.Value));
    }

    public OtioObject StyledSection()
    {
        var styled = FcpxmlStyles.Number(OtioObject.Map([.. Section]));
        if (styled.Ids.Count > 0) spelling.Add(FcpxmlKeys.Styles, OtioArray.Of(styled.Ids.Select(id => (OtioValue)id)));
        return styled.Residue;
    }
}

/// <summary>
/// Text styles have ids that are unique in a file and numbered anew on every export. In metadata the styles of each title are
/// numbered from one.
/// </summary>
internal static class FcpxmlStyles
{
    const string Definition = "text-style-def";
    const string Id = "@id";

    public static (OtioObject Residue, IReadOnlyList<string> Ids) Number(OtioObject residue)
    {
        var ids = IdsIn(residue);
        if (ids.Count == 0) return (residue, ids);
        var numbers = ids.Select((id, index) => (id, index)).ToDictionary(p => p.id, p => Numbered(p.index), StringComparer.Ordinal);
        return (FcpxmlRefs.Exchange(residue, numbers.GetValueOrDefault), ids);
    }

    /// <summary>How a file's own residue calls its styles: the numbers are spelled so that they are no id of a resource.</summary>
    public static string Numbered(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"style {index + 1}");

    public static IReadOnlyList<string> IdsIn(OtioObject residue)
    {
        var ids = new List<string>();
        Collect(residue, ids, []);
        return ids;
    }

    static void Collect(OtioValue value, List<string> ids, HashSet<string> seen)
    {
        switch (value)
        {
            case OtioObject element:
                foreach (var field in element.Fields)
                {
                    if (field.Name == Definition) Define(field.Value, ids, seen);
                    Collect(field.Value, ids, seen);
                }

                break;
            case OtioArray list:
                if (list.Items is [OtioString { Value: Definition }, var named]) Define(named, ids, seen);
                foreach (var item in list.Items) Collect(item, ids, seen);
                break;
        }
    }

    static void Define(OtioValue definition, List<string> ids, HashSet<string> seen)
    {
        if (definition is OtioArray several) foreach (var one in several.Items) Define(one, ids, seen);
        else if (definition is OtioObject element && element.Text(Id) is { } id && seen.Add(id)) ids.Add(id);
    }
}
