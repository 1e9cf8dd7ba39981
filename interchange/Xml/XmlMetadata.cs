using System.Collections.Immutable;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Xml;

/// <summary>
/// Elements as metadata and back, nothing lost, in the shape that OpenTimelineIO's fcp_xml adapter gives them: an attribute is
/// <c>@name</c>; a leaf without attributes is its text, null when it has none; repeated children are a list. Beyond that
/// adapter: the text of a leaf with attributes is <c>#text</c>, and what a dictionary cannot hold (text among elements,
/// children of one name with others between them) is a list under <c>#content</c>: text, or name and value.
/// </summary>
internal static class XmlMetadata
{
    const string TextKey = "#text";
    const string ContentKey = "#content";
    const int FewNames = 16;

    public static OtioValue Of(XmlNode element)
    {
        if (element.IsLeaf && element.Attributes.Count == 0) return element.Inside.IsEmpty ? OtioNull.Value : element.LeafText;
        return Rest(element, XmlNames.None);
    }

    /// <summary>The attributes and children of an element that are not <paramref name="modelled"/>; empty when all are.</summary>
    public static OtioObject Rest(XmlNode element, XmlNames modelled)
    {
        var fields = ImmutableArray.CreateBuilder<OtioField>();
        var names = element.Tree.Names;
        foreach (var attribute in element.Tree.AttributesOf(element.Index))
        {
            var key = names.AttributeKey(attribute.Name);
            if (!modelled.Contains(key)) fields.Add(new(key, element.Tree.ValueOf(attribute)));
        }

        if (element.IsLeaf)
        {
            if (!element.Inside.IsEmpty) fields.Add(new(TextKey, element.LeafText));
        }
        else if (!AddChildren(element, modelled, fields))
        {
            fields.Add(new(ContentKey, Content(element, modelled)));
        }

        return fields.Count == 0 ? OtioObject.EmptyMap : new(fields.DrainToImmutable());
    }

    /// <summary>One element of this name, or one for each item of a list.</summary>
    public static void Write(XmlOutput output, string name, OtioValue value)
    {
        if (value is OtioArray list)
        {
            foreach (var item in list.Items) WriteOne(output, name, item);
            return;
        }

        WriteOne(output, name, value);
    }

    /// <summary>Attributes, then children; call right after <see cref="XmlOutput.Start"/> and its other attributes.</summary>
    public static void WriteRest(XmlOutput output, OtioObject rest)
    {
        WriteAttributes(output, rest);
        WriteChildren(output, rest);
    }

    public static void WriteAttributes(XmlOutput output, OtioObject rest)
    {
        foreach (var field in rest.Fields)
        {
            if (!field.Name.StartsWith('@')) continue;
            if (XmlNames.IsName(field.Name.AsSpan(1))) output.Attribute(field.Name.AsSpan(1), TextOf(field.Value));
            else output.Omit(field.Name);
        }
    }

    public static void WriteChildren(XmlOutput output, OtioObject rest)
    {
        foreach (var field in rest.Fields)
        {
            if (field.Name == TextKey) output.Text(TextOf(field.Value));
            else if (field.Name == ContentKey) WriteContent(output, field.Value);
            else if (field.Name.StartsWith('@')) continue;
            else if (XmlNames.IsName(field.Name)) Write(output, field.Name, field.Value);
            else output.Omit(field.Name);
        }
    }

    /// <summary>False when a dictionary cannot hold them; then nothing was added.</summary>
    static bool AddChildren(XmlNode element, XmlNames modelled, ImmutableArray<OtioField>.Builder fields)
    {
        var first = fields.Count;
        HashSet<string>? seen = null;
        var run = ImmutableArray.CreateBuilder<OtioValue>(1);
        var name = "";
        foreach (var node in element.Nodes)
        {
            if (node.Kind is XmlNodeKind.Comment or XmlNodeKind.Instruction || modelled.Contains(node.Name)) continue;
            if (node.Kind == XmlNodeKind.Text || node.Name != name && IsRepeated(fields, first, name, node.Name, ref seen))
            {
                fields.Count = first;
                return false;
            }

            if (node.Name != name) AddRun(fields, name, run);
            name = node.Name;
            run.Add(node.IsLeaf ? Of(node) : node.Tree.Shared(node));
        }

        AddRun(fields, name, run);
        return true;
    }

    static void AddRun(ImmutableArray<OtioField>.Builder fields, string name, ImmutableArray<OtioValue>.Builder run)
    {
        if (run.Count > 0) fields.Add(new(name, run.Count == 1 ? run[0] : new OtioArray(run.ToImmutable())));
        run.Clear();
    }

    /// <summary>Looked up in a set when there are many names: most elements have a few.</summary>
    static bool IsRepeated(ImmutableArray<OtioField>.Builder fields, int first, string pending, string name, ref HashSet<string>? seen)
    {
        if (name == OtioSchema.Key) return true;
        if (seen is null && fields.Count - first >= FewNames) seen = [pending, .. fields.Skip(first).Select(f => f.Name)];
        if (seen is not null) return !seen.Add(name);
        for (var i = first; i < fields.Count; i++)
        {
            if (fields[i].Name == name) return true;
        }

        return false;
    }

    static OtioArray Content(XmlNode element, XmlNames modelled)
    {
        var nodes = ImmutableArray.CreateBuilder<OtioValue>();
        foreach (var node in element.Nodes)
        {
            if (node.Kind == XmlNodeKind.Text) nodes.Add(node.LeafText);
            else if (node.Kind == XmlNodeKind.Element && !modelled.Contains(node.Name)) nodes.Add(OtioArray.Of([node.Name, Of(node)]));
        }

        return new(nodes.DrainToImmutable());
    }

    static void WriteContent(XmlOutput output, OtioValue content)
    {
        if (content is not OtioArray nodes) return;
        foreach (var node in nodes.Items)
        {
            if (node is OtioArray { Items: [OtioString name, var value] } && XmlNames.IsName(name.Value)) Write(output, name.Value, value);
            else if (node is OtioString text) output.Text(text.Value);
        }
    }

    static void WriteOne(XmlOutput output, string name, OtioValue value)
    {
        output.Start(name);
        if (value is OtioObject element) WriteRest(output, element);
        else if (TextOf(value) is { Length: > 0 } text) output.Text(text);
        output.End();
    }

    static string TextOf(OtioValue value) => value switch
    {
        OtioString text => text.Value,
        OtioNumber number => number.Lexeme,
        OtioBool flag => flag.Value ? "TRUE" : "FALSE",
        _ => "",
    };
}
