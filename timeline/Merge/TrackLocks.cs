using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Tracks that the base and one side hold locked while the other side changed what is on them. Until it is answered, the lock
/// holds: the change is set aside.
/// </summary>
static class TrackLocks
{
    const int MostNames = 3;

    /// <summary>Programs write it under their own name: Final Cut and Premiere as <c>fcp_xml.locked</c>, a word in capitals.</summary>
    public static bool IsLocked(Track track) =>
        track.Node.Child("metadata") is { } metadata
        && metadata.Fields.Any(f => f.Value is OtioObject program && (program.Flag("locked") ?? "TRUE".Equals(program.Text("locked"), StringComparison.OrdinalIgnoreCase)));

    public static IEnumerable<Clash> Broken(SideView ours, SideView theirs)
    {
        foreach (var track in ours.Base.Sequence.Tracks.Where(IsLocked))
        {
            if (Holds(track, theirs) && IsChanged(track, ours)) yield return About(track, ours, theirs);
            if (Holds(track, ours) && IsChanged(track, theirs)) yield return About(track, theirs, ours);
        }
    }

    static bool Holds(Track track, SideView side) => side.Cut.Track(track.Id) is { } now && IsLocked(now);

    /// <summary>Whether a track is locked, and how a program shows it, is no change of what is on it.</summary>
    static bool IsChanged(Track track, SideView side) =>
        Presence.Touched(side.Cut.Track(track.Id) is { } now ? track with { Node = now.Node } : track, side);

    static Clash About(Track track, SideView changer, SideView holder)
    {
        var changed = Changed(track, changer);
        var did = $"changed {Named(changed)} on {track.Name}";
        var held = $"holds {track.Name} locked";
        var (ours, theirs) = changer.Side == Side.Ours ? (did, held) : (held, did);
        return new(ConflictKind.Track, $"track/{track.Id}/lock/{changer.Side}")
        {
            Elements = [track.Id],
            Also = [.. changed.Select(e => e.Id)],
            Tracks = [track.Name],
            Group = $"track/{track.Id}/lock/{changer.Side}",
            Values = $"lock|{changer.Side}|{Print(changer.Cut.Track(track.Id))}",
            Subject = track.Name,
            Sentence = $"{track.Name} is locked by {holder.Name}; {changer.Name} {did}.",
            Base = new("as it was", null),
            Ours = new(ours, null),
            Theirs = new(theirs, null),
            Offered = [holder.AsChoice, changer.AsChoice],
            Prepared = [holder.AsChoice],
            PreparedWhileOpen = holder.AsChoice,
            Against = changer.Side,
            Worded =
            [
                new(holder.AsChoice, $"Keep the lock: leave {track.Name} as {holder.Name} has it"),
                new(changer.AsChoice, $"Keep what {changer.Name} did on {track.Name}"),
            ],
        };
    }

    static ImmutableArray<Element> Changed(Track track, SideView side)
    {
        var now = side.Cut.Track(track.Id)?.Elements ?? [];
        var left = now.ToDictionary(e => e.Id);
        var touched = track.Elements.Where(e => !left.TryGetValue(e.Id, out var kept) || !Alike.Are(e, kept) || kept.Lead.Duration != e.Lead.Duration);
        return [.. touched, .. now.Where(e => side.Base.Find(e.Id)?.Track.Id != track.Id)];
    }

    static string Named(ImmutableArray<Element> elements)
    {
        var names = elements.Select(Wording.Name).Distinct().ToList();
        return names.Count == 0 ? "what is" : names.Count <= MostNames ? string.Join(" and ", names) : $"{string.Join(", ", names.Take(MostNames))} and more";
    }

    static string Print(Track? track) =>
        track is null ? "removed" : string.Join(',', track.Elements.Select(e => $"{e.Id}+{e.Lead.Duration.Value}+{ElementMerge.Print(e)}"));
}
