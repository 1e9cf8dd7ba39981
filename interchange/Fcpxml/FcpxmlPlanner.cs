using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>From tracks to a storyline: which items are the primary storyline, which sound belongs to which picture, what hangs on what.</summary>
internal sealed class FcpxmlPlanner(FcpxmlTarget target, FcpxmlFrame frame, string? format, int depth)
{
    const int MostLevels = 64;

    readonly List<FcpxmlPlan> _all = [];
    /// <summary>Holes that the file had, by their ends.</summary>
    readonly Dictionary<Flicks, Flicks> _holes = [];

    /// <param name="tracks">The children of a stack.</param>
    /// <param name="place">Where they stand, for diagnostics.</param>
    /// <param name="markers">Of the sequence, in record time.</param>
    public FcpxmlStory Plan(IEnumerable<OtioObject> tracks, string place, IEnumerable<OtioObject> markers)
    {
        var list = tracks.ToList();
        var lanes = FcpxmlLanes.Of(list, target, place);
        for (var i = 0; i < list.Count; i++)
        {
            if (lanes[i] is { } lane) Flatten(list[i], lane.Row, lane.Lane, string.Create(CultureInfo.InvariantCulture, $"{place}/{i}"));
        }

        PairSounds();
        var primary = Primary();
        var connected = Connected(primary);
        var end = primary.Count == 0 ? Flicks.Zero : primary[^1].End;
        var anchoring = new FcpxmlAnchoring(primary, connected, frame);
        anchoring.Hang();
        anchoring.Mark(markers, target, place);
        var length = _all.Count == 0 ? end : Flicks.Max(end, _all.Max(p => p.End));
        return new(primary, length, frame);
    }

    /// <summary>An angle of a multicam: one track, in order.</summary>
    public FcpxmlStory PlanAngle(OtioObject track, string place)
    {
        Flatten(track, FcpxmlRow.Video, 0, place);
        foreach (var plan in _all) FcpxmlSounds.Use(plan, target, frame, format);
        return new(Filled(_all), _all.Count == 0 ? Flicks.Zero : _all.Max(p => p.End), frame);
    }

    void Flatten(OtioObject track, FcpxmlRow row, int lane, string place)
    {
        var isOff = track.SchemaName == OtioSchema.Track && track.Flag("enabled") is false;
        if (isOff) target.Warn(DiagnosticCodes.FcpxmlApproximated, place, $"The track \"{track.Text("name")}\" is switched off, which FCPXML cannot say of a track; its clips are switched off instead.");
        var time = Flicks.Zero;
        var index = 0;
        foreach (var child in track.SchemaName == OtioSchema.Track ? track.Objects("children") : [track])
        {
            var at = index++;
            if (child.SchemaName == OtioSchema.Transition)
            {
                _all.Add(new(child, row, lane, time, Flicks.Zero) { Track = place, Index = at });
                continue;
            }

            var span = FcpxmlTimes.Of(child);
            if (child.SchemaName == OtioSchema.Gap) Space(child, row, lane, time, span.Duration, place, at);
            else Item(isOff ? child.With("enabled", false) : child, row, lane, time, span, place, at);
            time += span.Duration;
        }
    }

    void Space(OtioObject gap, FcpxmlRow row, int lane, Flicks time, Flicks duration, string track, int index)
    {
        if (duration.IsZero) return;
        if (FcpxmlLocal.In(gap)?.Flag(FcpxmlKeys.Hole) is true) _holes[time + duration] = time;
        else if (FcpxmlLocal.Section(gap)?.Text(FcpxmlKeys.Element) == "gap") _all.Add(new(gap, row, lane, time, duration) { Track = track, Index = index, OwnStart = FcpxmlOwnTime.OfGap(gap, frame) });
        else FcpxmlLosses.OfGap(gap, target, track, index);
    }

    void Item(OtioObject item, FcpxmlRow row, int lane, Flicks time, TimeRange span, string track, int index)
    {
        var plan = new FcpxmlPlan(item, row, lane, time, span.Duration) { Track = track, Index = index, Shown = span };
        if (span.Duration <= Flicks.Zero)
        {
            target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, $"\"{item.Text("name")}\" takes no time and was left out.");
            return;
        }

