using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>
/// Effects and markers of one carrier: an element, a track or the sequence. Each part is kept, added or removed on its own;
/// each of its parameters is a register.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="about">Starts a clash about the carrier: kind, register, values, what ours did, what theirs did.</param>
/// <param name="carrier">What the carrier is called.</param>
sealed class PartMerge(MergeRun run, Func<ConflictKind, string, string, string, string, Clash> about, string carrier)
{
    public ImmutableArray<Effect> Effects(ImmutableArray<Effect> origin, ImmutableArray<Effect> ours, ImmutableArray<Effect> theirs)
    {
        if (AreSettled(origin, ours, theirs, out var settled)) return settled;
        var merged = Parts(origin, ours, theirs, e => e.Id, Effect, Alike.Are, Wording.Name, Print);
        return Order(origin, ours, theirs, merged);
    }

    public ImmutableArray<Marker> Markers(ImmutableArray<Marker> origin, ImmutableArray<Marker> ours, ImmutableArray<Marker> theirs)
    {
        if (AreSettled(origin, ours, theirs, out var settled)) return settled;
        var merged = Parts(origin, ours, theirs, m => m.Id, Marker, Alike.Are, Wording.Name, Print);
        return [.. InOrderOf(ours.Select(m => m.Id), theirs.Select(m => m.Id)).Where(merged.ContainsKey).Select(id => merged[id])];
    }

    /// <summary>False when both sides changed them differently.</summary>
    public static bool AreSettled<T>(ImmutableArray<T> origin, ImmutableArray<T> ours, ImmutableArray<T> theirs, out ImmutableArray<T> settled)
    {
        settled = ours;
        if (ours.SequenceEqual(theirs) || theirs.SequenceEqual(origin)) return true;
        settled = theirs;
        return ours.SequenceEqual(origin);
    }

    Dictionary<ElementId, T> Parts<T>(
        ImmutableArray<T> origin, ImmutableArray<T> ours, ImmutableArray<T> theirs, Func<T, ElementId> id, Func<T, T, T, T> merge, Func<T, T, bool> isAlike, Func<T, string> name, Func<T, string> print)
        where T : class
    {
        var (o, a, b) = (origin.ToDictionary(id), ours.ToDictionary(id), theirs.ToDictionary(id));
        var merged = new Dictionary<ElementId, T>();
        foreach (var key in o.Keys.Union(a.Keys).Union(b.Keys))
        {
            var (was, mine, yours) = (o.GetValueOrDefault(key), a.GetValueOrDefault(key), b.GetValueOrDefault(key));
            var part = (was, mine, yours) switch
            {
                (_, null, null) => null,
                (null, { } x, null) => x,
                (null, null, { } y) => y,
                (null, { } x, { } y) => Registers.Pick(null, x, y, () => Ask(key, name(x), $"{print(x)}|{print(y)}", "added it", "added it otherwise", Bare)) ?? x,
                ({ } w, null, { } y) => isAlike(w, y) ? null : RemovedOrEdited(key, w, y, Side.Ours, name(w), print(y)),
                ({ } w, { } x, null) => isAlike(w, x) ? null : RemovedOrEdited(key, w, x, Side.Theirs, name(w), print(x)),
                ({ } w, { } x, { } y) => merge(w, x, y),
            };
            if (part is not null) merged[key] = part;
        }

        return merged;
    }

    T? RemovedOrEdited<T>(ElementId id, T was, T kept, Side remover, string name, string print)
        where T : class
    {
        var (changed, removed) = ($"changed {name}", $"removed {name} from {carrier}");
        var choice = remover == Side.Ours
            ? Ask(id, "", "removed|" + print, removed, changed, c => c with { Kind = ConflictKind.Delete })
            : Ask(id, "", print + "|removed", changed, removed, c => c with { Kind = ConflictKind.Delete });
        if (choice is not { Choice: not Choice.Base } answer) return was;
        return answer.Choice == run.View(remover).AsChoice ? null : kept;
    }

