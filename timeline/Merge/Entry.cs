using System.Globalization;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Merge;

public enum EntryKind
{
    /// <summary>Whole frames with a sign: shorter is negative, earlier material is negative.</summary>
    Frames,
    Number,
    Text,

    /// <summary>The name of a label colour.</summary>
    Color,
}

/// <summary>What may be typed in as the answer to a conflict.</summary>
/// <param name="Kind">How it is read.</param>
public sealed record Entry(EntryKind Kind)
{
    const int LongestText = 1000;

    /// <summary>Of <see cref="EntryKind.Frames"/>: the fewest that leave something.</summary>
    public long Least { get; init; } = long.MinValue;

    /// <summary>Of <see cref="EntryKind.Frames"/>: the most for which there is room.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>Why a value cannot be applied, in one sentence; null when it can.</summary>
    public string? WhyNot(string? value) => Kind switch
    {
        EntryKind.Frames => WhyNotFrames(value),
        EntryKind.Number => ReadNumber(value) is null ? $"“{value}” is not a number; type one such as 0.5 or -3." : null,
        EntryKind.Color => ReadColor(value) is null ? $"“{value}” is not a colour; type one of: {string.Join(", ", OtioColor.Names)}." : null,
        _ => WhyNotText(value),
    };

    string? WhyNotFrames(string? value)
    {
        if (ReadFrames(value) is not { } frames) return $"“{value}” is not a number of frames; type a whole number such as -6 or 12.";
        if (frames < Least) return Say($"{frames} frames would leave nothing of the clip; type {Least} or more.");
        return frames > Most ? Say($"{frames} frames would run into what stands next to the clip; type {Most} or less.") : null;
    }

    static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static string? WhyNotText(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return "Nothing was typed in; type at least one letter.";
        if (value.Length > LongestText) return Say($"The text has {value.Length} characters; at most {LongestText} are allowed.");
        return value.Any(char.IsControl) ? "The text has a control character; leave out tabs and line breaks." : null;
    }

    internal static long? ReadFrames(string? value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var frames)
            ? frames
            : null;

    internal static OtioNumber? ReadNumber(string? value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return OtioNumber.FromInteger(whole);
        return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? OtioNumber.FromLexeme(number.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    internal static string? ReadColor(string? value) =>
        value is null ? null : OtioColor.Names.FirstOrDefault(n => n.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase));
}
