using System.Collections.Immutable;
using System.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Objects;

/// <summary>What a byte of a shape stands for.</summary>
enum ShapeMark : byte
{
    Null,
    True,
    False,
    Number,
    Text,
    Id,

    /// <summary>Metadata of other programs: canonical JSON.</summary>
    Opaque,

    /// <summary>A long list, kept as a tree of its own that the object links to.</summary>
    LongList,
    ConstantText,
    ConstantNumber,
    List,
    Object,
}

/// <summary>
/// Cuts a value into its shape (names, schemas, rates: what thousands of clips have in common) and its slots (the numbers,
/// names and ids that differ). Fields go in canonical order.
/// </summary>
sealed class ShapeWriter(ImmutableArray<VersionObject>.Builder links, KnownLeaves known)
{
    /// <summary>Lists of children from this length on become trees.</summary>
    public const int LongListLength = 16;

    const string Metadata = "metadata";

    public ByteWriter Shape { get; } = new(256);

    public ByteWriter Slots { get; } = new(1024);

    /// <summary>The last id written, to which the next is relative.</summary>
    public ElementId LastId { get; set; }

    public void Write(OtioValue value) => Write(value, "");

    void Write(OtioValue value, string name)
    {
        switch (value)
        {
            case OtioNull: Mark(ShapeMark.Null); break;
            case OtioBool flag: Mark(flag.Value ? ShapeMark.True : ShapeMark.False); break;
            case OtioNumber number: WriteNumber(number, name); break;
            case OtioString text: WriteText(text.Value, name); break;
            case OtioArray list: WriteList(list); break;
            case OtioObject node: WriteObject(node); break;
            default: throw new UnreachableException($"{value.GetType().Name} is no OTIO value");
        }
    }

    void WriteObject(OtioObject node)
    {
        var isSchema = node.Schema.Length > 0;
        var fields = CanonicalForm.Sorted(node.Fields.AsSpan());
        Mark(ShapeMark.Object);
        Shape.Count(fields.Length);
        foreach (var field in fields)
        {
            Words.Write(Shape, field.Name);
            if (isSchema && field is { Name: Metadata, Value: OtioObject metadata }) WriteMetadata(metadata);
            else if (isSchema && field is { Name: "children", Value: OtioArray { Items.Length: >= LongListLength } list }) WriteLongList(list);
            else Write(field.Value, field.Name);
        }
    }

    void WriteMetadata(OtioObject metadata)
    {
        var fields = CanonicalForm.Sorted(metadata.Fields.AsSpan());
        Mark(ShapeMark.Object);
        Shape.Count(fields.Length);
        foreach (var field in fields)
        {
            Words.Write(Shape, field.Name);
            if (field.Name != OtioSchema.OwnMetadata && field.Value is OtioObject or OtioArray) WriteOpaque(field.Value);
            else Write(field.Value, field.Name);
        }
    }

    void WriteOpaque(OtioValue value)
    {
        Mark(ShapeMark.Opaque);
        Slots.Counted(CanonicalForm.BytesOf(value));
    }

    void WriteLongList(OtioArray list)
    {
        Mark(ShapeMark.LongList);
        links.Add(ItemTree.Of(list.Items, known));
    }

    void WriteList(OtioArray list)
    {
        Mark(ShapeMark.List);
        Shape.Count(list.Items.Length);
        foreach (var item in list.Items) Write(item, "");
    }

    void WriteNumber(OtioNumber number, string name)
    {
        if (name == "rate")
        {
            Mark(ShapeMark.ConstantNumber);
            Words.Write(Shape, number.CanonicalLexeme());
            return;
        }

        Mark(ShapeMark.Number);
        Numbers.Write(Slots, number);
    }

    void WriteText(string text, string name)
    {
        if (name is OtioSchema.Key or "kind" or "color" or "effect_name" or "transition_type" or "active_media_reference_key")
        {
            Mark(ShapeMark.ConstantText);
            Words.Write(Shape, text);
        }
        else if (ElementId.TryParse(text, out var id) && id.ToString() == text)
        {
            Mark(ShapeMark.Id);
            WriteId(id);
        }
        else
        {
            Mark(ShapeMark.Text);
            Texts.Write(Slots, text);
        }
    }

    /// <summary>The distance from the last id's ordinal, doubled; odd when the birth is another one, which then follows.</summary>
    void WriteId(ElementId id)
    {
        var isBorn = id.Birth != LastId.Birth;
        var distance = ByteWriter.ZigZag((long)id.Ordinal - LastId.Ordinal);
        Slots.Unsigned(distance << 1 | (isBorn ? 1UL : 0));
        if (isBorn) Slots.Fixed(id.Birth);
        LastId = id;
    }

    void Mark(ShapeMark mark) => Shape.Byte((byte)mark);
}
