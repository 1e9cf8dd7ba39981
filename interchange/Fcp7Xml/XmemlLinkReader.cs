using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>What an item's links come to.</summary>
/// <param name="Link">Equal for the items that belong together; null for one alone.</param>
/// <param name="Shape">How the file lists the links, where that is not the usual way.</param>
internal readonly record struct XmemlItemLinks(string? Link, OtioValue? Shape);

/// <summary>
/// Groups linked items. A file names them by ids and numbers that change at every export, so a group is called after what its
/// first item shows. The channels of a stereo clip that Premiere has exploded to tracks of their own belong together, linked or not.
/// </summary>
internal sealed class XmemlLinkReader
{
    readonly IReadOnlyList<XmemlSeat> _seats;
    readonly bool _hasGroupIndex;
    readonly Dictionary<string, int> _byId = [];
    readonly int[] _parent;
    readonly Dictionary<string, int> _names = [];

    XmemlLinkReader(IReadOnlyList<XmemlSeat> seats, bool hasGroupIndex)
    {
        _seats = seats;
        _hasGroupIndex = hasGroupIndex;
        _parent = [.. Enumerable.Range(0, seats.Count)];
        for (var i = 0; i < seats.Count; i++)
        {
            if (seats[i].Id is { } id) _byId.TryAdd(id, i);
        }
    }

    /// <summary>By the index of the item's element.</summary>
    public static Dictionary<int, XmemlItemLinks> Of(XmemlSeating seating, bool hasGroupIndex) =>
        new XmemlLinkReader([.. seating.Seats.Where(s => !s.IsTransition)], hasGroupIndex).Read();

    Dictionary<int, XmemlItemLinks> Read()
    {
        for (var i = 0; i < _seats.Count; i++)
        {
            JoinLinked(i);
        }

        JoinExploded();
        var groups = new Dictionary<int, List<int>>();
        for (var i = 0; i < _seats.Count; i++)
        {
            var root = Root(i);
            if (!groups.TryGetValue(root, out var members)) groups[root] = members = [];
            members.Add(i);
        }

        var found = new Dictionary<int, XmemlItemLinks>(_seats.Count);
        // In file order, so that the numbers of groups that show the same do not depend on a dictionary.
        for (var i = 0; i < _seats.Count; i++)
        {
            var members = groups[Root(i)];
            if (members[0] != i) continue;
            var link = members.Count > 1 ? Name(_seats[i]) : null;
            // Where one of them lists nothing, what the others list is kept, as the usual list is that of all.
            var isMutual = members.TrueForAll(HasLinks);
            var isUsual = isMutual && Shape(i, members, isMutual) is null;
            foreach (var member in members)
            {
                var isAsFirst = isUsual && SaySame(_seats[member].Item.Links, _seats[i].Item.Links);
                found[_seats[member].Element.Index] = new(link, isAsFirst ? null : Shape(member, members, isMutual));
            }
        }

        return found;
    }

    /// <summary>Members of a group usually list the same, character by character; then one of them speaks for all.</summary>
    void JoinLinked(int seat)
    {
        var links = _seats[seat].Item.Links;
        if (links.Count > 0 && Target(links[0]) is { } first && first != seat && SaySame(links, _seats[first].Item.Links))
        {
            Join(seat, first);
            return;
        }

        foreach (var link in links)
        {
            if (Target(link) is { } other) Join(seat, other);
        }
    }

    static bool SaySame(IReadOnlyList<XmlNode> links, IReadOnlyList<XmlNode> others) => links.Count == others.Count && Text(links).SequenceEqual(Text(others));

    static ReadOnlySpan<byte> Text(IReadOnlyList<XmlNode> links) =>
        links.Count == 0 ? default : links[0].Tree.Slice(links[0].Entry.Start, links[^1].Entry.End);

    int? Target(XmlNode link) => link.TextOf("linkclipref") is { } id && _byId.TryGetValue(id, out var seat) ? seat : null;

