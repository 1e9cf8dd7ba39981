using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>Effects and markers of one carrier: an element, a track or the sequence.</summary>
sealed class PartChanges
{
    /// <summary>Parameters beyond this are counted, not named.</summary>
    const int MostTold = 3;

    readonly Func<EditKind, string, Draft> _draft;
    readonly string _subject;
    readonly Wording _wording;
    readonly Func<Marker, bool, Flicks?> _moment;

    /// <param name="before">The carrier in the earlier cut.</param>
    /// <param name="after">The carrier in the later cut.</param>
    /// <param name="wording">Of the later cut.</param>
    public PartChanges(Placed before, Placed after, Wording wording)
    {
        _draft = (kind, phrase) => Draft.For(kind, after, wording, phrase);
        _subject = Draft.SubjectMark;
        _wording = wording;
        _moment = (marker, isGone) => MomentOn(isGone ? before : after, marker);
    }

    /// <param name="draft">Makes an edit about the carrier.</param>
    /// <param name="subject">What the carrier is called in a sentence.</param>
    /// <param name="wording">Of the later cut.</param>
    public PartChanges(Func<EditKind, string, Draft> draft, string subject, Wording wording)
    {
        _draft = draft;
        _subject = subject;
        _wording = wording;
        _moment = (marker, _) => marker.Range.Start;
    }

    /// <summary>The record time of a marker in source time; null where it is not shown, or speed hides which moment it is.</summary>
    static Flicks? MomentOn(Placed carrier, Marker marker)
    {
        var offset = marker.Range.Start - carrier.Element.SourceStart;
        return offset.IsNegative || offset > carrier.Element.Duration || Timing.Speeds(carrier.Element).Any() ? null : carrier.Start + offset;
    }

    Draft At(Marker marker, bool isGone, Draft draft) => _moment(marker, isGone) is { } moment
        ? draft with { At = moment, Duration = marker.Range.Duration, Timecode = _wording.At(moment) }
        : draft;

    public IEnumerable<Draft> Between(Element before, Element after) =>
        [.. Effects(before.Effects, after.Effects, Timing.SpeedChanged(before, after)), .. Markers(before.Markers, after.Markers)];

    public IEnumerable<Draft> Effects(ImmutableArray<Effect> before, ImmutableArray<Effect> after, bool speedIsTold)
    {
        var old = before.ToDictionary(e => e.Id);
        foreach (var effect in after)
        {
            if (!old.Remove(effect.Id, out var was))
            {
                if (!speedIsTold || effect.TimeScalar is null)
                    yield return _draft(EditKind.EffectAdd, $"Added {Wording.Name(effect)} to {_subject}") with { After = Wording.Name(effect) };
                continue;
            }

            foreach (var draft in EffectFields(was, effect, speedIsTold)) yield return draft;
        }

        foreach (var gone in old.Values)
        {
            if (!speedIsTold || gone.TimeScalar is null)
                yield return _draft(EditKind.EffectRemove, $"Removed {Wording.Name(gone)} from {_subject}") with { Before = Wording.Name(gone) };
        }

        if (!Order(before, after).SequenceEqual(Order(after, before)))
            yield return _draft(EditKind.EffectChange, $"Reordered the effects of {_subject}");
    }

    static IEnumerable<ElementId> Order(ImmutableArray<Effect> effects, ImmutableArray<Effect> others) =>
        effects.Select(e => e.Id).Where(id => others.Any(o => o.Id == id));

