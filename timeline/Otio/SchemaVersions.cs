using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Rewrites a document in the schema versions of a release. What a version has no place for goes to
/// <c>metadata.cinegit.kept</c> of its object, and comes back when the document is converted to a version that has. Schemas
/// that nothing here knows, and versions later than those known, stay as they are.
/// </summary>
public static class SchemaVersions
{
    public static OtioDocument Convert(OtioDocument document, OtioRelease release, DiagnosticBag diagnostics)
    {
        var conversion = new SchemaConversion(release);
        var converted = conversion.Convert(document.Root);
        conversion.Report(diagnostics);
        return ReferenceEquals(converted, document.Root) ? document : new(converted);
    }
}

/// <summary>
/// One walk over a document, metadata too: OpenTimelineIO reads schema objects wherever they stand and refuses the file for
/// one that is too new. Objects that need no change stay the same objects.
/// </summary>
sealed class SchemaConversion(OtioRelease release)
{
    readonly List<string> _path = [];
    readonly Dictionary<string, (Diagnostic First, int Count)> _found = [];

    public OtioObject Convert(OtioObject node)
    {
        var fields = node.Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            var value = Convert(fields[i].Name, fields[i].Value);
            if (!ReferenceEquals(value, fields[i].Value)) fields = fields.SetItem(i, new(fields[i].Name, value));
        }

        return ConvertThis(fields == node.Fields ? node : new(fields));
    }

    public void Report(DiagnosticBag diagnostics)
    {
        foreach (var (first, count) in _found.Values)
        {
            var others = count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {count - 1} more like it)");
            var message = first.Message + others;
            if (first.Severity == Severity.Note) diagnostics.Note(first.Code, first.Location, message);
            else diagnostics.Warn(first.Code, first.Location, message);
        }
    }

    public void Note(string code, string message) => Find(Severity.Note, code, message);

    public void Warn(string code, string message) => Find(Severity.Warning, code, message);

    OtioValue Convert(string step, OtioValue value)
    {
        if (value is not (OtioObject or OtioArray)) return value;
        _path.Add(step);
        OtioValue converted = value is OtioArray list ? ConvertItems(list) : Convert((OtioObject)value);
        _path.RemoveAt(_path.Count - 1);
        return converted;
    }

    OtioArray ConvertItems(OtioArray list)
    {
        var items = list.Items;
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is not (OtioObject or OtioArray)) continue;
            var item = Convert(i.ToString(CultureInfo.InvariantCulture), items[i]);
            if (!ReferenceEquals(item, items[i])) items = items.SetItem(i, item);
        }

        return items == list.Items ? list : new(items);
    }

    OtioObject ConvertThis(OtioObject node)
    {
        var schema = node.Schema;
        if (schema.Length == 0) return node;
        var name = OtioSchema.NameOf(schema);
        var version = OtioSchema.VersionOf(schema);
        if (OtioSchema.KnownVersion(name) is not { } known) return node;
        if (version > known)
        {
            Warn(DiagnosticCodes.OtioNotConverted, $"{schema} is newer than {name}.{known}; it is left as it is, and OpenTimelineIO {release} may refuse it.");
            return node;
        }

        if (!schema.StartsWith(name, StringComparison.Ordinal)) node = node.With(OtioSchema.Key, string.Create(CultureInfo.InvariantCulture, $"{name}.{version}"));
        return name switch
        {
            OtioSchema.Clip => release.ClipVersion >= 2 ? ClipVersions.Upgrade(node) : ClipVersions.Downgrade(node, this),
            OtioSchema.Marker => release.MarkerVersion >= 3 ? MarkerVersions.Upgrade(node) : MarkerVersions.Downgrade(node, this),
            _ => node,
        };
    }

    void Find(Severity severity, string code, string message)
    {
        var known = _found.GetValueOrDefault(code);
        _found[code] = (known.First ?? new(code, severity, string.Join('/', _path), message), known.Count + 1);
    }
}
