using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>
/// From the document to the cut. Nothing is lost: what the cut does not model stays in the nodes it carries. Parts without an
/// id of ours get one with birth zero, unique in this cut only.
/// </summary>
public static class CutReader
{
    /// <exception cref="InterchangeFormatException">The root is nothing that can be shown as a timeline, or it is too long.</exception>
    public static Sequence Read(OtioDocument document, DiagnosticBag diagnostics)
    {
        var reading = new CutReading(diagnostics);
        var sequence = document.FirstTimeline() is { } timeline
            ? ReadTimeline(document, timeline, reading)
            : ReadBare(document, reading);
        if (SequenceRate.Of(document) is not { } rate)
        {
            rate = FrameRate.Fps24;
            if (sequence.Tracks.Any(t => !t.Elements.IsEmpty))
            {
                reading.Warn(DiagnosticCodes.OtioAssumedRate, default, "No clip says at which rate it is counted; 24 fps is assumed for the sequence.");
            }
        }

        reading.Finish();
        return sequence with { Rate = rate };
    }

    static Sequence ReadTimeline(OtioDocument document, OtioObject timeline, CutReading reading)
    {
        reading.CheckVersion(timeline, default);
        var others = document.Timelines().Count() - 1;
        if (others > 0)
        {
            reading.Warn(
                DiagnosticCodes.OtioSeveralTimelines,
                default,
                string.Create(CultureInfo.InvariantCulture, $"The file holds {others + 1} timelines ({Names(document)}); \"{timeline.Text("name")}\" is the cut, the others are kept."));
        }

        var sequence = ReadStack(document, timeline.Child("tracks") ?? OtioObject.EmptyMap, reading);
        return sequence with
        {
            Name = timeline.Text("name") ?? "",
            GlobalStart = reading.Time(timeline["global_start_time"], default, "global_start_time") ?? Flicks.Zero,
        };
    }

    static string Names(OtioDocument document)
    {
        const int mostNamed = 8;
        var names = document.Timelines().Select(t => $"\"{t.Text("name")}\"").ToList();
        return string.Join(", ", names.Take(mostNamed)) + (names.Count > mostNamed ? ", …" : "");
    }

    /// <summary>A root without a timeline around it: a stack of tracks, a track, a clip.</summary>
    static Sequence ReadBare(OtioDocument document, CutReading reading)
    {
        var root = document.Root;
        var place = new Place("", "tracks", 0);
        return root.SchemaName switch
        {
            OtioSchema.Stack => ReadStack(document, root, reading) with { Name = root.Text("name") ?? "" },
            OtioSchema.Track => Bare(document, TrackReader.Read(root, reading, place).Track),
            OtioSchema.Clip => Bare(document, TrackReader.ReadImplied(root, reading, place).Track),
            _ => throw new InterchangeFormatException(
                $"The file holds no timeline: its root is {root.Schema}, where a Timeline, a collection with one, a Stack, a Track or a Clip is needed.",
                "line 1"),
        };
    }

    static Sequence Bare(OtioDocument document, Track track) => new()
    {
        Name = document.Root.Text("name") ?? "",
        Rate = default,
        Tracks = [track],
        Document = document,
    };

    static Sequence ReadStack(OtioDocument document, OtioObject stack, CutReading reading)
    {
        var stackPlace = new Place("", "tracks", 0);
        if (stack["source_range"] is OtioObject)
        {
            reading.Warn(
                DiagnosticCodes.OtioTrimmedTrack, default, "The stack of tracks is trimmed by a source_range; the trim is kept, and the cut shows the whole.");
        }

        var children = stack.List("children");
        var tracks = ImmutableArray.CreateBuilder<Track>(children.Length);
        for (var i = 0; i < children.Length; i++)
        {
            var place = stackPlace with { Index = i };
            if (children[i] is OtioObject child) tracks.Add(ReadChild(child, reading, place));
            else reading.NotAnObject(place, "tracks");
        }

        return new()
        {
            Name = "",
            Rate = default,
            Tracks = tracks.DrainToImmutable(),
            Markers = ElementReader.ReadMarkers(stack, reading, default),
            Document = document,
        };
    }

    internal static Track ReadChild(OtioObject child, CutReading reading, Place place) => child.SchemaName == OtioSchema.Track
        ? TrackReader.Read(child, reading, place).Track
        : TrackReader.ReadImplied(child, reading, place).Track;
}
