using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Where a track's own elements stand: the order inside a track says something for items, and Final Cut and others put name,
/// enabled and locked before them or after.
/// </summary>
internal static class XmemlTrackOrder
{
    const string Items = "";

    /// <summary>Null when it is as it would be written: items, name, enabled, the rest.</summary>
    public static OtioArray? Of(XmlNode track, OtioObject rest)
    {
        var order = new List<string>();
        foreach (var child in track.Children)
        {
            var name = XmemlSeat.IsItem(child) ? Items : child.Name;
            if (!order.Contains(name)) order.Add(name);
        }

        if (!order.Contains(Items)) order.Insert(0, Items);
        var usual = Usual(rest).Where(order.Contains);
        return order.SequenceEqual(usual) ? null : OtioArray.Of(order.Select(n => (OtioValue)n));
    }

    /// <summary>Each name once, those that nobody ordered last; the items are an empty name.</summary>
    public static IEnumerable<string> In(OtioObject? local, OtioObject rest) =>
        (local?.List(XmemlKeys.Order) ?? []).OfType<OtioString>().Select(n => n.Value).Concat(Usual(rest)).Distinct();

    static IEnumerable<string> Usual(OtioObject rest) =>
        new[] { Items, "name", "enabled" }.Concat(rest.Fields.Select(f => f.Name).Where(n => !n.StartsWith('@')));
}
