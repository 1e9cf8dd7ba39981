using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Features.Compare;

/// <summary>
/// Open conflicts inside the merged file, under the timeline's <c>metadata.cinegit.conflicts</c>, in the shape of
/// <c>merge --json</c>; a clean merge leaves none behind.
/// </summary>
internal static class ConflictMetadata
{
    const string Key = "conflicts";

    public static OtioDocument Set(OtioDocument document, MergeResult merge)
    {
        var clock = new RecordClock(merge.Merged);
        var open = merge.Conflicts.Where(c => c.Chosen is null).Select(c => CompareLines.Line(c, clock)).ToList();
        return new(OnTimeline(document.Root, timeline => open.Count == 0 ? Without(timeline) : With(timeline, open)));
    }

    static OtioObject OnTimeline(OtioObject root, Func<OtioObject, OtioObject> change)
    {
        if (root.SchemaName == OtioSchema.SerializableCollection)
        {
            var children = root.List("children");
            for (var i = 0; i < children.Length; i++)
            {
                if (children[i] is OtioObject { SchemaName: OtioSchema.Timeline } timeline)
                    return root.With("children", new OtioArray(children.SetItem(i, change(timeline))));
            }
        }

        return change(root);
    }

    static OtioObject With(OtioObject timeline, IEnumerable<ConflictLine> conflicts)
    {
        var metadata = timeline.Child("metadata") ?? OtioObject.EmptyMap;
        var own = metadata.Child(OtioSchema.OwnMetadata) ?? OtioObject.EmptyMap;
        return timeline.With("metadata", metadata.With(OtioSchema.OwnMetadata, own.With(Key, OtioArray.Of(conflicts.Select(c => (OtioValue)Encode(c))))));
    }

    static OtioObject Without(OtioObject timeline)
    {
        if (timeline.Child("metadata") is not { } metadata || metadata.Child(OtioSchema.OwnMetadata) is not { } own || own[Key] is null)
            return timeline;
        return timeline.With("metadata", metadata.With(OtioSchema.OwnMetadata, own.Without(Key)));
    }

    static OtioObject Encode(ConflictLine conflict) => OtioObject.Map(
        ("id", conflict.Id),
        ("kind", conflict.Kind),
        ("elements", Texts(conflict.Elements)),
        ("tracks", Texts(conflict.Tracks)),
        ("atFrame", conflict.AtFrame),
        ("timecode", conflict.Timecode),
        ("subject", conflict.Subject),
        ("sentence", conflict.Sentence),
        ("base", Encode(conflict.Base)),
        ("ours", Encode(conflict.Ours)),
        ("theirs", Encode(conflict.Theirs)),
        ("offered", Texts(conflict.Offered)),
        ("offers", OtioArray.Of(conflict.Offers.Select(o => (OtioValue)OtioObject.Map(("choice", o.Choice), ("words", o.Words), ("entry", o.Entry is { } entry ? entry : OtioNull.Value))))),
        ("dependsOn", Texts(conflict.DependsOn)));

    static OtioObject Encode(TermLine term) => OtioObject.Map(
        ("words", term.Words), ("startFrame", Number(term.StartFrame)), ("durationFrames", Number(term.DurationFrames)));

    static OtioValue Number(long? value) => value is { } number ? number : OtioNull.Value;

    static OtioArray Texts(IEnumerable<string> texts) => OtioArray.Of(texts.Select(t => (OtioValue)t));
}
