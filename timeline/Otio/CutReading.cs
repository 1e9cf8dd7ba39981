using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Otio;

/// <summary>A place in the document, spelled out only when there is something to say about it.</summary>
readonly record struct Place(string Parent, string List, int Index)
{
    public Place Of(string list, int index) => new(ToString(), list, index);

    public override string ToString() =>
        Parent is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Parent}{(Parent.Length == 0 ? "" : "/")}{List}/{Index}");
}

/// <summary>What one reading of a cut shares: where to report, and ids for what has none.</summary>
sealed class CutReading(DiagnosticBag diagnostics)
{
    readonly HashSet<string> _reportedSchemas = [];
    uint _unidentified;
    int _rounded;
    string _firstRounded = "";

    /// <summary>The id the object carries, else one with birth zero, which tells it apart in this file only.</summary>
    public ElementId IdOf(OtioObject node) => OwnMetadata.Id(node) ?? new(0, ++_unidentified);

    /// <summary>Null when absent, and when unreadable, which is reported.</summary>
    public Flicks? Time(OtioValue? node, Place place, string field)
    {
        if (node is null or OtioNull) return null;
        if (OtioTimes.TryRead(node, out var time))
        {
            if (time.IsRounded) CountRounded(place, field);
            return time.Time;
        }

        diagnostics.Error(
            DiagnosticCodes.OtioUnreadableTime,
            place.ToString(),
            $"The {field} is no time: it needs a finite value within 100 years and a positive rate. It is kept but not used.");
        return null;
    }

    public TimeRange? Range(OtioValue? node, Place place, string field)
    {
        if (node is null or OtioNull) return null;
        if (node is not OtioObject fields)
        {
            diagnostics.Error(DiagnosticCodes.OtioUnreadableTime, place.ToString(), $"The {field} is no time range; it is kept but not used.");
            return null;
        }

        var start = Time(fields["start_time"], place, field);
        var duration = Time(fields["duration"], place, field);
        if (duration is { IsNegative: true })
        {
            diagnostics.Error(DiagnosticCodes.OtioUnreadableTime, place.ToString(), $"The {field} has a negative duration; it is kept and counted as none.");
            duration = Flicks.Zero;
        }

        return duration is { } length ? new(start ?? Flicks.Zero, length) : null;
    }

    /// <summary>Says once per schema that it is newer than what is known here.</summary>
    public void CheckVersion(OtioObject node, Place place)
    {
        var schema = node.Schema;
        var known = OtioSchema.KnownVersion(node.SchemaName);
        if (known is null || OtioSchema.VersionOf(schema) <= known || !_reportedSchemas.Add(schema)) return;
        diagnostics.Warn(
            DiagnosticCodes.OtioNewerSchema,
            place.ToString(),
            $"{schema} is newer than {node.SchemaName}.{known}, which it is read as; what is new in it is kept but not shown.");
    }

    public void UnknownSchema(OtioObject node, Place place)
    {
        var schema = node.Schema;
        if (!_reportedSchemas.Add(schema)) return;
        var name = schema.Length == 0 ? "an object without OTIO_SCHEMA" : schema;
        diagnostics.Warn(
            DiagnosticCodes.OtioUnknownSchema, place.ToString(), $"Nothing here knows {name}; it is kept whole and shown as a block.");
    }

    public void NotAnObject(Place place, string list) => diagnostics.Error(
        DiagnosticCodes.OtioNotAnObject, place.ToString(), $"The list {list} holds something that is no object; it is kept but not shown.");

    public void Warn(string code, Place place, string message) => diagnostics.Warn(code, place.ToString(), message);

    public void Note(string code, Place place, string message) => diagnostics.Note(code, place.ToString(), message);

    /// <summary>Reports what was only counted while reading.</summary>
    public void Finish()
    {
        if (_rounded == 0) return;
        var others = _rounded == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {_rounded - 1} more)");
        diagnostics.Note(
            DiagnosticCodes.OtioRoundedTime,
            _firstRounded,
            $"A time between frames or at an unusual rate{others} was rounded to the nearest 1/705,600,000 s; the value itself is kept.");
    }

    void CountRounded(Place place, string field)
    {
        if (_rounded++ == 0) _firstRounded = $"{place}/{field}";
    }
}
