using System.Collections.Immutable;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>
/// From the cut back to the document. Only what differs from the nodes the cut was read from is written, so a cut that nobody
/// changed gives its document back; ids and links go to <c>metadata.cinegit</c> of what carries them.
/// </summary>
public static class CutWriter
{
    public static OtioDocument Write(Sequence sequence)
    {
        var document = sequence.Document;
        var written = document.FirstTimeline() is { } timeline
            ? new OtioDocument(Replace(document.Root, timeline, WriteTimeline(sequence, timeline)))
            : new OtioDocument(WriteBare(sequence));
        return WithRate(written, sequence.Rate);
    }

    /// <summary>The rate is written down only where the clips no longer tell it.</summary>
    static OtioDocument WithRate(OtioDocument document, FrameRate rate)
    {
        if ((SequenceRate.Of(document) ?? FrameRate.Fps24) == rate) return document;
        var owner = document.FirstTimeline() ?? document.Root;
        return new(Replace(document.Root, owner, OwnMetadata.WithRate(owner, rate.ToString())));
    }

    static OtioObject WriteTimeline(Sequence sequence, OtioObject node)
    {
        if (sequence.Name != (node.Text("name") ?? "")) node = node.With("name", sequence.Name);
        var start = OtioTimes.TryRead(node["global_start_time"], out var said) ? said.Time : Flicks.Zero;
        if (sequence.GlobalStart != start)
        {
            node = node.With("global_start_time", OtioTimes.Write(node["global_start_time"], sequence.GlobalStart, sequence.Rate));
        }

        if (node.Child("tracks") is { } stack) return node.With("tracks", WriteStack(sequence, stack));
        return sequence.Tracks.IsEmpty && sequence.Markers.IsEmpty
            ? node
            : node.With("tracks", WriteStack(sequence, OtioBuild.Stack("tracks", [])));
    }

    static OtioObject WriteStack(Sequence sequence, OtioObject stack)
    {
        var elements = new ElementWriter(sequence.Rate);
        stack = ListField.With(stack, "children", WriteTracks(sequence));
        return ListField.With(stack, "markers", [.. sequence.Markers.Select(elements.Write)]);
    }

    static ImmutableArray<OtioObject> WriteTracks(Sequence sequence)
    {
        var tracks = new TrackWriter(sequence.Rate);
        return [.. sequence.Tracks.Select(tracks.Write)];
    }

    /// <summary>A root that was no timeline stays what it was while it can say everything; else a timeline is put around it.</summary>
    static OtioObject WriteBare(Sequence sequence)
    {
        var root = sequence.Document.Root;
        if (root.SchemaName == OtioSchema.Stack)
        {
            if (!sequence.GlobalStart.IsZero) return WriteTimeline(sequence, OtioBuild.Timeline(sequence.Name, null, []).With("tracks", root));
            var stack = WriteStack(sequence, root);
            return sequence.Name == (stack.Text("name") ?? "") ? stack : stack.With("name", sequence.Name);
        }

        var tracks = WriteTracks(sequence);
        var isAlone = sequence.GlobalStart.IsZero && sequence.Markers.IsEmpty && tracks.Length == 1
            && (tracks[0].Text("name") ?? "") == sequence.Name;
        return isAlone ? tracks[0] : WriteTimeline(sequence, OtioBuild.Timeline(sequence.Name, null, []));
    }

    static OtioObject Replace(OtioObject node, OtioObject old, OtioObject replacement)
    {
        if (ReferenceEquals(node, old)) return replacement;
        return node.SchemaName == OtioSchema.SerializableCollection
            ? ListField.With(node, "children", [.. node.Objects("children").Select(child => Replace(child, old, replacement))])
            : node;
    }
}
