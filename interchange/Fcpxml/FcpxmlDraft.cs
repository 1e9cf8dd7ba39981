using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>An item on its way to OTIO: what its metadata will say, and the spellings to keep.</summary>
/// <param name="section">Room for what its metadata will say.</param>
internal sealed class FcpxmlDraft(XmlNode node, Flicks start, Flicks duration, FcpxmlSpelling spelling, List<OtioField> section)
{
    public XmlNode Node => node;

    /// <summary>In its own time.</summary>
    public Flicks Start => start;

    public Flicks Duration => duration;

    public FcpxmlSpelling Spelling => spelling;

    public void Say(string field, OtioValue value) => section.Add(new(field, value));

    /// <summary>How its media is played at another rate; null for most.</summary>
    public FcpxmlConform? Conform { get; init; }

    /// <summary>From the time of a clip to that of the one source in it.</summary>
    public Flicks Shift { get; set; }

    /// <summary>Everything that is not modelled otherwise.</summary>
    public void Rest(XmlNames modelled, FcpxmlSource source)
    {
        section.AddRange(source.Stable(XmlMetadata.Rest(node, Conform is null ? modelled : modelled.And(FcpxmlConform.Element))).Fields.AsSpan());
    }

    public OtioObject StyledSection()
    {
        var said = new OtioObject([.. section]);
        if (!FcpxmlStyles.CanBeIn(node.Name, said)) return said;
        var styled = FcpxmlStyles.Number(said);
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

    /// <summary>True for a title, and for what keeps other items whole.</summary>
    public static bool CanBeIn(string? element, OtioObject section)
    {
        if (element is "title" or "caption") return true;
        foreach (var field in section.Fields) if (field.Name is FcpxmlKeys.Audition or FcpxmlKeys.Content or FcpxmlKeys.Anchored) return true;
        return false;
    }

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
        List<string>? ids = null;
        Collect(residue, ref ids);
        return ids ?? [];
    }

    static void Collect(OtioValue value, ref List<string>? ids)
    {
        switch (value)
        {
            case OtioObject element:
                foreach (var field in element.Fields)
                {
                    if (field.Name == Definition) Define(field.Value, ref ids);
                    Collect(field.Value, ref ids);
                }

                break;
            case OtioArray list:
                if (list.Items is [OtioString { Value: Definition }, var named]) Define(named, ref ids);
                foreach (var item in list.Items) Collect(item, ref ids);
                break;
        }
    }

    static void Define(OtioValue definition, ref List<string>? ids)
    {
        if (definition is OtioArray several) foreach (var one in several.Items) Define(one, ref ids);
        else if (definition is OtioObject element && element.Text(Id) is { } id && ids?.Contains(id) is not true) (ids ??= []).Add(id);
    }
}