    Answer? Ask(ElementId part, string parameter, string values, string ours, string theirs, Func<Clash, Clash> more) =>
        run.Book.AskValue(more(about(ConflictKind.Value, $"{part}/{parameter}", values, ours, theirs)));

    static Clash Bare(Clash clash) => clash;

    static Func<Clash, Clash> Typing(Entry? entry) => clash => clash with { Entry = entry };

    static string Text<T>(T value) => value is OtioValue number ? Wording.Value(number) : $"{value}";

    Effect Effect(Effect was, Effect ours, Effect theirs)
    {
        T Field<T>(string field, Func<Effect, T> get, Entry? entry = null, Func<string, T>? read = null)
        {
            var (o, a, b) = (get(was), get(ours), get(theirs));
            return Registers.Pick(o, a, b, () => AskParameter(was, field, $"{Text(o)}|{Text(a)}|{Text(b)}", Text(a), Text(b), entry), read);
        }

        return ours with
        {
            Name = Field("name", e => e.Name, new(EntryKind.Text), typed => typed),
            Kind = Field("kind", e => e.Kind),
            Enabled = Field("enabled", e => e.Enabled),
            TimeScalar = Field("speed", e => e.TimeScalar),
            Node = Registers.Node(
                was.Node,
                ours.Node,
                theirs.Node,
                NodeFields.OfEffect,
                (register, o, a, b) => AskParameter(was, NodeFields.Title(register), $"{Wording.Exact(o)}|{Wording.Exact(a)}|{Wording.Exact(b)}", Wording.Value(a), Wording.Value(b), Registers.EntryFor(o, a, b))),
        };
    }

    static string Print(Effect e) => $"{e.Name},{e.Kind},{e.Enabled},{e.TimeScalar?.Lexeme},{Wording.Exact(e.Node)}";

    static string Print(Marker m) => $"{m.Name},{m.Color},{m.Comment},{m.Range.Start.Value},{m.Range.Duration.Value},{Wording.Exact(m.Node)}";

    Answer? AskParameter(Effect effect, string parameter, string values, string ours, string theirs, Entry? entry) => Ask(
        effect.Id,
        parameter,
        values,
        $"set {parameter} of {Wording.Name(effect)} on {carrier} to {ours}",
        $"set {parameter} of {Wording.Name(effect)} on {carrier} to {theirs}",
        Typing(entry));

    Marker Marker(Marker was, Marker ours, Marker theirs)
    {
        T Field<T>(string field, Func<Marker, T> get, Entry? entry = null, Func<string, T>? read = null)
        {
            var (o, a, b) = (get(was), get(ours), get(theirs));
            var name = Wording.Name(was);
            return Registers.Pick(o, a, b, () => Ask(
                was.Id,
                field,
                $"{o}|{a}|{b}",
                Told(a),
                Told(b),
                Typing(entry)), read);
            string Told(T value) => value is TimeRange ? $"moved {name} on {carrier}" : $"set the {field} of {name} on {carrier} to {value}";
        }

        return ours with
        {
            Name = Field("name", m => m.Name, new(EntryKind.Text), typed => typed),
            Color = Field("colour", m => m.Color, new(EntryKind.Color), Entry.ReadColor),
            Comment = Field("comment", m => m.Comment, new(EntryKind.Text), typed => typed),
            Range = Field("place", m => m.Range),
            Node = Registers.Node(
                was.Node,
                ours.Node,
                theirs.Node,
                NodeFields.OfMarker,
                (register, o, a, b) => Ask(
                    was.Id,
                    register,
                    $"{Wording.Exact(o)}|{Wording.Exact(a)}|{Wording.Exact(b)}",
                    $"set {NodeFields.Title(register)} of {Wording.Name(was)} on {carrier} to {Wording.Value(a)}",
                    $"set it to {Wording.Value(b)}",
                    Typing(Registers.EntryFor(o, a, b)))),
        };
    }