    string Name(XmemlSeat seat)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{seat.Item.Text}@{(seat.Item.In.Exists ? seat.Item.In.Integer() : null)}");
        var count = _names[name] = _names.GetValueOrDefault(name) + 1;
        return count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{count}");
    }

    /// <summary>Null for the usual list: every member once, in track order, with its numbers.</summary>
    OtioArray? Shape(int seat, List<int> members, bool isMutual)
    {
        var links = _seats[seat].Item.Links;
        var isUsual = isMutual && members.Count > 1 && links.Count == members.Count;
        for (var i = 0; isUsual && i < links.Count; i++) isUsual = IsUsual(links[i], _seats[members[i]]);
        return isUsual ? null : OtioArray.Of(links.Select(link => Shape(link, Target(link))));
    }

    bool IsUsual(XmlNode link, XmemlSeat target)
    {
        var hasIndex = _hasGroupIndex && target.MediaType == "audio";
        var children = 0;
        foreach (var child in link.Children)
        {
            children++;
            var isPlain = child.Name switch
            {
                "linkclipref" => child.Text == target.Id,
                "mediatype" => child.Text == target.MediaType,
                "trackindex" => XmemlSpelling.Says(child, target.TrackIndex),
                "clipindex" => XmemlSpelling.Says(child, target.ClipIndex),
                "groupindex" => hasIndex && child.Text == "1",
                _ => false,
            };
            if (!isPlain || !XmemlSpelling.IsPlain(child)) return false;
        }

        return children == (hasIndex ? 5 : 4) && !XmemlSpelling.HasAttributes(link);
    }

    /// <summary>The link's elements, those that are right as null: they are made again, as they change whenever something moves.</summary>
    static OtioValue Shape(XmlNode link, int? target, XmemlSeat seat)
    {
        if (XmlMetadata.Of(link) is not OtioObject fields || target is null) return XmlMetadata.Of(link);
        if (fields.Text("mediatype") == seat.MediaType) fields = fields.With("mediatype", OtioNull.Value);
        if (fields.Text("trackindex") == XmemlFrames.Text(seat.TrackIndex)) fields = fields.With("trackindex", OtioNull.Value);
        if (fields.Text("clipindex") == XmemlFrames.Text(seat.ClipIndex)) fields = fields.With("clipindex", OtioNull.Value);
        return fields;
    }

    OtioValue Shape(XmlNode link, int? target) => Shape(link, target, _seats[target ?? 0]);

    void JoinExploded()
    {
        var open = new Dictionary<(string, long?, long?, long?), int>();
        var before = -1L;
        for (var i = 0; i < _seats.Count; i++)
        {
            var seat = _seats[i];
            if (seat.MediaType != "audio" || Exploded(seat.Track) is not { } index) continue;
            if (index == 0 && before != seat.Track.Index) open.Clear();
            before = index == 0 ? seat.Track.Index : before;
            var key = (seat.Item.Text, XmemlFrames.Read(seat.Item.Start), XmemlFrames.Read(seat.Item.End), XmemlFrames.Read(seat.Item.In));
            if (index == 0) open[key] = i;
            else if (open.TryGetValue(key, out var first) && !HasLinks(first) && !HasLinks(i)) Join(first, i);
        }
    }

    bool HasLinks(int seat) => _seats[seat].Item.Links.Count > 0;

    /// <summary>Which channel an exploded track holds, from 0; null when it is not one of several.</summary>
    static int? Exploded(XmlNode track) =>
        int.TryParse(track["currentExplodedTrackIndex"], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && int.TryParse(track["totalExplodedTrackCount"], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count > 1 ? index : null;

    int Root(int seat)
    {
        while (_parent[seat] != seat) seat = _parent[seat] = _parent[_parent[seat]];
        return seat;
    }

    /// <summary>The earlier seat stands for both, so that a group's first member is its root's.</summary>
    void Join(int a, int b)
    {
        var (first, second) = (Root(a), Root(b));
        if (first == second) return;
        _parent[Math.Max(first, second)] = Math.Min(first, second);
    }
}
