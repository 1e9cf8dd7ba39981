using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Merge;

public enum EntryKind
{
    /// <summary>Whole frames with a sign: shorter is negative, earlier material is negative.</summary>
    Frames,
    Number,
    Text,

    /// <summary>The name of a label colour.</summary>
    Color,

    /// <summary>A record timecode.</summary>
    Timecode,

    /// <summary>Frames per second: <c>25</c>, <c>23.976</c>, <c>24000/1001</c>.</summary>
    Rate,

    /// <summary>A speed in percent of the normal one.</summary>
    Percent,

    /// <summary>Where in its source a clip begins, as frames or timecode, and after a space how many frames it lasts.</summary>
    Source,
}

/// <summary>What may be typed in as the answer to a conflict.</summary>
/// <param name="Kind">How it is read.</param>
public sealed record Entry(EntryKind Kind)
{
    const int LongestText = 1000;

    /// <summary>Of <see cref="EntryKind.Frames"/>: the fewest that leave something; of a timecode, a percentage or a length: the least.</summary>
    public long Least { get; init; } = long.MinValue;

    /// <summary>Of <see cref="EntryKind.Frames"/>: the most for which there is room; of a timecode, a percentage or a length: the most.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>Of <see cref="EntryKind.Frames"/>: true when they move an element rather than trim or slip it.</summary>
    public bool Moves { get; init; }

    /// <summary>What timecode is counted by.</summary>
    public TimecodeCount Count { get; init; }

    /// <summary>Of <see cref="EntryKind.Source"/>: where it begins on the side whose media or speed it is about.</summary>
    internal Flicks? SourceIn { get; init; }

    /// <summary>Of <see cref="EntryKind.Source"/>: false where neither side changed how long the clip lasts.</summary>
    public bool TakesLength { get; init; }

    /// <summary>Why a value cannot be applied, in one sentence; null when it can.</summary>
    public string? WhyNot(string? value) => Kind switch
    {
        EntryKind.Frames => WhyNotFrames(value),
        EntryKind.Number => ReadNumber(value) is null ? $"“{value}” is not a number; type one such as 0.5 or -3." : null,
        EntryKind.Color => ReadColor(value) is null ? $"“{value}” is not a colour; type one of: {string.Join(", ", OtioColor.Names)}." : null,
        EntryKind.Timecode => WhyNotTimecode(value),
        EntryKind.Rate => ReadRate(value) is null ? $"“{value}” is not a frame rate; type one such as 25, 23.976 or 24000/1001." : null,
        EntryKind.Percent => WhyNotPercent(value),
        EntryKind.Source => WhyNotSource(value),
        _ => WhyNotText(value),
    };

    string? WhyNotTimecode(string? value)
    {
        if (Count.Read(value) is not { } frame) return $"“{value}” is not a timecode of this cut; type one such as {Count.Format(Math.Max(Least, 0))}.";
        return frame < Least ? $"{value} lies before the beginning of the cut; type {Count.Format(Least)} or later." : null;
    }

    string? WhyNotPercent(string? value)
    {
        if (ReadPercent(value) is not { } percent) return $"“{value}” is not a speed above zero; type one in percent such as 50 or 133.3%.";
        if (percent < Least) return Say($"At {percent}% the clip would run into what stands next to it; type {Least}% or more.");
        return percent > Most ? Say($"At {percent}% nothing would be left of the clip; type {Most}% or less.") : null;
    }

    string? WhyNotSource(string? value)
    {
        if (ReadSource(value) is not { } source)
            return $"“{value}” does not say where in the source the clip begins; type frames or timecode such as 50 or {Count.Format(50)}{(TakesLength ? ", and after a space how many frames it lasts" : "")}.";
        if (source.Length is not { } length) return null;
        if (!TakesLength) return "Neither side changed how long the clip lasts; type only where in the source it begins.";
        if (length < 1) return Say($"{length} frames would leave nothing of the clip; type 1 or more.");
        return length > Most ? Say($"{length} frames would run into what stands next to the clip; type {Most} or less.") : null;
    }

    string? WhyNotFrames(string? value)
    {
        if (ReadFrames(value) is not { } frames) return $"“{value}” is not a number of frames; type a whole number such as -6 or 12.";
        if (frames < Least && Moves) return Say($"{frames} frames would run into what stands before the clip; type {Least} or more.");
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

    internal static FrameRate? ReadRate(string? value) => value is not null && FrameRate.TryParse(value.Trim(), out var rate) && rate.IsExactInFlicks ? rate : null;

    /// <summary>Null for what is no speed that a clip can play forward at.</summary>
    internal static decimal? ReadPercent(string? value) =>
        decimal.TryParse(value?.Trim().TrimEnd('%').TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0.01m and <= 1_000_000m
            ? percent
            : null;

    /// <summary>The first frame of the source, and the length where one was typed in.</summary>
    internal (long First, long? Length)? ReadSource(string? value)
    {
        var words = (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 1 or > 2 || (ReadFrames(words[0]) ?? Count.Read(words[0])) is not { } first) return null;
        if (words.Length == 1) return (first, null);
        return ReadFrames(words[1]) is { } length ? (first, length) : null;
    }

    internal static string? ReadColor(string? value) =>
        value is null ? null : OtioColor.Names.FirstOrDefault(n => n.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase));
}
