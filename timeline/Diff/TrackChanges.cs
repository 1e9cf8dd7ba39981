using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>Tracks, and the transitions, effects and markers that hang on them.</summary>
sealed class TrackChanges(Displacement displacement, Wording before, Wording after)
{
    readonly Placement _old = displacement.Alignment.Before;
    readonly Placement _new = displacement.Alignment.After;

    public IEnumerable<Draft> All()
    {
        for (var t = 0; t < _new.Sequence.Tracks.Length; t++)
        {
            var track = _new.Sequence.Tracks[t];
            var drafts = _old.Track(track.Id) is { } was ? Changes(was, track, t) : [About(EditKind.TrackAdd, track, t, Added(track))];
            foreach (var draft in drafts) yield return draft;
        }

        for (var t = 0; t < _old.Sequence.Tracks.Length; t++)
        {
            var track = _old.Sequence.Tracks[t];
            if (!_new.HasTrack(track.Id)) yield return About(EditKind.TrackRemove, track, t, $"Removed track {track.Name}{Holding(track)}");
        }

        foreach (var (track, index) in Reordered()) yield return About(EditKind.TrackChange, track, index, NewPlace(track, index));
    }

    /// <summary>The fewest tracks that must have been moved for the others to stand in the order they had.</summary>
    IEnumerable<(Track Track, int Index)> Reordered()
    {
        var old = _old.Sequence.Tracks.Select(t => t.Id).Where(_new.HasTrack).ToList();
        var kept = _new.Sequence.Tracks.Select((t, i) => (Track: t, Index: i)).Where(t => old.Contains(t.Track.Id)).ToList();
        var stayed = LongestRun.Of([.. kept.Select(t => old.IndexOf(t.Track.Id))]).ToHashSet();
        return kept.Where((_, i) => !stayed.Contains(i));
    }

    /// <summary>Video tracks pile up from the bottom, audio tracks hang down from the top.</summary>
    string NewPlace(Track track, int index)
    {
        var (under, over) = track.Kind == TrackKind.Video ? ("below", "above") : ("above", "below");
        var tracks = _new.Sequence.Tracks;
        if (tracks.Skip(index + 1).FirstOrDefault(t => t.Kind == track.Kind) is { } next) return $"Moved track {track.Name} {under} {next.Name}";
        return tracks.Take(index).LastOrDefault(t => t.Kind == track.Kind) is { } previous
            ? $"Moved track {track.Name} {over} {previous.Name}"
            : $"Moved track {track.Name} in the order of tracks";
    }

    static string Switched(Track track) => (track.Kind, track.Enabled) switch
    {
        (TrackKind.Audio, false) => "Muted",
        (TrackKind.Audio, true) => "Unmuted",
        (_, true) => "Enabled",
        _ => "Disabled",
    };

    static string Added(Track track) => $"Added track {track.Name}{Holding(track)}";

    static string Holding(Track track) => track.Elements.Length switch
    {
        0 => "",
        1 => $" with {Wording.Name(track.Elements[0])}",
        var count => $" with {count} clips",
    };

    static Draft About(EditKind kind, Track track, int index, string phrase) => new(kind, index, track.Name, Flicks.Zero, phrase)
    {
        Elements = [.. kind is EditKind.TrackAdd or EditKind.TrackRemove ? track.Elements.Select(e => e.Id) : []],
        Group = track.Id.ToString(),
        Subject = track.Name,
    };

    IEnumerable<Draft> Changes(Track was, Track now, int index)
    {
        Draft Change(string phrase) => About(EditKind.TrackChange, now, index, phrase);
        if (was.Name != now.Name) yield return Change($"Renamed track {was.Name} to {now.Name}") with { Before = was.Name, After = now.Name };
        if (was.Kind != now.Kind) yield return Change($"Changed track {now.Name} from {was.Kind} to {now.Kind}");
        if (was.Enabled != now.Enabled) yield return Change($"{Switched(now)} track {now.Name}");
        foreach (var (register, old, value) in NodeFields.Differences(was.Node, now.Node, NodeFields.OfTrack))
        {
            yield return Change($"Changed {NodeFields.Title(register)} of track {now.Name}") with
            {
                Kind = EditKind.MetadataChange,
                Before = Wording.Value(old),
                After = Wording.Value(value),
            };
        }

        if (TailChanged(was, now)) yield return Change($"Changed the empty time at the end of track {now.Name} by {after.Frames(now.Tail.Duration - was.Tail.Duration)}");
        var parts = new PartChanges((kind, phrase) => About(kind, now, index, phrase), "track " + now.Name, after);
        foreach (var draft in parts.Effects(was.Effects, now.Effects, speedIsTold: false)) yield return draft;
        foreach (var draft in parts.Markers(was.Markers, now.Markers)) yield return draft;
        foreach (var draft in Transitions(was, now, index)) yield return draft;
    }