    /// <summary>An effect chain is ordered: additions at one place of it by both sides are a question, not a coin toss.</summary>
    ImmutableArray<Effect> Order(
        ImmutableArray<Effect> origin, ImmutableArray<Effect> ours, ImmutableArray<Effect> theirs, Dictionary<ElementId, Effect> merged)
    {
        List<ElementId> Kept(ImmutableArray<Effect> chain) => [.. chain.Select(e => e.Id).Where(id => origin.Any(e => e.Id == id) && merged.ContainsKey(id))];
        var (o, a, b) = (Kept(origin), Kept(ours), Kept(theirs));
        var bothReordered = !a.SequenceEqual(o) && !b.SequenceEqual(o) && !a.SequenceEqual(b);
        var first = a.SequenceEqual(o) ? (theirs, ours) : (ours, theirs);
        if (bothReordered || AddedAtOnePlace(origin, ours, theirs))
        {
            var choice = run.Book.Ask(about(
                ConflictKind.EffectOrder,
                "effects",
                $"{Chain(origin)}|{Chain(ours)}|{Chain(theirs)}",
                $"made the effects of {carrier} {Chain(ours)}",
                $"made them {Chain(theirs)}") with
            {
                Offered = bothReordered ? [Choice.Ours, Choice.Theirs, Choice.Base] : [Choice.Both, Choice.TheirsFirst, Choice.Ours, Choice.Theirs, Choice.Base],
                Worded = [new(Choice.Both, $"{run.Ours.Name}'s first: {Joined(theirs, ours)}"), new(Choice.TheirsFirst, $"{run.Theirs.Name}'s first: {Joined(ours, theirs)}")],
            });
            switch (choice)
            {
                case Choice.Both:
                    return [.. Sequenced(theirs, ours)];
                case Choice.TheirsFirst:
                    return [.. Sequenced(ours, theirs)];
                case Choice.Ours:
                    return [.. ours.Where(e => merged.ContainsKey(e.Id)).Select(e => merged[e.Id])];
                case Choice.Theirs:
                    return [.. theirs.Where(e => merged.ContainsKey(e.Id)).Select(e => merged[e.Id])];
                default:
                    return [.. origin.Where(e => merged.ContainsKey(e.Id)).Select(e => merged[e.Id])];
            }
        }

        return [.. InOrderOf(first.Item1.Select(e => e.Id), first.Item2.Select(e => e.Id)).Where(merged.ContainsKey).Select(id => merged[id])];

        // What is put in later stands nearer to the effect that both are put behind.
        IEnumerable<Effect> Sequenced(ImmutableArray<Effect> last, ImmutableArray<Effect> front) =>
            InOrderOf(InOrderOf(a.SequenceEqual(o) ? b : a, last.Select(e => e.Id)), front.Select(e => e.Id)).Where(merged.ContainsKey).Select(id => merged[id]);
        string Joined(ImmutableArray<Effect> last, ImmutableArray<Effect> front) => Chain([.. Sequenced(last, front)]);
    }

    static bool AddedAtOnePlace(ImmutableArray<Effect> origin, ImmutableArray<Effect> ours, ImmutableArray<Effect> theirs)
    {
        HashSet<ElementId?> Places(ImmutableArray<Effect> chain, ImmutableArray<Effect> other)
        {
            var places = new HashSet<ElementId?>();
            ElementId? before = null;
            foreach (var effect in chain)
            {
                if (origin.Any(e => e.Id == effect.Id)) before = effect.Id;
                else if (!other.Any(e => e.Id == effect.Id)) places.Add(before);
            }

            return places;
        }

        return Places(ours, theirs).Overlaps(Places(theirs, ours));
    }

    static string Chain(ImmutableArray<Effect> effects) => effects.IsEmpty ? "none" : string.Join(", ", effects.Select(Wording.Name));

    /// <summary>The first order, with what only the second has put behind what stands before it there.</summary>
    public static List<ElementId> InOrderOf(IEnumerable<ElementId> first, IEnumerable<ElementId> second)
    {
        var order = first.ToList();
        var before = -1;
        foreach (var id in second)
        {
            var known = order.IndexOf(id);
            if (known < 0) order.Insert(known = before + 1, id);
            before = known;
        }

        return order;
    }
}
