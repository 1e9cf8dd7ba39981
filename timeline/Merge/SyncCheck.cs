using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Linked picture and sound keep an offset that the base or a side had. Any other would be sync that nobody made.
/// </summary>
static class SyncCheck
{
    public static IEnumerable<Clash> Find(MergeRun run, Placement merged)
    {
        if (!IsAnyInvented(run, merged)) yield break;
        var groups = merged.All.Where(p => p.Element.Link is not null).GroupBy(p => p.Element.Link);
        foreach (var group in groups)
        {
            var members = group.ToList();
            for (var i = 1; i < members.Count; i++)
            {
                if (!Invented(run, members[0], members[i])) continue;
                var clash = About(run, [.. members.Select(m => m.Element.Id)], Slipped(run, members[0], members[i]));
                if (run.Book.ChoiceOf(clash) != Choice.Both) yield return clash;
            }
        }
    }

    /// <summary>Nearly always nothing is, so nothing is put in groups to find that.</summary>
    static bool IsAnyInvented(MergeRun run, Placement merged)
    {
        var firsts = new Dictionary<string, Placed>(merged.Sequence.Tracks.Sum(t => t.Elements.Length));
        foreach (var row in merged.Tracks)
        {
            foreach (var placed in row)
            {
                if (placed.Element.Link is { } link && !firsts.TryAdd(link, placed) && Invented(run, firsts[link], placed)) return true;
            }
        }

        return false;
    }

    static bool Invented(MergeRun run, Placed u, Placed v)
    {
        var offset = Offset(u, v);
        var isKnown = false;
        foreach (var cut in (ReadOnlySpan<Placement>)[run.Base, run.Ours.Cut, run.Theirs.Cut])
        {
            if ((cut.Find(u.Element.Id), cut.Find(v.Element.Id)) is not ({ } a, { } b)) continue;
            if (Offset(a, b) == offset) return false;
            isKnown = true;
        }

        return isKnown && !Recast(run, u) && !Recast(run, v);
    }

    static Flicks Offset(Placed u, Placed v) => u.Origin - v.Origin;

    // With another speed or other media source times no longer tell the offset.
    static bool Recast(MergeRun run, Placed placed) =>
        run.Base.Find(placed.Element.Id) is { } was
        && (Timing.SpeedChanged(was.Element, placed.Element) || !Timing.SameSource(was.Element, placed.Element));

    /// <summary>By how much the two would be out of the sync they had.</summary>
    static Flicks Slipped(MergeRun run, Placed u, Placed v)
    {
        var known = (run.Base.Find(u.Element.Id), run.Base.Find(v.Element.Id)) is ({ } a, { } b) ? Offset(a, b) : Flicks.Zero;
        return Offset(u, v) - known;
    }

    static Clash About(MergeRun run, ElementId[] ids, Flicks slipped)
    {
        string Told(SideView side)
        {
            var moved = ids.Where(id => side.Moved(id) || side.Pushed(id)).Select(id => $"moved {run.Called(id)} on {run.TrackOf(id)}");
            var edited = ids.Where(id => side.Edits(id).Exists(d => d.Kind is EditKind.Slip or EditKind.TrimHead or EditKind.TrimTail))
                .Select(id => side.Tell(id, $"{run.Called(id)} on {run.TrackOf(id)}", EditKind.Slip, EditKind.TrimHead, EditKind.TrimTail));
            var did = moved.Concat(edited).ToList();
            return did.Count == 0 ? "left it as it was" : string.Join(" and ", did);
        }

        var clash = run.About(ConflictKind.Sync, ids[0], "sync", $"{Told(run.Ours)}|{Told(run.Theirs)}", Told(run.Ours), Told(run.Theirs));
        return clash with
        {
            Elements = [.. ids],
            Tracks = [.. ids.Select(run.TrackOf).Distinct()],
            Sentence = $"Picture and sound of {run.Called(ids[0])} would go out of sync: {clash.Sentence}",
            Offered = [Choice.Ours, Choice.Theirs, Choice.Base, Choice.Both],
            Worded =
            [
                new(Choice.Base, "In sync, as before both edits"),
                new(Choice.Both, $"Both edits, {run.Words.Frames(slipped)} out of sync"),
            ],
        };
    }
}
