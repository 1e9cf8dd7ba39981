using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Otio;

public readonly record struct OtioField(string Name, OtioValue Value);

/// <summary>
/// A JSON object in document order: an OTIO schema object when it carries <c>OTIO_SCHEMA</c>, else a plain dictionary
/// (metadata, media_references). Fields that no schema knows are fields like any other, so nothing is lost.
/// Equality ignores field order, as OTIO does.
/// An object may be the bytes it was read from until somebody looks: what a file says in <c>metadata</c> is mostly carried,
/// written and hashed, and rarely read.
/// </summary>
public sealed record OtioObject : OtioValue
{
    public static readonly OtioObject EmptyMap = new([]);

    const int FewFields = 16;

    readonly RawObject? _raw;

    // Both are computed when first asked for; whoever comes second computes the same, so a race costs work and nothing else.
    OtioField[]? _fields;
    ComputedHash? _hash;

    public OtioObject(ImmutableArray<OtioField> fields) => _fields = ImmutableCollectionsMarshal.AsArray(fields) ?? [];

    internal OtioObject(RawObject raw) => _raw = raw;

    public ImmutableArray<OtioField> Fields => ImmutableCollectionsMarshal.AsImmutableArray(Volatile.Read(ref _fields) ?? Looked());

    /// <summary>Equal exactly when the objects are; see <see cref="CanonicalForm"/>. Computed once, so an edit costs the path to it.</summary>
    public ContentHash Hash
    {
        get
        {
            if (Volatile.Read(ref _hash) is { } known) return known.Hash;
            var computed = new ComputedHash(NodeHash.Of(this));
            Volatile.Write(ref _hash, computed);
            return computed.Hash;
        }
    }

    /// <summary>The text it was read from, when it was kept.</summary>
    internal RawObject? Raw => _raw;

    internal bool IsUnread => Volatile.Read(ref _fields) is null;

    /// <summary>The schema with its version, <c>Clip.2</c>; empty for a plain dictionary.</summary>
    public string Schema => Text(OtioSchema.Key) ?? "";

    /// <summary>The schema's name without its version, old names resolved (Sequence is Track, Filler is Gap).</summary>
    public string SchemaName => OtioSchema.NameOf(Schema);

    public OtioValue? this[string field]
    {
        get
        {
            if (_raw is not null && IsUnread && field == OtioSchema.OwnMetadata) return _raw.Own();
            foreach (ref readonly var candidate in Fields.AsSpan())
            {
                if (candidate.Name == field) return candidate.Value;
            }

            return null;
        }
    }

    public static OtioObject Map(params ReadOnlySpan<(string Name, OtioValue Value)> fields)
    {
        var own = new OtioField[fields.Length];
        for (var i = 0; i < own.Length; i++) own[i] = new(fields[i].Name, fields[i].Value);
        return new(ImmutableCollectionsMarshal.AsImmutableArray(own));
    }

    public static OtioObject Of(string schema, params ReadOnlySpan<(string Name, OtioValue Value)> fields)
    {
        var own = new OtioField[fields.Length + 1];
        own[0] = new(OtioSchema.Key, schema);
        for (var i = 0; i < fields.Length; i++) own[i + 1] = new(fields[i].Name, fields[i].Value);
        return new(ImmutableCollectionsMarshal.AsImmutableArray(own));
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

    public OtioObject Without(string field) => this[field] is null ? this : new(Fields.RemoveAll(f => f.Name == field));

    public bool Equals(OtioObject? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null) return false;
        if (Volatile.Read(ref _hash) is { } hash && Volatile.Read(ref other._hash) is { } otherHash) return hash.Hash == otherHash.Hash;
        if (_raw is not null && other._raw is not null)
        {
            if (_raw.Utf8.Span.SequenceEqual(other._raw.Utf8.Span)) return true;
            if (IsUnread || other.IsUnread) return RawCanonical.AreEqual(_raw, other._raw);
        }

        return HasEqualFields(other);
    }

    public override int GetHashCode()
    {
        var hash = Fields.Length;
        foreach (var field in Fields) hash ^= field.Name.GetHashCode(StringComparison.Ordinal);
        return hash;
    }

    OtioField[] Looked()
    {
        var fields = _raw is null ? [] : _raw.ReadFields();
        return Interlocked.CompareExchange(ref _fields, fields, null) ?? fields;
    }

    bool HasEqualFields(OtioObject other)
    {
        var fields = Fields.AsSpan();
        var otherFields = other.Fields.AsSpan();
        if (fields.Length != otherFields.Length) return false;
        Dictionary<string, OtioValue>? byName = null;
        for (var i = 0; i < fields.Length; i++)
        {
            var (name, value) = (fields[i].Name, fields[i].Value);
            var same = otherFields[i].Name == name ? otherFields[i].Value : other.Find(name, ref byName);
            if (same is null || !same.Equals(value)) return false;
        }

        return true;
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

    sealed class ComputedHash(ContentHash hash)
    {
        public ContentHash Hash => hash;
    }
}