        if (FcpxmlLosses.Refuses(plan, target)) return;
        target.ReserveStyles(plan.Local);
        FcpxmlOwnTime.Settle(plan, span.Start, frame.Rate);
        FcpxmlSounds.Look(plan);
        if (depth < MostLevels) FcpxmlInsides.Settle(plan, target, frame, format, depth);
        _all.Add(plan);
    }

    /// <summary>Sound with the link of a picture that shows the same file in sync is written as part of it.</summary>
    void PairSounds()
    {
        var sounds = new Dictionary<(string, string), List<FcpxmlPlan>>();
        foreach (var sound in _all)
        {
            if (sound.Row != FcpxmlRow.Audio || sound.Pair is not { } key) continue;
            if (!sounds.TryGetValue(key, out var same)) sounds[key] = same = [];
            same.Add(sound);
        }

        foreach (var picture in _all)
        {
            if (picture.Row != FcpxmlRow.Video || !FcpxmlSounds.CanHold(picture) || picture.Pair is not { } key || !sounds.TryGetValue(key, out var partners)) continue;
            foreach (var sound in partners)
            {
                if (sound.IsAbsorbed || !FcpxmlSounds.AreInSync(picture, sound)) continue;
                if (picture.Sound is { } first && (sound.Start != first.Start || sound.Duration != first.Duration)) continue;
                if (picture.Sound is not null) target.Each(DiagnosticCodes.FcpxmlApproximated, sound.Place, "Clips of single channels of one sound were written as the whole sound of their picture.", sound.Node.Text("name") ?? "");
                picture.Sound ??= sound;
                sound.IsAbsorbed = true;
            }
        }

        foreach (var plan in _all) FcpxmlSounds.Use(plan, target, frame, format);
        foreach (var plan in _all) if (plan.Sound is { } sound) FcpxmlSounds.Separate(plan, sound, target);
    }

    List<FcpxmlPlan> Primary()
    {
        var storyline = _all.Where(p => p is { Row: FcpxmlRow.Video, Lane: 0 }).ToList();
        var sounds = _all.Where(p => p is { Row: FcpxmlRow.Audio, Lane: 0, IsAbsorbed: false } && (p.IsTransition || p.Element is not FcpxmlKeys.Sound)).ToList();
        var next = 0;
        var fitting = new HashSet<FcpxmlPlan>();
        var taken = Flicks.Zero;
        foreach (var sound in sounds.Where(s => !s.IsTransition))
        {
            while (next < storyline.Count && storyline[next].End <= sound.Start) next++;
            var isFree = sound.Start >= taken && (next >= storyline.Count || storyline[next].Start >= sound.End || storyline[next].IsTransition && storyline[next].Start >= sound.End);
            if (!isFree) continue;
            fitting.Add(sound);
            taken = sound.End;
        }

        var edges = fitting.SelectMany(f => (Flicks[])[f.Start, f.End]).ToHashSet();
        var fittingTransitions = sounds.Where(s => s.IsTransition && edges.Contains(s.Start));
        foreach (var sound in sounds.Where(s => !fitting.Contains(s) && !s.IsTransition)) sound.Lane = -1;
        var merged = storyline.Concat(fitting).Concat(fittingTransitions).OrderBy(p => p.Start).ThenBy(p => p.IsTransition ? 0 : 1).ToList();
        return Filled(WithoutOverlaps(merged));
    }

    /// <summary>A second track at the height of the primary storyline, which a merge can leave, goes on top where it is in the way.</summary>
    static List<FcpxmlPlan> WithoutOverlaps(List<FcpxmlPlan> plans)
    {
        var kept = new List<FcpxmlPlan>(plans.Count);
        var end = Flicks.Zero;
        foreach (var plan in plans)
        {
            if (plan.Start < end)
            {
                plan.Lane = 1;
                continue;
            }

            kept.Add(plan);
            end = plan.End;
        }

        return kept;
    }

    /// <summary>With gaps in all empty time but the holes that were there.</summary>
    List<FcpxmlPlan> Filled(List<FcpxmlPlan> plans)
    {
        var filled = new List<FcpxmlPlan>(plans.Count);
        var end = Flicks.Zero;
        foreach (var plan in plans)
        {
            if (plan.Start > end && !(_holes.TryGetValue(plan.Start, out var begins) && begins <= end)) filled.Add(FcpxmlOwnTime.NewGap(end, plan.Start - end, frame));
            if (plan.Start > end) end = plan.Start;
            filled.Add(plan);
            end = Flicks.Max(end, plan.End);
        }

        return filled;
    }

    /// <summary>Everything that is not in the primary storyline; what is joined by transitions, or was a storyline, as one.</summary>
    List<FcpxmlPlan> Connected(List<FcpxmlPlan> primary)
    {
        var inPrimary = primary.ToHashSet();
        var connected = new List<FcpxmlPlan>();
        foreach (var track in _all.Where(p => !inPrimary.Contains(p) && !p.IsAbsorbed).GroupBy(p => p.Track))
        {
            connected.AddRange(FcpxmlStorylines.Of([.. track], target, frame));
        }

        return connected;
    }
}
