using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Checks;

/// <summary>
/// Whether linked picture and sound run together. Those that show one source compare by where its time zero would stand, so a
/// sound that begins earlier than its picture (a split edit) is in sync. Of different sources nothing tells.
/// </summary>
static class LinkCheck
{
    public static void Check(Inspection inspection)
    {
        var alone = new List<Placed>();
        foreach (var group in inspection.Placement.All.Where(p => p.Element.Link is not null).GroupBy(p => p.Element.Link))
        {
            var members = group.ToList();
            if (members.Count == 1) alone.Add(members[0]);
            else CheckGroup(inspection, members);
        }

        if (alone.Count == 0) return;
        inspection.AboutCut(
            DiagnosticCodes.CutLinkAlone,
            Severity.Note,
            $"{Inspection.Count(alone.Count, "clip")} {(alone.Count == 1 ? "is" : "are")} linked to nothing, probably since picture or sound was taken out: {Inspection.NamesOf(alone)}.",
            [.. alone.Select(p => p.Element.Id)]);
    }

    static void CheckGroup(Inspection inspection, List<Placed> members)
    {
        var leaders = members.Where(m => m.TrackIndex == members[0].TrackIndex).ToList();
        foreach (var member in members.Where(m => m.TrackIndex != members[0].TrackIndex))
        {
            var partner = PartnerOf(member, leaders);
            if (Late(member, partner) is not { } late || Size(late) < inspection.OneFrame) continue;
            var words = late.IsNegative ? "early" : "late";
            inspection.About(
                member,
                DiagnosticCodes.CutOutOfSync,
                Severity.Warning,
                $"{Wording.Name(member.Element)} on {inspection.Places.NameOf(member.TrackIndex)} is {inspection.Frames(late)} {words} against {Wording.Name(partner.Element)} on {inspection.Places.NameOf(partner.TrackIndex)}, to which it is linked. Move or slip one of them, or unlink them.",
                partner.Element.Id);
        }
    }

    /// <summary>
    /// A clip that was cut in two leaves several of one link on a track; a member belongs to the one it overlaps most. They are
    /// in record order and do not overlap each other.
    /// </summary>
    static Placed PartnerOf(Placed member, List<Placed> leaders)
    {
        var (first, end) = (0, leaders.Count - 1);
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (leaders[middle].End > member.Start) end = middle;
            else first = middle + 1;
        }

        var best = leaders[first];
        for (var i = first + 1; i < leaders.Count && leaders[i].Start < member.End; i++)
        {
            if (leaders[i].Range.OverlapWith(member.Range) > best.Range.OverlapWith(member.Range)) best = leaders[i];
        }

        return best;
    }

    /// <summary>How much later the member runs than its partner; null where that cannot be told.</summary>
    static Flicks? Late(Placed member, Placed partner)
    {
        if (!SameMedia(member.Element, partner.Element)) return null;
        if (SourceUse.Of(member.Element) is not { } mine || SourceUse.Of(partner.Element) is not { } its) return null;
        if (mine.IsNormal && its.IsNormal) return member.Origin - partner.Origin;
        // Retimed alike and starting together, they must show the same source.
        var comparable = member.Start == partner.Start && !mine.IsBackwards && !mine.StandsStill
            && mine.Speed.Numerator * its.Speed.Denominator == its.Speed.Numerator * mine.Speed.Denominator;
        return comparable ? partner.Element.SourceStart - member.Element.SourceStart : null;
    }

    static bool SameMedia(Element a, Element b) => (a, b) switch
    {
        (Clip x, Clip y) => x.Media.Key == y.Media.Key || Likeness.Stem(x.Media) == Likeness.Stem(y.Media),
        _ => false,
    };

    static Flicks Size(Flicks time) => time.IsNegative ? -time : time;
}
