using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>What a writer does with NaN and the infinities, which OTIO writes bare and JSON does not have.</summary>
public enum NonFinite
{
    /// <summary>Written as they were read.</summary>
    Keep,

    /// <summary>Refused with their place, for readers that take strict JSON only.</summary>
    Refuse,
}

static class NonFiniteNumbers
{
    public static void Refuse(OtioObject root)
    {
        if (PathIn(root) is { } path)
        {
            throw new InterchangeFormatException(
                $"The number at {path} is not finite, which this format cannot say; give it a value and write again.", path);
        }
    }

    /// <summary>The path to the first one, put together on the way back; null when there is none.</summary>
    static string? PathIn(OtioValue value)
    {
        switch (value)
        {
            // RawCheck vouches for these.
            case OtioObject { Raw: not null }: return null;
            case OtioObject node:
                foreach (var field in node.Fields)
                {
                    if (PathIn(field.Value) is { } path) return Joined(field.Name, path);
                }

                return null;
            case OtioArray list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (PathIn(list.Items[i]) is { } path) return Joined(i.ToString(CultureInfo.InvariantCulture), path);
                }

                return null;
            case OtioNumber { IsFinite: false }: return "";
            default: return null;
        }
    }

    static string Joined(string step, string path) => path.Length == 0 ? step : $"{step}/{path}";
}
