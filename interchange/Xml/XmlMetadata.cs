using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        var fields = element.Tree.Room;
        var first = fields.Count;
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
        else if (!AddChildren(element, modelled, fields, first))
        {
            fields.Add(new(ContentKey, Content(element, modelled)));
        }

        if (fields.Count == first) return OtioObject.EmptyMap;
        var rest = new OtioObject([.. CollectionsMarshal.AsSpan(fields)[first..]]);
        fields.RemoveRange(first, fields.Count - first);
        return rest;
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
    /// <param name="first">Where the fields of this element begin.</param>
    static bool AddChildren(XmlNode element, XmlNames modelled, List<OtioField> fields, int first)
    {
        var before = fields.Count;
        HashSet<string>? seen = null;
        List<OtioValue>? several = null;
        foreach (var node in element.Nodes)
        {
            if (node.Kind is XmlNodeKind.Comment or XmlNodeKind.Instruction || modelled.Contains(node.Name)) continue;
            var repeatsLast = fields.Count > before && node.Kind == XmlNodeKind.Element && fields[^1].Name == node.Name;
            if (node.Kind == XmlNodeKind.Text || (!repeatsLast && IsRepeated(fields, first, node.Name, ref seen)))
            {
                fields.RemoveRange(before, fields.Count - before);
                return false;
            }

            if (!repeatsLast) Close(fields, ref several);
            var value = node.IsLeaf ? Of(node) : node.Tree.Shared(node);
            if (repeatsLast) (several ??= [fields[^1].Value]).Add(value);
            else fields.Add(new(node.Name, value));
        }

        Close(fields, ref several);
        return true;
    }

    /// <summary>The last name had several children: a list.</summary>
    static void Close(List<OtioField> fields, ref List<OtioValue>? several)
    {
        if (several is not null) fields[^1] = fields[^1] with { Value = new OtioArray([.. several]) };
        several = null;
    }

    /// <summary>Looked up in a set when there are many names: most elements have a few.</summary>
    static bool IsRepeated(List<OtioField> fields, int first, string name, ref HashSet<string>? seen)
    {
        if (name == OtioSchema.Key) return true;
        if (seen is null && fields.Count - first >= FewNames)
        {
            seen = new(StringComparer.Ordinal);
            for (var i = first; i < fields.Count; i++) seen.Add(fields[i].Name);
        }

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
