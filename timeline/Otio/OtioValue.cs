using System.Collections.Immutable;

namespace CineGit.Timeline.Otio;

/// <summary>
/// A value in an OTIO document, immutable and lossless: what was read is what is written. A closed family; object and
/// array are <see cref="OtioObject"/> and <see cref="OtioArray"/>.
/// </summary>
public abstract record OtioValue
{
    private protected OtioValue()
    {
    }

    public static implicit operator OtioValue(string text) => new OtioString(text);

    public static implicit operator OtioValue(bool value) => value ? OtioBool.True : OtioBool.False;

    public static implicit operator OtioValue(long value) => OtioNumber.FromInteger(value);

    public static implicit operator OtioValue(double value) => OtioNumber.FromDouble(value);
}

public sealed record OtioNull : OtioValue
{
    public static readonly OtioNull Value = new();

    OtioNull()
    {
    }
}

public sealed record OtioBool : OtioValue
{
    public static readonly OtioBool True = new(true);
    public static readonly OtioBool False = new(false);

    OtioBool(bool value) => Value = value;

    public bool Value { get; }
}

public sealed record OtioString(string Value) : OtioValue;

public sealed record OtioArray(ImmutableArray<OtioValue> Items) : OtioValue
{
    public static readonly OtioArray Empty = new([]);

    public static OtioArray Of(IEnumerable<OtioValue> items) => new([.. items]);

    public bool Equals(OtioArray? other) =>
        other is not null && (Items == other.Items || Items.AsSpan().SequenceEqual(other.Items.AsSpan()));

    public override int GetHashCode() => Items.Length == 0 ? 0 : HashCode.Combine(Items.Length, Items[0], Items[^1]);
}
