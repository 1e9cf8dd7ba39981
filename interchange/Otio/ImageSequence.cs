using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Otio;

/// <summary>The pictures that an ImageSequenceReference names.</summary>
static class ImageSequence
{
    /// <summary>Eleven hours at 24: a longer sequence is a mistake.</summary>
    const long MostPictures = 1_000_000;

    const int MostDigits = 32;

    /// <summary>Each picture's reference, and what stands in it after the prefix. None when the reference does not say how many.</summary>
    public static IEnumerable<(string Reference, string Ending)> Pictures(OtioObject node)
    {
        var step = Whole(node, "frame_step") ?? 1;
        if (Whole(node, "start_frame") is not { } first || step < 1 || Count(node, step) is not { } count || count > MostPictures) yield break;
        var digits = (int)Math.Clamp(Whole(node, "frame_zero_padding") ?? 0, 0, MostDigits);
        var (folder, prefix, suffix) = (node.Text("target_url_base") ?? "", node.Text("name_prefix") ?? "", node.Text("name_suffix") ?? "");
        if (folder.Length > 0 && folder[^1] is not ('/' or '\\')) folder += "/";
        for (var i = 0L; i < count; i++)
        {
            var number = first + i * step;
            var ending = (number < 0 ? "-" : "") + Math.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0') + suffix;
            yield return (folder + prefix + ending, ending);
        }
    }

    /// <summary>Pictures in the available range; the sequence's rate counts them, every <paramref name="step"/>th is a file.</summary>
    static long? Count(OtioObject node, long step)
    {
        if (!OtioTimes.TryReadRange(node["available_range"], out var range) || node.Number("rate") is not { } said) return null;
        if (!FrameRate.TryFromDouble(said, out var rate)) return null;
        return (range.Duration.ToFrames(rate, Rounding.Ceiling) + step - 1) / step;
    }

    static long? Whole(OtioObject node, string field) =>
        node.Number(field) is { } value && Math.Abs(value) < 1e12 && value == Math.Floor(value) ? (long)value : null;
}
