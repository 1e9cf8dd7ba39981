using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>What changed on an element that is in both cuts, apart from where it stands.</summary>
sealed class ElementChanges(Displacement displacement, Wording wording)
{
    const string Subject = Draft.SubjectMark;

    public IEnumerable<Draft> Between(Placed before, Placed after)
    {
        if (before.Element.Equals(after.Element)) return [];
        return
        [
            .. TimingEdits(before, after),
            .. new MediaChanges(after, wording).Between(before.Element),
            .. FieldEdits(before.Element, after),
            .. NodeEdits(before.Element, after),
            .. new PartChanges(before, after, wording).Between(before.Element, after.Element),
        ];
    }

    IEnumerable<Draft> TimingEdits(Placed before, Placed after)
    {
        var (o, s) = (before.Element, after.Element);
        var timing = Timing.Between(o, s);
        var speedChanged = Timing.SpeedChanged(o, s);
        if (speedChanged)
        {
            yield return Draft.For(EditKind.Retime, after, wording, Retiming.Phrase(o, s)) with
            {
                Amount = s.Duration - o.Duration,
                Before = Retiming.Of(o),
                After = Retiming.Of(s),
                Ripple = Ripples(after, Cause.TrimTail),
                Suffix = Suffix(after, Cause.TrimTail),
            };
        }

        if (!timing.Head.IsZero && timing.Kind is not TimingKind.Slip) yield return Trim(EditKind.TrimHead, after, timing.Head, Cause.TrimHead, "head");
        if (!timing.Tail.IsZero && timing.Kind is not TimingKind.Slip && !speedChanged)
            yield return Trim(EditKind.TrimTail, after, timing.Tail, Cause.TrimTail, "tail");
        var slipped = s.SourceStart - o.SourceStart;
        if (!slipped.IsZero && (timing.Kind == TimingKind.Slip || (timing.Kind == TimingKind.Incomparable && Timing.SameSource(o, s) && !Retiming.TurnsRound(o, s))))
        {
            var way = slipped.IsNegative ? "earlier" : "later";
            yield return Draft.For(EditKind.Slip, after, wording, $"Slipped {Subject} by {wording.Frames(slipped)} to {way} material") with { Amount = slipped };
        }
    }

    Draft Trim(EditKind kind, Placed after, Flicks amount, Cause cause, string end)
    {
        var verb = amount.IsNegative ? "Trimmed" : "Extended";
        return Draft.For(kind, after, wording, $"{verb} the {end} of {Subject} by {wording.Frames(amount)}") with
        {
            Amount = amount,
            Ripple = Ripples(after, cause),
            Suffix = Suffix(after, cause),
        };
    }

    bool Ripples(Placed after, Cause cause) => !ShiftBy(after, cause).IsZero;

    string Suffix(Placed after, Cause cause) => RippleSuffix(ShiftBy(after, cause));

    Flicks ShiftBy(Placed after, Cause cause) => displacement.RippleOf(new(cause, after.Element.Id), after.Track.Id);

    public static string RippleSuffix(Flicks shift) =>
        shift.IsZero ? "" : shift.IsNegative ? ", everything after moves up" : ", everything after moves down";

    IEnumerable<Draft> FieldEdits(Element o, Placed after)
    {
        var s = after.Element;
        if (o.Name != s.Name)
        {
            yield return Draft.For(EditKind.Rename, after, wording, $"Renamed {Wording.Name(o)} to {Wording.Name(s)}") with { Before = o.Name, After = s.Name };
        }

        if (o.Enabled != s.Enabled)
        {
            var kind = s.Enabled ? EditKind.Enable : EditKind.Disable;
            yield return Draft.For(kind, after, wording, (s.Enabled ? "Enabled " : "Disabled ") + Subject);
        }

        if (o.Color != s.Color)
        {
            var phrase = s.Color is null ? $"Removed the colour of {Subject}" : $"Coloured {Subject} {s.Color.ToLowerInvariant()}";
            yield return Draft.For(EditKind.Recolor, after, wording, phrase) with { Before = o.Color, After = s.Color };
        }

        if (o.Link != s.Link)
        {
            var phrase = (s.Link is null ? "Unlinked " : o.Link is null ? "Linked " : "Changed the link of ") + Subject;
            yield return Draft.For(EditKind.Relink, after, wording, phrase) with { Before = o.Link, After = s.Link, Group = s.Link ?? o.Link ?? "" };
        }
    }

    IEnumerable<Draft> NodeEdits(Element o, Placed after)
    {
        var s = after.Element;
        foreach (var (register, was, now) in NodeFields.Differences(o.Node, s.Node, NodeFields.Of(s)))
        {
            var (kind, phrase) = register == NestInside.Children
                ? (EditKind.NestChange, $"Changed what is inside {Subject}")
                : (EditKind.MetadataChange, $"Changed {NodeFields.Title(register)} of {Subject}");
            yield return Draft.For(kind, after, wording, phrase) with { Before = Wording.Value(was), After = Wording.Value(now) };
        }

        if (o.Lead.Duration == s.Lead.Duration && !o.Lead.Gaps.AsSpan().SequenceEqual(s.Lead.Gaps.AsSpan()))
            yield return Draft.For(EditKind.MetadataChange, after, wording, $"Changed the gap before {Subject}");
    }
}
