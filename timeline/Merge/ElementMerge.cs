using System.Collections.Frozen;
using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Merge;

/// <summary>Merges everything an element says of itself; where it stands is settled apart from it.</summary>
sealed class ElementMerge(MergeRun run)
{
    static readonly Register<string> Name = new("name", e => e.Name, e => e, EditKind.Rename) { Entry = new(EntryKind.Text), Read = typed => typed };
    static readonly Register<bool> Enabled = new("enabled", e => e.Enabled, e => e ? "on" : "off", EditKind.Enable, EditKind.Disable);
    static readonly Register<string?> Color = new("colour", e => e.Color, e => e ?? "none", EditKind.Recolor) { Entry = new(EntryKind.Color), Read = Entry.ReadColor };
    static readonly Register<string?> Link = new("link", e => e.Link, e => e ?? "none", EditKind.Relink);

    readonly TimingMerge _timing = new(run);

    public (Element Element, MergedTiming Timing) Merge(Element origin, Element ours, Element theirs)
    {
        if (origin.GetType() != ours.GetType() || origin.GetType() != theirs.GetType()) return (ChooseWhole(origin, ours, theirs), default);
        var timing = _timing.Merge(origin, ours, theirs);
        if (ReferenceEquals(ours, origin) && ReferenceEquals(theirs, origin) && timing.Source is null) return (ours, timing);
        var merged = ours with
        {
            SourceStart = timing.SourceStart,
            Duration = timing.Duration,
            Name = Field(origin, ours, theirs, Name),
            Enabled = Field(origin, ours, theirs, Enabled),
            Color = Field(origin, ours, theirs, Color),
            Link = Field(origin, ours, theirs, Link),
            Effects = Effects(origin, ours, theirs, timing),
            Markers = PartMerge.AreSettled(origin.Markers, ours.Markers, theirs.Markers, out var markers)
                ? markers
                : Parts(origin).Markers(origin.Markers, ours.Markers, theirs.Markers),
            Node = Node(origin, ours, theirs),
        };
        return (merged switch
        {
            Clip clip => WithMedia(clip, origin, ours, theirs, timing),
            Nest nest => WithDefinition(nest, origin, theirs),
            _ => merged,
        }, timing);
    }

    /// <summary>Inserted by both with one id: equal, or a question about the whole.</summary>
    public Element MergeInserted(Element ours, Element theirs)
    {
        if (Alike.Are(ours, theirs)) return ours;
        var clash = run.About(ConflictKind.Insert, ours.Id, "content", $"{Print(ours)}|{Print(theirs)}", $"inserted {run.Called(ours.Id)}", $"inserted {run.Called(ours.Id)} otherwise") with
        {
            Offered = [Choice.Ours, Choice.Theirs],
        };
        return run.Book.Ask(clash) == Choice.Theirs ? theirs : ours;
    }

    Element ChooseWhole(Element origin, Element ours, Element theirs)
    {
        if (Alike.Are(origin, theirs) || Alike.Are(ours, theirs)) return ours;
        if (Alike.Are(origin, ours)) return theirs;
        var clash = run.About(ConflictKind.Value, origin.Id, "content", $"{Print(ours)}|{Print(theirs)}", $"replaced {run.Called(origin.Id)}", $"changed {run.Called(origin.Id)}");
        return run.Book.Ask(clash) switch
        {
            Choice.Ours => ours,
            Choice.Theirs => theirs,
            _ => origin,
        };
    }

    /// <summary>All that <see cref="Alike"/> compares, as text.</summary>
    public static string Print(Element e) => string.Join(
        ',',
        [
            Likeness.MediaKey(e), $"{e.SourceStart.Value}", $"{e.Duration.Value}", e.Name, $"{e.Enabled}", e.Color ?? "", Print(e.Node, NodeFields.Of(e)),
            .. e.Effects.Select(f => $"{f.Id} {f.Enabled} {Wording.Exact(f.Node)}"),
            .. e.Markers.Select(m => $"{m.Id} {m.Range.Start.Value} {Wording.Exact(m.Node)}"),
        ]);

