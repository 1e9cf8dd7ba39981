using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>A cut after one edit, and what was edited.</summary>
/// <param name="Reel">Of the clip.</param>
/// <param name="RecordIn">Where the clip begins, in frames of record timecode.</param>
/// <param name="Follows">Events after the clip's own that say something about it: a transition from it.</param>
sealed record EdlEdited(string Kind, OtioDocument Document, string Reel, long RecordIn, int Follows);

/// <summary>
/// One random edit of a random clip, on all its linked tracks alike. What follows moves up on a track that is alone; where there
/// are several, what the edit frees stays empty, so that the others keep their sync.
/// </summary>
sealed class EdlEdits(Random random)
{
    static readonly string[] Kinds = ["tail", "head", "delete", "insert", "rename", "slip", "speed", "transition", "marker"];

    const int Shortest = 16;

    public EdlEdited? Edit(OtioDocument document)
    {
        var kind = Kinds[random.Next(Kinds.Length)];
        var tracks = EdlFiles.Tracks(document).ToList();
        var own = random.Next(tracks.Count);
        var children = tracks[own].Objects("children").ToList();
        var index = random.Next(children.Count);
        var clip = children[index];
        if (clip.SchemaName != OtioSchema.Clip || Range(clip) is not { } range) return null;
        var places = tracks.Select(t => t.Objects("children").ToList()).Select(row => (Row: row, At: row.FindIndex(c => ReferenceEquals(c, clip)))).Where(p => p.At >= 0).ToList();
        if (places.Exists(p => IsFirstOfPair(p.Row, p.At))) return null;
        var isNextToTransition = places.Exists(p => IsNextToTransition(p.Row, p.At));
        var rate = EdlFiles.RateOf(document);
        var frames = range.Duration.ToFrames(rate, Rounding.Nearest);
        if (frames < Shortest && kind is "tail" or "head" or "speed") return null;
        if (kind == "insert" && tracks.Count > 1) return null;
        if (kind is "tail" or "head" && tracks.Count > 1 && isNextToTransition) return null;
        if (kind == "transition" && (index == 0 || children[index - 1].SchemaName != OtioSchema.Transition)) return null;
        if (kind is "delete" or "insert" or "head" && (isNextToTransition || children.Count(c => c.SchemaName == OtioSchema.Clip) < 3)) return null;
        var start = document.FirstTimeline()?.Child("global_start_time")?.Number("value") ?? 0;
        var before = children.Take(index).Where(c => c.SchemaName != OtioSchema.Transition).Sum(c => Range(c)?.Duration.ToFrames(rate, Rounding.Nearest) ?? 0);
        var follows = places.Exists(p => p.At + 1 < p.Row.Count && p.Row[p.At + 1].SchemaName == OtioSchema.Transition) ? 1 : 0;
        var changed = tracks.Select(t => t.With("children", OtioArray.Of(Changed(t, kind, clip, rate, tracks.Count > 1))));
        return new(kind, WithTracks(document, changed), clip.Child("metadata")?.Child("cmx_3600")?.Text("reel") ?? "", (long)start + before, follows);
    }

    int? _amount;

    List<OtioObject> Changed(OtioObject track, string kind, OtioObject clip, FrameRate rate, bool isLift)
    {
        var amount = _amount ??= random.Next(1, 5);
        var children = track.Objects("children").ToList();
        var at = children.FindIndex(c => ReferenceEquals(c, clip));
        if (at < 0) return children;
        var (start, length) = (Flicks.FromFrames(amount, rate), Flicks.FromFrames(-amount, rate));
        var freed = kind == "delete" ? Range(clip)?.Duration.ToFrames(rate, Rounding.Nearest) ?? 0 : amount;
        if (isLift && kind is "tail" or "head" or "delete") children.Insert(kind == "tail" ? at + 1 : at++, OtioBuild.Gap(new(freed, rate)));
        switch (kind)
        {
            case "tail": children[at] = WithRange(clip, Flicks.Zero, length, rate); break;
            case "head": children[at] = WithRange(clip, start, length, rate); break;
            case "slip": children[at] = WithRange(clip, start, Flicks.Zero, rate); break;
            case "delete": children.RemoveAt(at); break;
            case "rename": children[at] = clip.With("name", $"RENAMED {amount}").With("metadata", Named(clip)); break;
            case "insert": children.Insert(at + 1, OtioBuild.Clip($"ADDED {amount}", OtioBuild.MissingReference(name: "ADDED"), OtioBuild.Range(new(100, rate), new(30, rate)))); break;
            case "speed": children[at] = clip.With("effects", clip.Objects("effects").Any() ? OtioArray.Empty : OtioArray.Of([OtioBuild.LinearTimeWarp(0.5)])); break;
            case "transition": children[at - 1] = children[at - 1].With("out_offset", OtioBuild.Time(new(6 + amount, rate))); break;
            default: children[at] = clip.With("markers", OtioArray.Of(clip.Objects("markers").Append(Marker(clip, amount, rate)))); break;
        }

        return children;
    }

    static OtioObject Named(OtioObject clip)
    {
        var metadata = clip.Child("metadata") ?? OtioObject.EmptyMap;
        return metadata.With("cmx_3600", (metadata.Child("cmx_3600") ?? OtioObject.EmptyMap).Without("unnamed"));
    }

    static OtioObject Marker(OtioObject clip, int amount, FrameRate rate) => OtioBuild.Marker(
        $"NOTE {amount}", OtioBuild.Range(new((Range(clip) ?? default).Start.ToFrames(rate, Rounding.Nearest) + amount, rate), new(0, rate)), "BLUE");

    static TimeRange? Range(OtioObject item) => OtioTimes.TryReadRange(item.Child("source_range"), out var range) ? range : null;

    static OtioObject WithRange(OtioObject clip, Flicks start, Flicks length, FrameRate rate)
    {
        var range = Range(clip) ?? default;
        return clip.With("source_range", OtioTimes.WriteRange(clip.Child("source_range"), new(range.Start + start, range.Duration + length), rate));
    }

    static bool IsNextToTransition(List<OtioObject> children, int index) =>
        (index > 0 && children[index - 1].SchemaName == OtioSchema.Transition)
        || (index + 1 < children.Count && children[index + 1].SchemaName == OtioSchema.Transition);

    /// <summary>The first line of a transition's pair shares its event with the second.</summary>
    static bool IsFirstOfPair(List<OtioObject> children, int index) =>
        index + 1 < children.Count && children[index + 1].Child("metadata")?.Child("cmx_3600")?.Flag("from_in_pair") is true;

    static OtioDocument WithTracks(OtioDocument document, IEnumerable<OtioObject> tracks)
    {
        var stack = document.Root.Child("tracks") ?? OtioObject.EmptyMap;
        return new(document.Root.With("tracks", stack.With("children", OtioArray.Of(tracks))));
    }
}
