using System.Collections.Immutable;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Diff;

/// <summary>
/// The parts of a document around the tracks: the timeline, its stack and, where there is one, the collection around it.
/// </summary>
sealed record DocumentParts(OtioObject? Collection, OtioObject? Timeline, OtioObject? Stack, OtioArray Siblings)
{
    public static DocumentParts Of(OtioDocument document)
    {
        var timeline = document.FirstTimeline();
        var collection = ReferenceEquals(timeline, document.Root) ? null : document.Root;
        var siblings = collection is null ? [] : collection.List("children").Where(c => !ReferenceEquals(c, timeline)).ToImmutableArray();
        return new(collection, timeline, timeline?.Child("tracks"), new OtioArray(siblings));
    }

    /// <summary>The document with these parts in place of its own.</summary>
    public OtioDocument Into(OtioDocument document)
    {
        var old = document.FirstTimeline();
        var timeline = Timeline is not null && Stack is not null ? Timeline.With("tracks", Stack) : Timeline;
        if (old is null || timeline is null) return Collection is null ? document : new(Collection);
        if (ReferenceEquals(old, document.Root)) return new(timeline);
        var children = document.Root.List("children").Select(c => ReferenceEquals(c, old) ? timeline : c);
        return new((Collection ?? document.Root).With("children", OtioArray.Of(children)));
    }
}
