using System.Collections.Frozen;
using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

/// <summary>The settings, markers and document of the sequence itself.</summary>
sealed class SequenceMerge(MergeRun run, Layout layout)
{
    readonly Sequence _o = run.Request.Base;
    readonly Sequence _a = run.Request.Ours;
    readonly Sequence _b = run.Request.Theirs;
    readonly TimecodeCount _count = TimecodeCount.Of(run.Request.Base);

    public Sequence Merge(ImmutableArray<Track> tracks) => new()
    {
        Name = Field("name", s => s.Name, s => s, new(EntryKind.Text), typed => typed),
        Rate = Field("frame rate", s => s.Rate, s => s.ToString(), new(EntryKind.Rate), typed => Entry.ReadRate(typed) ?? _o.Rate),
        GlobalStart = Field("start timecode", s => s.GlobalStart, s => run.Words.At(s - _o.GlobalStart), new(EntryKind.Timecode) { Count = _count }, Start),
        Tracks = tracks,
        Markers = Markers(),
        Document = Document(),
    };

    Flicks Start(string typed) => _count.Read(typed) is { } frame ? Flicks.FromFrames(frame, _count.Rate, Rounding.Nearest) : _o.GlobalStart;

    T Field<T>(string register, Func<Sequence, T> get, Func<T, string> text, Entry? entry = null, Func<string, T>? read = null)
    {
        var (o, a, b) = (get(_o), get(_a), get(_b));
        return Registers.Pick(o, a, b, () => Ask(register, $"{text(o)}|{text(a)}|{text(b)}", text(a), text(b), entry), read);
    }

    Answer? Ask(string register, string values, string ours, string theirs, Entry? entry = null) => run.Book.AskValue(About(
        ConflictKind.Settings,
        register,
        values,
        $"set the {register} of the sequence to {ours}",
        $"set it to {theirs}") with
    {
        Entry = entry,
    });

    Clash About(ConflictKind kind, string register, string values, string ours, string theirs) =>
        new(kind, "sequence/" + register)
        {
            Group = "sequence/" + register,
            Values = register + "|" + values,
            Subject = _o.Name,
            Sentence = $"{run.Ours.Name} {ours}; {run.Theirs.Name} {theirs}.",
            Base = new("as it was", null),
            Ours = new(ours, null),
            Theirs = new(theirs, null),
        };

    /// <summary>
    /// Sequence markers stand in record time and may or may not follow ripples, as the program likes. Each side's are first
    /// put where they would stand had nothing rippled, merged there, and then shifted with the merged cut.
    /// </summary>
    ImmutableArray<Marker> Markers()
    {
        var parts = new PartMerge(run, About, "the sequence");
        var orphans = layout.Presence.MarkersOfDeleted.Select(Shifted);
        if (_a.Markers.IsEmpty && _b.Markers.IsEmpty && _o.Markers.IsEmpty) return [.. orphans];
        var mine = Unshifted(_a, run.Ours);
        var yours = Unshifted(_b, run.Theirs);
        var follows = mine.Follows || yours.Follows;
        var still = mine.StandsStill || yours.StandsStill;
        if (follows && still)
        {
            run.Note("The sequence markers followed the ripples of one side only; they follow them in the merged cut.", []);
        }

        var inBaseTime = follows || !still;
        var settled = new MarkersOverDeleted(run, layout.Presence, "sequence", side => side.Change.CommonEvents(default)).Settled(
            parts.Markers(_o.Markers, mine.Markers, yours.Markers),
            new(_o.Markers, mine.Markers, yours.Markers),
            (moment, side) => (side.Side == Side.Ours ? mine : yours).StandsStill ? side.Change.BaseTimeOfMoment(moment) : moment,
            moment => inBaseTime ? moment : moment + layout.CommonShiftAt(moment));
        return [.. inBaseTime ? settled.Select(Shifted) : settled, .. orphans];
    }

    Marker Shifted(Marker marker) =>
        marker with { Range = marker.Range with { Start = Flicks.Max(marker.Range.Start + layout.CommonShiftAt(marker.Range.Start), Flicks.Zero) } };

    (ImmutableArray<Marker> Markers, bool Follows, bool StandsStill) Unshifted(Sequence cut, SideView side)
    {
        var known = _o.Markers.ToDictionary(m => m.Id);
        var judged = cut.Markers
            .Where(m => known.ContainsKey(m.Id))
            .Select(m => (Moved: m.Range.Start - known[m.Id].Range.Start, Shift: side.Change.CommonShiftAt(known[m.Id].Range.Start)))
            .Where(m => !m.Shift.IsZero)
            .ToList();
        var follows = judged.Exists(m => m.Moved == m.Shift);
        var still = !follows && judged.Exists(m => m.Moved.IsZero);
        if (still) return (cut.Markers, false, true);
        return ([.. cut.Markers.Select(m => Back(m, known.GetValueOrDefault(m.Id), side))], follows, false);
    }

    static Marker Back(Marker marker, Marker? origin, SideView side)
    {
        var start = origin is not null && origin.Range.Start + side.Change.CommonShiftAt(origin.Range.Start) == marker.Range.Start
            ? origin.Range.Start
            : side.Change.BaseTimeOfMoment(marker.Range.Start);
        return marker with { Range = marker.Range with { Start = start } };
    }

    OtioDocument Document()
    {
        if (_b.Document.Equals(_o.Document)) return _a.Document;
        if (_a.Document.Equals(_o.Document)) return _b.Document;
        var (o, a, b) = (DocumentParts.Of(_o.Document), DocumentParts.Of(_a.Document), DocumentParts.Of(_b.Document));
        var merged = a with
        {
            Collection = Node(o.Collection, a.Collection, b.Collection, NodeFields.OfCollection),
            Timeline = Node(o.Timeline, a.Timeline, b.Timeline, NodeFields.OfTimeline),
            Stack = Node(o.Stack, a.Stack, b.Stack, NodeFields.OfStack),
        };
        var siblings = Registers.Pick(o.Siblings, a.Siblings, b.Siblings, () => Ask("other contents of the file", $"{Wording.Exact(o.Siblings)}|{Wording.Exact(a.Siblings)}|{Wording.Exact(b.Siblings)}", "one state", "another"));
        return siblings.Equals(a.Siblings) ? merged.Into(_a.Document) : merged.Into(_b.Document);
    }

    OtioObject? Node(OtioObject? o, OtioObject? a, OtioObject? b, FrozenSet<string> modelled)
    {
        if (a is null || b is null) return a ?? b;
        return Registers.Node(
            o ?? OtioObject.EmptyMap,
            a,
            b,
            modelled,
            (register, was, mine, yours) => Ask(NodeFields.Title(register), $"{Wording.Exact(was)}|{Wording.Exact(mine)}|{Wording.Exact(yours)}", Wording.Value(mine), Wording.Value(yours), Registers.EntryFor(was, mine, yours)));
    }
}
