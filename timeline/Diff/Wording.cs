using System.Globalization;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Diff;

/// <summary>Times, counts and values as an editor of one sequence reads them.</summary>
sealed class Wording(Sequence sequence)
{
    const int LongestValue = 60;
    const int Hundred = 100;

    readonly bool _dropFrame = DropFrame.Of(sequence);

    public string At(Flicks record) =>
        Timecode.Format((sequence.GlobalStart + record).ToFrames(sequence.Rate, Rounding.Floor), sequence.Rate, _dropFrame);

    /// <summary><c>1 frame</c>, <c>9 frames</c>, <c>9.5 frames</c>; without sign.</summary>
    public string Frames(Flicks amount)
    {
        var size = amount.IsNegative ? -amount : amount;
        // Of years nobody counts parts of a frame, and a damaged file may say centuries.
        if (size.IsWholeAt(sequence.Rate) || size.Value > long.MaxValue / Hundred)
        {
            var whole = size.ToFrames(sequence.Rate, Rounding.Nearest);
            return whole == 1 ? "1 frame" : string.Create(CultureInfo.InvariantCulture, $"{whole} frames");
        }

        var hundredths = new Flicks(size.Value * Hundred).ToFrames(sequence.Rate, Rounding.Nearest);
        var text = string.Create(CultureInfo.InvariantCulture, $"{hundredths / Hundred}.{hundredths % Hundred:D2}").TrimEnd('0').TrimEnd('.');
        return text + " frames";
    }

    public static string Name(Element element) => element switch
    {
        { Name.Length: > 0 } => element.Name,
        Clip { Media.Name.Length: > 0 } clip => clip.Media.Name,
        Nest => "an unnamed nested sequence",
        _ => "an unnamed clip",
    };

    public static string Name(Effect effect) =>
        effect.Kind.Length > 0 ? effect.Kind : effect.Name.Length > 0 ? effect.Name : effect.Node.SchemaName;

    public static string Name(Marker marker) =>
        marker.Name.Length > 0 ? $"marker \"{marker.Name}\"" : marker.Comment.Length > 0 ? $"marker \"{marker.Comment}\"" : "a marker";

    public static string Transition(EditPoint point) => point.Type switch
    {
        "SMPTE_Dissolve" => "dissolve",
        _ when point.Name.Length > 0 => "transition " + point.Name,
        _ => "transition",
    };

    public static string Speed(Element element) => Retiming.Of(element);

    public static string Value(OtioValue? value)
    {
        var text = value is OtioArray { Items.Length: var length }
            ? string.Create(CultureInfo.InvariantCulture, $"a list of {length}")
            : Exact(value);
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue - 1), "…");
    }

    /// <summary>All of a value, for telling values apart rather than for reading.</summary>
    public static string Exact(OtioValue? value) => value switch
    {
        null or OtioNull => "none",
        OtioString s => s.Value,
        OtioBool b => b.Value ? "on" : "off",
        OtioNumber n => n.Lexeme,
        OtioArray a => "[" + string.Join(", ", a.Items.Select(Exact)) + "]",
        OtioObject o => "{" + string.Join(", ", o.Fields.Select(f => f.Name + ": " + Exact(f.Value))) + "}",
        _ => "",
    };
}
