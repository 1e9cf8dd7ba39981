namespace CineGit.Interchange.Xml;

/// <summary>Whether two files say the same, by the measure that the weave goes by.</summary>
internal static class XmlSame
{
    /// <summary>A path to the first difference and what it is; null when there is none.</summary>
    public static string? Difference(XmlTree first, XmlTree second, XmlDialect dialect)
    {
        var (firsts, seconds) = (new XmlDigests(first, dialect), new XmlDigests(second, dialect));
        return Difference(first.Root, second.Root, firsts, seconds, "");
    }

    static string? Difference(XmlNode first, XmlNode second, XmlDigests firsts, XmlDigests seconds, string path)
    {
        if (firsts.Whole(first) == seconds.Whole(second)) return null;
        path = $"{path}/{first.Name}";
        if (first.Name != second.Name) return $"{path} ({first.Place}): is {second.Name}";
        if (Attributes(first) != Attributes(second)) return $"{path} ({first.Place}): [{Attributes(first)}] is [{Attributes(second)}]";
        if (first.IsLeaf && second.IsLeaf) return $"{path} ({first.Place}): \"{first.Text}\" is \"{second.Text}\"";
        var (olds, news) = (Sorted(first, firsts), Sorted(second, seconds));
        for (var i = 0; i < Math.Max(olds.Count, news.Count); i++)
        {
            if (i == olds.Count) return $"{path} ({first.Place}): has more: {news[i].Name} [{Attributes(news[i])}] at {news[i].Place} of the second";
            if (i == news.Count || olds[i].Name != news[i].Name) return $"{path} ({first.Place}): has no {olds[i].Name} [{Attributes(olds[i])}] of {olds[i].Place}";
            if (Difference(olds[i], news[i], firsts, seconds, path) is { } difference) return difference;
        }

        return $"{path} ({first.Place}): text among elements differs";
    }

    static List<XmlNode> Sorted(XmlNode parent, XmlDigests digests)
    {
        var children = parent.Children.ToList();
        return digests.IsList(parent) ? children : [.. children.OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    static string Attributes(XmlNode node)
    {
        var pairs = new List<string>();
        foreach (var (name, value) in node.Attributes) pairs.Add($"{name}={value}");
        pairs.Sort(StringComparer.Ordinal);
        return string.Join(' ', pairs);
    }
}
