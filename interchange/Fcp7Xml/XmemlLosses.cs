using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>What a document says that the file does not: one diagnostic for each thing, or for each kind where there are many alike.</summary>
internal sealed class XmemlLosses(DiagnosticBag diagnostics)
{
    static readonly HashSet<string> ItemFields =
    [
        OtioSchema.Key, "metadata", "name", "source_range", "effects", "markers", "enabled", "color", "media_references", "media_reference",
        "active_media_reference_key", "children", "kind",
    ];

    readonly SortedDictionary<string, (int Count, string First)> _metadata = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (int Count, string First)> _fields = new(StringComparer.Ordinal);
    int _offFrame;

    public void LeftOut(string location, string what, string why) =>
        diagnostics.Warn(DiagnosticCodes.Fcp7LeftOut, location, $"{what} was left out; in Final Cut Pro 7 XML {why}.");

    public void Approximated(string location, string message) => diagnostics.Note(DiagnosticCodes.Fcp7Approximated, location, message);

    public void Assumed(string location, string message) => diagnostics.Note(DiagnosticCodes.Fcp7Assumed, location, message);

    public void OffFrame() => _offFrame++;

    /// <summary>Metadata of other formats, and fields that no schema here has.</summary>
    public void Foreign(OtioObject node, string location)
    {
        if (node["metadata"] is OtioObject metadata)
        {
            foreach (var field in metadata.Fields)
            {
                if (field.Name is not (XmemlKeys.Section or OtioSchema.OwnMetadata)) Count(_metadata, field.Name, location);
            }
        }

        foreach (var field in node.Fields)
        {
            if (!ItemFields.Contains(field.Name)) Count(_fields, field.Name, location);
        }

        if (node["color"] is OtioObject or OtioString { Value.Length: > 0 }) Count(_fields, "color", location);
    }

    public void MetadataOf(OtioObject? node, string location)
    {
        foreach (var field in node?.Child("metadata")?.Fields ?? [])
        {
            if (field.Name is not (XmemlKeys.Section or OtioSchema.OwnMetadata)) Count(_metadata, field.Name, location);
        }
    }

    /// <summary>A gap is nothing but empty time.</summary>
    public void Gap(OtioObject gap, string location)
    {
        foreach (var list in (string[])["effects", "markers"])
        {
            if (!gap.List(list).IsEmpty) LeftOut(location, $"What a gap carries in {list}", "empty time is not written");
        }

        MetadataOf(gap, location);
    }

    public void Report()
    {
        foreach (var (key, (count, first)) in _metadata)
        {
            diagnostics.Warn(DiagnosticCodes.Fcp7LeftOut, first, string.Create(
                CultureInfo.InvariantCulture, $"Metadata '{key}' of {count} part(s) was left out; Final Cut Pro 7 XML has no place for it. It stays in the document."));
        }

        foreach (var (field, (count, first)) in _fields)
        {
            diagnostics.Warn(DiagnosticCodes.Fcp7LeftOut, first, string.Create(
                CultureInfo.InvariantCulture, $"The field '{field}' of {count} part(s) was left out; Final Cut Pro 7 XML has no place for it. It stays in the document."));
        }

        if (_offFrame > 0)
        {
            diagnostics.Warn(DiagnosticCodes.Fcp7Approximated, "tracks", string.Create(
                CultureInfo.InvariantCulture, $"{_offFrame} cut(s) fall between frames of the sequence and were written on the nearest frame."));
        }
    }

    static void Count(SortedDictionary<string, (int Count, string First)> counts, string key, string location) =>
        counts[key] = counts.TryGetValue(key, out var known) ? (known.Count + 1, known.First) : (1, location);
}
