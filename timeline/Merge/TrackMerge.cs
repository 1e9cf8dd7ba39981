using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>The tracks of the merged cut: which, in what order, and what each says of itself.</summary>
sealed class TrackMerge(MergeRun run, Presence presence, Layout layout)
{
    readonly HashSet<string> _names =
        [.. new[] { run.Base.Sequence, run.Request.Ours, run.Request.Theirs }.SelectMany(cut => cut.Tracks).Select(t => t.Name)];

    public ImmutableArray<Track> Merge()
    {
        var tracks = ImmutableArray.CreateBuilder<Track>();
        foreach (var id in Order())
        {
            var track = One(id);
            if (track is null) continue;
            var elements = layout.On(id);
            var whole = track with { Elements = elements };
            tracks.Add(whole with { EditPoints = new TransitionMerge(run, whole, elements).Merge() });
            foreach (var (_, added) in layout.Added.Where(a => a.Above == id)) tracks.Add(Above(track, added));
        }

        return tracks.ToImmutable();
    }

    /// <summary>A track of the same kind for what could not stay on a track; it is named as the next of its kind.</summary>
    Track Above(Track track, ElementId added) => new()
    {
        Id = added,
        Name = NewName(track.Name),
        Kind = track.Kind,
        Enabled = track.Enabled,
        Elements = layout.On(added),
        Node = track.Node.Without("metadata"),
    };

    string NewName(string like)
    {
        var stem = like.TrimEnd([.. "0123456789"]);
        return Enumerable.Range(1, _names.Count + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"{stem}{i}")).First(_names.Add);
    }

    Track? One(ElementId id)
    {
        var (o, a, b) = (run.Base.Track(id), run.Ours.Cut.Track(id), run.Theirs.Cut.Track(id));
        if (o is null) return a is not null && b is not null ? Fields(a, a, b) : a ?? b;
        if (a is not null && b is not null) return Fields(o, a, b);
        if (presence.IsTrackGone(id)) return null;
        return presence.KeeperOf(id) == Choice.Base ? o : a ?? b;
    }

    Track Fields(Track o, Track a, Track b)
    {
        T Field<T>(string register, Func<Track, T> get, Entry? entry = null, Func<string, T>? read = null)
        {
            var (was, mine, yours) = (get(o), get(a), get(b));
            return Registers.Pick(was, mine, yours, Ask, read);
            Answer? Ask() => run.Book.AskValue(About(
                ConflictKind.Track, o, register, $"{was}|{mine}|{yours}", $"set the {register} of track {o.Name} to {mine}", $"set it to {yours}") with
            {
                Entry = entry,
            });
        }

        var parts = new PartMerge(
            run, (kind, register, values, ours, theirs) => About(kind, o, register, values, ours, theirs), "track " + o.Name);
        return a with
        {
            Name = Field("name", t => t.Name, new(EntryKind.Text), typed => typed),
            Kind = Field("kind", t => t.Kind),
            Enabled = Field("state", t => t.Enabled),
            Effects = parts.Effects(o.Effects, a.Effects, b.Effects),
            Markers = new MarkersOverDeleted(run, presence, $"track/{o.Id}", side => side.EventsOn(o.Id)).Settled(
                parts.Markers(o.Markers, a.Markers, b.Markers),
                new(o.Markers, a.Markers, b.Markers),
                (moment, side) => side.Change.BaseTimeOfMoment(moment),
                moment => moment + layout.CommonShiftAt(moment)),
            Tail = Tail(o.Tail, a.Tail, b.Tail),
            Node = Registers.Node(
                o.Node,
                a.Node,
                b.Node,
                NodeFields.OfTrack,
                (register, was, mine, yours) => run.Book.AskValue(About(
                    ConflictKind.Track,
                    o,
                    register,
                    $"{Wording.Exact(was)}|{Wording.Exact(mine)}|{Wording.Exact(yours)}",
                    $"set {NodeFields.Title(register)} of track {o.Name} to {Wording.Value(mine)}",
                    $"set it to {Wording.Value(yours)}") with
                {
                    Entry = Registers.EntryFor(was, mine, yours),
                })),
        };
    }

    /// <summary>Empty time at the end holds nothing, so when both sides changed it the longer one does no harm.</summary>
    static Space Tail(Space o, Space a, Space b) =>
        Registers.Pick(o, a, b, () => new(a.Duration >= b.Duration ? Choice.Ours : Choice.Theirs, null));

    Clash About(ConflictKind kind, Track track, string register, string values, string ours, string theirs) =>
        new(kind, $"track/{track.Id}/{register}")
        {
            Elements = [track.Id],
            Tracks = [track.Name],
            Group = $"track/{track.Id}/{register}",
            Values = values,
            Subject = track.Name,
            Sentence = $"{run.Ours.Name} {ours}; {run.Theirs.Name} {theirs}.",
            Base = new("as it was", null),
            Ours = new(ours, null),
            Theirs = new(theirs, null),
        };

    List<ElementId> Order()
    {
        List<ElementId> Ids(Sequence cut) => [.. cut.Tracks.Select(t => t.Id)];
        var (o, a, b) = (Ids(run.Base.Sequence), Ids(run.Request.Ours), Ids(run.Request.Theirs));
        List<ElementId> Common(List<ElementId> order) => [.. order.Where(id => o.Contains(id) && a.Contains(id) && b.Contains(id))];
        var oursReordered = !Common(a).SequenceEqual(Common(o));
        var theirsReordered = !Common(b).SequenceEqual(Common(o));
        var first = oursReordered ? a : theirsReordered ? b : o;
        if (oursReordered && theirsReordered && !Common(a).SequenceEqual(Common(b)))
        {
            string Names(Sequence cut) => string.Join(' ', cut.Tracks.Select(t => t.Name));
            var clash = About(
                ConflictKind.Track,
                run.Base.Sequence.Tracks[0],
                "order",
                $"{Names(run.Request.Ours)}|{Names(run.Request.Theirs)}",
                $"put the tracks in the order {Names(run.Request.Ours)}",
                $"put them in the order {Names(run.Request.Theirs)}");
            first = run.Book.Ask(clash) switch
            {
                Choice.Ours => a,
                Choice.Theirs => b,
                _ => o,
            };
        }

        var all = first;
        foreach (var other in ((List<ElementId>[])[o, a, b]).Where(x => x != first)) all = PartMerge.InOrderOf(all, other);
        return all;
    }
}
