using System.Collections.Immutable;

namespace CineGit.Timeline.Otio;

/// <summary>Fields that take the place of another, so that the order of the rest stays.</summary>
static class FieldPlaces
{
    /// <summary>Puts fields where <paramref name="replaced"/> stood, or at the end; whatever had their names goes.</summary>
    public static OtioObject Replace(OtioObject node, string replaced, params ReadOnlySpan<(string Name, OtioValue Value)> fields)
    {
        var builder = ImmutableArray.CreateBuilder<OtioField>(node.Fields.Length + fields.Length);
        var isPlaced = false;
        foreach (var field in node.Fields)
        {
            if (field.Name == replaced)
            {
                Place(fields, builder);
                isPlaced = true;
            }
            else if (!Names(fields, field.Name))
            {
                builder.Add(field);
            }
        }

        if (!isPlaced) Place(fields, builder);
        return new(builder.DrainToImmutable());
    }

    static void Place(ReadOnlySpan<(string Name, OtioValue Value)> fields, ImmutableArray<OtioField>.Builder builder)
    {
        foreach (var (name, value) in fields) builder.Add(new(name, value));
    }

    static bool Names(ReadOnlySpan<(string Name, OtioValue Value)> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name == name) return true;
        }

        return false;
    }
}
