using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Xml;

/// <summary>
/// A file that was made from scratch, written with the text of the original wherever both say the same: untouched parts keep
/// their bytes, and what changed keeps the spelling and the order around it.
/// </summary>
internal static class XmlWeave
{
    const string UsualIndent = "    ";

    /// <summary><paramref name="made"/> itself when the original is not XML or has another root.</summary>
    public static ReadOnlyMemory<byte> Weave(ReadOnlyMemory<byte> original, ReadOnlyMemory<byte> made, XmlDialect dialect)
    {
        using var old = TryParse(original);
        if (old is null) return made;
        using var young = XmlTree.Parse(made);
        if (old.Root.Name != young.Root.Name) return made;
        var text = new WovenText(old, young, dialect).Weave();
        return old.Encoding.Encode(text);
    }

    /// <summary>What a level is indented by in a file, so that what is added looks as if it had been there.</summary>
    public static string IndentOf(ReadOnlyMemory<byte> original)
    {
        using var tree = TryParse(original);
        return tree is null ? UsualIndent : IndentOf(tree);
    }

    public static string IndentOf(XmlTree tree)
    {
        foreach (var child in tree.Root.Children)
        {
            var gap = tree.Slice(tree.Root.Entry.Inside, child.Entry.Start);
            var indent = gap[(gap.LastIndexOf((byte)'\n') + 1)..];
            return indent.IsEmpty || indent.IndexOfAnyExcept(" \t"u8) >= 0 ? UsualIndent : System.Text.Encoding.ASCII.GetString(indent);
        }

        return UsualIndent;
    }

    static XmlTree? TryParse(ReadOnlyMemory<byte> file)
    {
        if (file.IsEmpty) return null;
        try
        {
            return XmlTree.Parse(file);
        }
        catch (InterchangeFormatException)
        {
            return null;
        }
    }
}