    static string Print(OtioObject node, FrozenSet<string> modelled) =>
        string.Join(',', NodeFields.Registers(node, modelled).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Key + "=" + Wording.Exact(r.Value)));

    /// <summary>A field of an element: its name, how to get it, how it is printed and read, and by which edits it changes.</summary>
    sealed record Register<T>(string Name, Func<Element, T> Get, Func<T, string> Text, params EditKind[] Kinds)
    {
        public Entry? Entry { get; init; }

        public Func<string, T>? Read { get; init; }
    }

    T Field<T>(Element origin, Element ours, Element theirs, Register<T> field) =>
        Registers.IsSettled(field.Get(origin), field.Get(ours), field.Get(theirs), out var settled) ? settled : Disputed(origin, ours, theirs, field);

    T Disputed<T>(Element origin, Element ours, Element theirs, Register<T> field)
    {
        var (o, a, b) = (field.Get(origin), field.Get(ours), field.Get(theirs));
        return Registers.Pick(o, a, b, Ask, field.Read);
        Answer? Ask() => run.Book.AskValue(run.About(
            ConflictKind.Value,
            origin.Id,
            field.Name,
            $"{field.Text(o)}|{field.Text(a)}|{field.Text(b)}",
            run.Ours.Tell(origin.Id, Wording.Name(origin), field.Kinds),
            run.Theirs.Tell(origin.Id, Wording.Name(origin), field.Kinds)) with
        {
            Entry = field.Entry,
        });
    }

    PartMerge Parts(Element origin) => new(
        run,
        (kind, register, values, ours, theirs) => run.About(kind, origin.Id, register, values, ours, theirs),
        Wording.Name(origin));

    /// <summary>Speed goes with the source range: an answer about that decides the speed too.</summary>
    ImmutableArray<Effect> Effects(Element origin, Element ours, Element theirs, MergedTiming timing)
    {
        var source = timing.Source is Choice.Both ? null : timing.Source;
        var mine = IsSet(source, Choice.Ours) && !run.IsReverted(Side.Ours, origin.Id) ? ours.Effects : WithSpeedOf(ours, origin);
        var yours = IsSet(source, Choice.Theirs) && !run.IsReverted(Side.Theirs, origin.Id) ? theirs.Effects : WithSpeedOf(theirs, origin);
        return PartMerge.AreSettled(origin.Effects, mine, yours, out var settled) ? settled : Parts(origin).Effects(origin.Effects, mine, yours);
    }

    static bool IsSet(Choice? source, Choice side) => source is null || source == side;

    static ImmutableArray<Effect> WithSpeedOf(Element element, Element origin) =>
        Timing.SpeedChanged(origin, element)
            ? [.. origin.Effects.Where(e => e.TimeScalar is not null), .. element.Effects.Where(e => e.TimeScalar is null)]
            : element.Effects;

    Clip WithMedia(Clip merged, Element origin, Element ours, Element theirs, MergedTiming timing)
    {
        if ((origin, ours, theirs) is not (Clip was, Clip mine, Clip yours)) return merged;
        var (o, a, b) = (OwnMedia.Of(was), OwnMedia.Of(mine), OwnMedia.Of(yours));
        var media = timing.Source switch
        {
            Choice.Ours when !Timing.SameSource(origin, theirs) => a,
            Choice.Theirs when !Timing.SameSource(origin, ours) => b,
            Choice.Base when !Timing.SameSource(origin, ours) || !Timing.SameSource(origin, theirs) => o,
            _ when OwnMedia.IsElsewhere(was, mine) && o != b && !OwnMedia.IsElsewhere(was, yours) => b,
            _ when OwnMedia.IsElsewhere(was, yours) && o != a && !OwnMedia.IsElsewhere(was, mine) => a,
            _ => Registers.IsSettled(o, a, b, out var settled) ? settled : DisputedMedia(origin, o, a, b),
        };
        return merged with { Media = OwnMedia.For(media, merged.Name) };
    }

    Media DisputedMedia(Element origin, Media o, Media a, Media b) => Registers.Pick(o, a, b, () => run.Book.AskValue(run.About(
        ConflictKind.Value,
        origin.Id,
        "media",
        $"{o.Key}|{a.Key}|{b.Key}",
        run.Ours.Tell(origin.Id, Wording.Name(origin), EditKind.ReplaceMedia, EditKind.Relink, EditKind.MetadataChange),
        run.Theirs.Tell(origin.Id, Wording.Name(origin), EditKind.ReplaceMedia, EditKind.Relink, EditKind.MetadataChange))));

    /// <summary>Where both sides made it another sequence in different ways, that was asked and settled before.</summary>
    static Nest WithDefinition(Nest ours, Element origin, Element theirs) => (origin, theirs) is (Nest was, Nest yours)
        ? ours with { Definition = Registers.Pick(was.Definition, ours.Definition, yours.Definition, () => new Answer(Choice.Ours, null)) }
        : ours;

    OtioObject Node(Element origin, Element ours, Element theirs) =>
        Registers.IsNodeSettled(origin.Node, ours.Node, theirs.Node, out var settled) ? settled : DisputedNode(origin, ours, theirs);

    OtioObject DisputedNode(Element origin, Element ours, Element theirs) => Registers.Node(
        origin.Node,
        ours.Node,
        theirs.Node,
        NodeFields.Of(origin),
        (register, o, a, b) => run.Book.AskValue(run.About(
            ConflictKind.Value,
            origin.Id,
            register,
            $"{Wording.Exact(o)}|{Wording.Exact(a)}|{Wording.Exact(b)}",
            $"set {NodeFields.Title(register)} of {Wording.Name(origin)} to {Wording.Value(a)}",
            $"set it to {Wording.Value(b)}") with
        {
            Entry = Registers.EntryFor(o, a, b),
        }));
}
