using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Hub.Features.Versions;

/// <summary>A stored cut, read.</summary>
public abstract record CutReading
{
    private CutReading()
    {
    }

    /// <param name="Bytes">Of the objects it was read from.</param>
    public sealed record Readable(Sequence Sequence, long Bytes) : CutReading;

    /// <param name="Why">One sentence: what is wrong, where.</param>
    public sealed record Unreadable(string Why) : CutReading;
}

/// <summary>What the hub asks of a cut before it becomes a version.</summary>
public static class CutRules
{
    public static CutReading Read(VersionObject root)
    {
        try
        {
            var document = CutObjects.Decode(root);
            if (!CutObjects.IsCanonical(root, document))
            {
                return new CutReading.Unreadable("it is not in canonical form; its objects are not those that CutObjects.Encode gives.");
            }

            var sequence = CutReader.Read(document, new DiagnosticBag());
            return WhyNotIdentified(sequence) is { } why
                ? new CutReading.Unreadable(why)
                : new CutReading.Readable(sequence, root.Walk().Sum(item => (long)item.Body.Length));
        }
        catch (InterchangeFormatException unreadable)
        {
            return new CutReading.Unreadable($"{unreadable.Message} ({unreadable.Location})");
        }
        catch (CorruptObjectException corrupt)
        {
            return new CutReading.Unreadable(corrupt.Message);
        }
    }

    /// <summary>Comparing and merging need one id per part, each used once.</summary>
    static string? WhyNotIdentified(Sequence sequence)
    {
        var seen = new HashSet<ElementId>();
        foreach (var (id, what) in Parts(sequence))
        {
            // Birth zero is what a reader gives to a part that the document names nothing for.
            if (id.Birth == 0) return $"{what} has no id; identify the cut before committing it.";
            if (!seen.Add(id)) return $"{what} has the id {id} that another part has too; identify the cut before committing it.";
        }

        return null;
    }

    static IEnumerable<(ElementId Id, string What)> Parts(Sequence sequence)
    {
        foreach (var marker in sequence.Markers) yield return (marker.Id, $"the sequence marker '{marker.Name}'");
        foreach (var track in sequence.Tracks)
        {
            yield return (track.Id, $"the track {track.Name}");
            foreach (var effect in track.Effects) yield return (effect.Id, $"an effect of the track {track.Name}");
            foreach (var marker in track.Markers) yield return (marker.Id, $"the marker '{marker.Name}' on the track {track.Name}");
            foreach (var point in track.EditPoints) yield return (point.Id, $"a transition on the track {track.Name}");
            foreach (var element in track.Elements)
            {
                yield return (element.Id, $"'{element.Name}' on the track {track.Name}");
                foreach (var effect in element.Effects) yield return (effect.Id, $"an effect of '{element.Name}' on the track {track.Name}");
                foreach (var marker in element.Markers) yield return (marker.Id, $"a marker of '{element.Name}' on the track {track.Name}");
            }
        }
    }
}
