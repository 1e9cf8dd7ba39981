using System.Collections.Frozen;

namespace CineGit.Interchange.Xml;

/// <summary>A set of element names, and of attribute names with an @ before them.</summary>
internal sealed class XmlNames(params string[] names)
{
    public static readonly XmlNames None = new();

    readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for what may stand as the name of an element or attribute (XML 1.0, 2.3; letters outside ASCII are not looked at closer).</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is '-' or '.' || char.IsAsciiDigit(text[0])) return false;
        foreach (var character in text)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('-' or '.' or '_' or ':')) return false;
        }

        return true;
    }

    public bool Contains(string name) => _names.Contains(name);

    public XmlNames And(string name) => new([.. _names, name]);
}
