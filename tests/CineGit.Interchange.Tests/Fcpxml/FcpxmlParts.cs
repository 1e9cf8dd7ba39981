using System.Text;
using CineGit.Interchange.Xml;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>
/// What an FCPXML file says, item by item: each with its attributes and everything in it that is no item, but without where it
/// stands. And what is around the storylines.
/// </summary>
sealed record FcpxmlParts(IReadOnlyList<(string Name, string Says)> Items, string Around)
{
    static readonly HashSet<string> Story =
    [
        "audio", "video", "clip", "title", "caption", "mc-clip", "ref-clip", "sync-clip", "asset-clip", "live-drawing", "gap", "transition",
    ];

    public static FcpxmlParts Of(byte[] file)
    {
        var tree = XmlTree.Parse(file);
        var items = new List<(string, string)>();
        Collect(tree.Root, items, isInSpine: false);
        var around = new StringBuilder();
        Say(tree.Root, around, isAround: true);
        return new(items, around.ToString());
    }

    /// <summary>Items of one file that the other does not have.</summary>
    public IEnumerable<(string Name, string Says)> Without(FcpxmlParts other)
    {
        var left = other.Items.GroupBy(i => i.Says).ToDictionary(g => g.Key, g => g.Count());
        foreach (var item in Items)
        {
            if (left.GetValueOrDefault(item.Says) > 0) left[item.Says]--;
            else yield return item;
        }
    }

    static void Collect(XmlNode node, List<(string, string)> items, bool isInSpine, bool isContent = false, string? pick = null)
    {
        if (isInSpine && Story.Contains(node.Name) && !isContent)
        {
            var says = new StringBuilder();
            Say(node, says, isAround: false);
            items.Add((node.Name == "gap" ? "gap" : pick ?? node["name"] ?? "", says.ToString()));
        }

        // An audition is one item, called by what it shows.
        var shown = node.Name == "audition" ? node.Children.ToList().Select(c => c["name"]).FirstOrDefault() : null;

        foreach (var child in node.Children) Collect(child, items, isInSpine || node.Name == "spine", isContent || (Story.Contains(child.Name) && !IsItem(child, node)), shown);
    }

    /// <summary>What a clip contains is part of it; what hangs on it is an item of its own.</summary>
    static bool IsItem(XmlNode child, XmlNode parent) =>
        child.Name is "spine" or "audition" || (Story.Contains(child.Name) && (parent.Name != "clip" || child["lane"] is not null));

    static void Say(XmlNode node, StringBuilder text, bool isAround)
    {
        text.Append('<').Append(node.Name);
        var attributes = new List<string>();
        foreach (var (name, value) in node.Attributes)
        {
            if (name == "offset" || (isAround && node.Name == "sequence" && name == "duration")) continue;
            attributes.Add($"{name}={value}");
        }

        attributes.Sort(StringComparer.Ordinal);
        text.Append(' ').AppendJoin(' ', attributes).Append('>');
        if (node.IsLeaf) text.Append(node.Text);
        foreach (var child in node.Children)
        {
            // Markers of a sequence stand where record time puts them, as offsets do.
            if (node.Name == "sequence" && (child.Name is "marker" or "chapter-marker")) continue;
            if (!IsItem(child, node)) Say(child, text, isAround);
        }
    }
}
