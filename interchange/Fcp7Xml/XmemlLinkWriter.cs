using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Links of one sequence: each member of a group lists all of them, with the numbers that they have by now.</summary>
internal sealed class XmemlLinkWriter
{
    readonly XmemlWriting _writing;
    readonly Dictionary<string, List<Member>> _groups = [];
    readonly Dictionary<string, Member> _byOldId = [];

    public XmemlLinkWriter(XmemlWriting writing, List<XmemlTrackPlan> plans)
    {
        _writing = writing;
        foreach (var plan in plans)
        {
            foreach (var cue in plan.Cues.Where(c => !c.IsTransition))
            {
                var member = new Member(cue, plan);
                if (XmemlOtio.Local(cue.Node)?.Text(XmemlKeys.Id) is { } old) _byOldId.TryAdd(old, member);
                if (XmemlOtio.Own(cue.Node)?.Text(XmemlKeys.Link) is not { } link) continue;
                if (!_groups.TryGetValue(link, out var members)) _groups[link] = members = [];
                members.Add(member);
            }
        }
    }

    public void Write(XmemlCue cue)
    {
        var group = XmemlOtio.Own(cue.Node)?.Text(XmemlKeys.Link) is { } link ? _groups[link] : [];
        if (XmemlOtio.Local(cue.Node)?[XmemlKeys.Links] is OtioArray shape && Holds(shape, cue, group))
        {
            foreach (var item in shape.Items) WriteKept(item);
            return;
        }

        var listed = group.FindAll(m => ReferenceEquals(m.Cue, cue) || !WasAlone(m));
        if (listed.Count < 2) return;
        foreach (var member in listed) WriteUsual(member);
    }

    /// <summary>From 1: the place of a sound clip among the sound that it is linked with.</summary>
    public int ChannelOf(XmemlCue cue)
    {
        var channel = 1;
        if (XmemlOtio.Own(cue.Node)?.Text(XmemlKeys.Link) is not { } link) return channel;
        foreach (var member in _groups[link])
        {
            if (ReferenceEquals(member.Cue, cue)) break;
            if (member.Plan.MediaType == "audio") channel++;
        }

        return channel;
    }

    /// <summary>Sound and picture that the file does not link may be known to belong together all the same.</summary>
    static bool WasAlone(Member member) => XmemlOtio.Local(member.Cue.Node)?[XmemlKeys.Links] is OtioArray { Items.IsEmpty: true };

    /// <summary>A list of its own kind is kept while the group is the one that it was made for.</summary>
    bool Holds(OtioArray shape, XmemlCue cue, List<Member> group)
    {
        if (group.Exists(m => XmemlOtio.Local(m.Cue.Node) is null)) return false;
        var isAsBefore = true;
        foreach (var item in shape.Items.OfType<OtioObject>())
        {
            if (item.Text("linkclipref") is not { } id) continue;
            isAsBefore = isAsBefore && (_byOldId.TryGetValue(id, out var target) ? ReferenceEquals(target.Cue, cue) || group.Contains(target) : !WasKnown(item));
        }

        return isAsBefore;
    }

    /// <summary>What is made again was right when the file was read: the item was there. By now another export may have given it another id.</summary>
    static bool WasKnown(OtioObject link) => link.Fields.Any(f => f.Value is OtioNull);

    void WriteKept(OtioValue item)
    {
        if (item is not OtioObject fields || fields.Text("linkclipref") is not { } id || !_byOldId.TryGetValue(id, out var target))
        {
            XmlMetadata.Write(_writing.Output, "link", item);
            return;
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("linkclipref", target.Cue.Id),
            ("mediatype", target.Plan.MediaType),
            ("trackindex", XmemlFrames.Text(target.Plan.Index)),
            ("clipindex", XmemlFrames.Text(target.Cue.ClipIndex)),
        ])
        {
            if (name == "linkclipref" || fields[name] is OtioNull) fields = fields.With(name, value);
        }

        XmlMetadata.Write(_writing.Output, "link", fields);
    }

    void WriteUsual(Member member)
    {
        var output = _writing.Output;
        output.Start("link");
        output.Leaf("linkclipref", member.Cue.Id);
        output.Leaf("mediatype", member.Plan.MediaType);
        output.Leaf("trackindex", member.Plan.Index);
        output.Leaf("clipindex", member.Cue.ClipIndex);
        if (_writing.Habits.GroupIndex && member.Plan.MediaType == "audio") output.Leaf("groupindex", "1");
        output.End();
    }

    readonly record struct Member(XmemlCue Cue, XmemlTrackPlan Plan);
}