    /// <summary>Empty time at the end that only keeps the track as long as its ripples make it is no change.</summary>
    bool TailChanged(Track was, Track now)
    {
        if (was.Tail.Equals(now.Tail)) return false;
        if (was.Tail.Duration == now.Tail.Duration) return true;
        var rippled = displacement.Events(now.Id).Aggregate(Flicks.Zero, (sum, e) => sum + e.Delta);
        return rippled.IsZero || now.Duration - was.Duration != rippled;
    }

    IEnumerable<Draft> Transitions(Track was, Track now, int index)
    {
        var old = was.EditPoints.ToDictionary(p => p.Id);
        foreach (var point in now.EditPoints)
        {
            if (!old.Remove(point.Id, out var previous))
            {
                if (GoesWithShot(point)) continue;
                yield return Transition(EditKind.TransitionAdd, point, _new, now, index, after, $"Added a {Wording.Transition(point)}");
            }
            else if (Difference(previous, point) is { } what && !(GoesWithShot(point) && (previous with { Left = point.Left, Right = point.Right }).Equals(point)))
            {
                yield return Transition(EditKind.TransitionChange, point, _new, now, index, after, what);
            }
        }

        foreach (var gone in old.Values.Where(gone => !GoesWithShot(gone)))
            yield return Transition(EditKind.TransitionRemove, gone, _old, was, index, before, $"Removed the {Wording.Transition(gone)}");
    }

    /// <summary>A shot that came, went or moved took its transitions along; that is told of the shot.</summary>
    bool GoesWithShot(EditPoint point) => new[] { point.Left, point.Right }.OfType<ElementId>()
        .Any(id => _old.Find(id) is null || _new.Find(id) is null || displacement.Alignment.IsMoved(id));

    static Draft Transition(EditKind kind, EditPoint point, Placement cut, Track track, int index, Wording wording, string phrase)
    {
        var left = point.Left is { } l ? cut.Find(l) : null;
        var right = point.Right is { } r ? cut.Find(r) : null;
        var at = right?.Start ?? left?.End ?? Flicks.Zero;
        var between = (left, right) switch
        {
            ({ } a, { } b) => $" between {Wording.Name(a.Element)} and {Wording.Name(b.Element)}",
            ({ } a, null) => $" at the end of {Wording.Name(a.Element)}",
            (null, { } b) => $" at the start of {Wording.Name(b.Element)}",
            _ => "",
        };
        return new(kind, index, track.Name, at, phrase + between)
        {
            Elements = [.. new[] { point.Left, point.Right }.OfType<ElementId>()],
            Group = Draft.GroupOf(left, right),
            Subject = Wording.Transition(point),
            Duration = point.InOffset + point.OutOffset,
            Timecode = wording.At(at),
        };
    }

    string Length(string name, EditPoint now, Flicks growth)
    {
        var reach = $"{after.Frames(now.InOffset)} before and {after.Frames(now.OutOffset)} after the cut";
        return growth.IsZero
            ? $"Moved the {name} to {reach}"
            : $"{(growth.IsNegative ? "Shortened" : "Lengthened")} the {name} by {after.Frames(growth)} to {reach},";
    }

    string? Difference(EditPoint was, EditPoint now)
    {
        if (was.Equals(now)) return null;
        var name = Wording.Transition(now);
        if (was.Type != now.Type) return $"Changed the {Wording.Transition(was)} to a {name}";
        if (was.InOffset != now.InOffset || was.OutOffset != now.OutOffset)
            return Length(name, now, now.InOffset + now.OutOffset - was.InOffset - was.OutOffset);
        if (was.Left != now.Left || was.Right != now.Right) return $"Put the {name}";
        if (was.Name != now.Name) return $"Renamed the {Wording.Transition(was)} to {now.Name}";
        return NodeFields.Differences(was.Node, now.Node, NodeFields.OfTransition).Any() ? $"Changed the settings of the {name}" : null;
    }
}