    IEnumerable<Draft> EffectFields(Effect was, Effect now, bool speedIsTold)
    {
        if (was.Equals(now)) yield break;
        var name = Wording.Name(now);
        if (was.Kind != now.Kind) yield return Changed(name, "kind", was.Kind, now.Kind);
        if (was.Name != now.Name) yield return Changed(name, "name", was.Name, now.Name);
        if (was.Enabled != now.Enabled)
            yield return _draft(EditKind.EffectChange, $"{(now.Enabled ? "Enabled" : "Disabled")} {name} on {_subject}");
        if (!Equals(was.TimeScalar, now.TimeScalar) && !speedIsTold)
            yield return Changed(name, "speed", Wording.Value(was.TimeScalar), Wording.Value(now.TimeScalar));
        foreach (var (register, before, after) in NodeFields.Differences(was.Node, now.Node, NodeFields.OfEffect))
            yield return Parameters(name, NodeFields.Title(register), before, after);
    }

    /// <summary>Parameters that were changed together, with each value before and after.</summary>
    Draft Parameters(string effect, string register, OtioValue? before, OtioValue? after)
    {
        var changes = ParameterWords.Differences(register, before, after).Where(w => w.Length > 0).ToList();
        var told = changes is [] ? [$"{register} {Wording.Value(before)} → {Wording.Value(after)}"] : changes.Take(MostTold).ToList();
        var more = changes.Count > MostTold ? string.Create(CultureInfo.InvariantCulture, $" and {changes.Count - MostTold} more") : "";
        return _draft(EditKind.EffectChange, $"Changed {effect} on {_subject}: {string.Join(", ", told)}{more}") with
        {
            Before = Wording.Value(before),
            After = Wording.Value(after),
        };
    }

    Draft Changed(string effect, string parameter, string before, string after) =>
        _draft(EditKind.EffectChange, $"Changed {effect} on {_subject}: {parameter} {before} → {after}") with { Before = before, After = after };

    /// <param name="before">Of the carrier in the earlier cut.</param>
    /// <param name="after">Of the carrier in the later cut.</param>
    /// <param name="shift">By how much a marker standing at this time only moved along; zero for markers in source time.</param>
    public IEnumerable<Draft> Markers(ImmutableArray<Marker> before, ImmutableArray<Marker> after, Func<Flicks, Flicks>? shift = null)
    {
        var old = before.ToDictionary(m => m.Id);
        foreach (var marker in after)
        {
            if (!old.Remove(marker.Id, out var was))
                yield return At(marker, false, _draft(EditKind.MarkerAdd, $"Added {Wording.Name(marker)} to {_subject}")) with { After = marker.Name };
            else if (Different(was, marker, shift) is { } what)
                yield return At(marker, false, _draft(EditKind.MarkerChange, $"{what} on {_subject}")) with { Before = was.Name, After = marker.Name };
        }

        foreach (var gone in old.Values)
            yield return At(gone, true, _draft(EditKind.MarkerRemove, $"Removed {Wording.Name(gone)} from {_subject}")) with { Before = gone.Name };
        if (!before.Select(m => m.Id).Where(id => after.Any(m => m.Id == id)).SequenceEqual(after.Select(m => m.Id).Where(id => before.Any(m => m.Id == id))))
            yield return _draft(EditKind.MarkerChange, $"Reordered the markers of {_subject}");
    }

    string? Different(Marker was, Marker now, Func<Flicks, Flicks>? shift)
    {
        var name = Wording.Name(was);
        if (was.Name != now.Name) return $"Renamed {name} to \"{now.Name}\"";
        if (was.Comment != now.Comment) return $"Changed the comment of {name} to \"{now.Comment}\"";
        if (was.Color != now.Color) return $"Coloured {name} {now.Color?.ToLowerInvariant() ?? "in no colour"}";
        var moved = now.Range.Start - was.Range.Start;
        if (!moved.IsZero && (shift is null || shift(was.Range.Start) != moved))
            return $"Moved {name} by {_wording.Frames(moved)} to {(moved.IsNegative ? "earlier" : "later")}";
        if (was.Range.Duration != now.Range.Duration) return $"Changed the length of {name} to {_wording.Frames(now.Range.Duration)}";
        return NodeFields.Differences(was.Node, now.Node, NodeFields.OfMarker).Any() ? $"Changed the details of {name}" : null;
    }
}
