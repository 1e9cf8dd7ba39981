using System.Collections.Immutable;

namespace CineGit.Timeline.Otio;

public readonly record struct OtioField(string Name, OtioValue Value);

/// <summary>
/// A JSON object in document order: an OTIO schema object when it carries <c>OTIO_SCHEMA</c>, else a plain dictionary
/// (metadata, media_references). Fields that no schema knows are fields like any other, so nothing is lost.
/// Equality ignores field order, as OTIO does.
/// </summary>
public sealed record OtioObject : OtioValue
{
    public static readonly OtioObject EmptyMap = new([]);

    const int FewFields = 16;

    public OtioObject(ImmutableArray<OtioField> fields) => Fields = fields;

    public ImmutableArray<OtioField> Fields { get; }

    /// <summary>The schema with its version, <c>Clip.2</c>; empty for a plain dictionary.</summary>
    public string Schema => Text(OtioSchema.Key) ?? "";

    /// <summary>The schema's name without its version, old names resolved (Sequence is Track, Filler is Gap).</summary>
    public string SchemaName => OtioSchema.NameOf(Schema);

    public OtioValue? this[string field]
    {
        get
        {
            foreach (var candidate in Fields)
            {
                if (candidate.Name == field) return candidate.Value;
            }

            return null;
        }
    }

    public static OtioObject Map(params ReadOnlySpan<(string Name, OtioValue Value)> fields)
    {
        var builder = ImmutableArray.CreateBuilder<OtioField>(fields.Length);
        foreach (var (name, value) in fields) builder.Add(new(name, value));
        return new(builder.MoveToImmutable());
    }

    public static OtioObject Of(string schema, params ReadOnlySpan<(string Name, OtioValue Value)> fields)
    {
        var builder = ImmutableArray.CreateBuilder<OtioField>(fields.Length + 1);
        builder.Add(new(OtioSchema.Key, schema));
        foreach (var (name, value) in fields) builder.Add(new(name, value));
        return new(builder.MoveToImmutable());
    }

    /// <summary>The string in this field, or null when it is absent or something else.</summary>
    public string? Text(string field) => (this[field] as OtioString)?.Value;

    public bool? Flag(string field) => (this[field] as OtioBool)?.Value;

    public double? Number(string field) => (this[field] as OtioNumber)?.ToDouble();

    /// <summary>The object in this field, or null when it is absent, null or something else.</summary>
    public OtioObject? Child(string field) => this[field] as OtioObject;

    public ImmutableArray<OtioValue> List(string field) => (this[field] as OtioArray)?.Items ?? [];

    /// <summary>The objects of a list field, in order; anything else in it is left out of this view (and stays in the document).</summary>
    public IEnumerable<OtioObject> Objects(string field) => List(field).OfType<OtioObject>();

    /// <summary>This object with one field set: in place when it exists, else appended.</summary>
    public OtioObject With(string field, OtioValue value)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Name != field) continue;
            return Fields[i].Value.Equals(value) ? this : new(Fields.SetItem(i, new(field, value)));
        }

        return new(Fields.Add(new(field, value)));
    }

    public OtioObject Without(string field) => new(Fields.RemoveAll(f => f.Name == field));

    public bool Equals(OtioObject? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Fields.Length != other.Fields.Length) return false;
        Dictionary<string, OtioValue>? byName = null;
        for (var i = 0; i < Fields.Length; i++)
        {
            var (name, value) = (Fields[i].Name, Fields[i].Value);
            var same = other.Fields[i].Name == name ? other.Fields[i].Value : other.Find(name, ref byName);
            if (same is null || !same.Equals(value)) return false;
        }

        return true;
    }

    public override int GetHashCode()
    {
        var hash = Fields.Length;
        foreach (var field in Fields) hash ^= field.Name.GetHashCode(StringComparison.Ordinal);
        return hash;
    }

    /// <summary>Through a dictionary when there are many fields, so that comparing large metadata in another order stays linear.</summary>
    OtioValue? Find(string field, ref Dictionary<string, OtioValue>? byName)
    {
        if (Fields.Length <= FewFields) return this[field];
        if (byName is null)
        {
            byName = new(Fields.Length);
            foreach (var own in Fields) byName.TryAdd(own.Name, own.Value);
        }

        return byName.GetValueOrDefault(field);
    }
}
