namespace CineGit.Timeline.Time;

/// <summary>
/// SMPTE ST 12 timecode, at the edges only: parsed from files and people, printed for them, never calculated with.
/// Drop-frame (written with <c>;</c> before the frames) exists for 29.97, 59.94 and 119.88 fps; it skips numbers, not pictures.
/// </summary>
public static class Timecode
{
    /// <summary>
    /// Reads <c>HH:MM:SS:FF</c>, or drop-frame <c>HH:MM:SS;FF</c>. Numbers that drop-frame skips (01:01:00;00), fields out
    /// of range and drop-frame at other rates are refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, FrameRate rate, out RationalTime time, out bool dropFrame)
    {
        time = default;
        dropFrame = false;
        Span<long> parts = stackalloc long[4];
        if (!TrySplit(text, parts, out var dropSeparator)) return false;
        dropFrame = dropSeparator;
        return TryCount(parts[0], parts[1], parts[2], parts[3], rate, dropFrame, out time);
    }

    /// <summary>Reads the four fields with the list's own drop mode deciding instead of the separator.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, FrameRate rate, bool dropFrame, out RationalTime time)
    {
        time = default;
        Span<long> parts = stackalloc long[4];
        return TrySplit(text, parts, out _) && TryCount(parts[0], parts[1], parts[2], parts[3], rate, dropFrame, out time);
    }

    /// <summary>Prints a frame count; the hours go past 23 rather than wrap, and a negative time gets a leading minus.</summary>
    public static string Format(long frames, FrameRate rate, bool dropFrame)
    {
        var nominal = rate.NominalFramesPerSecond;
        var drops = dropFrame && SupportsDropFrame(rate);
        var magnitude = Math.Abs(frames);
        var (seconds, frame) = Math.DivRem(drops ? magnitude + DroppedBefore(magnitude, nominal) : magnitude, nominal);
        Span<char> text = stackalloc char[32];
        var at = text.Length;
        Prepend(text, ref at, frame, nominal > 100 ? 3 : 2);
        text[--at] = drops ? ';' : ':';
        Prepend(text, ref at, seconds % 60, 2);
        text[--at] = ':';
        Prepend(text, ref at, seconds / 60 % 60, 2);
        text[--at] = ':';
        Prepend(text, ref at, seconds / 3600, 2);
        if (frames < 0) text[--at] = '-';
        return new string(text[at..]);
    }

    /// <summary>True for the rates whose timecode may drop numbers: 29.97, 59.94 and 119.88.</summary>
    public static bool SupportsDropFrame(FrameRate rate) => rate.IsNtsc && rate.NominalFramesPerSecond % 30 == 0;

    static void Prepend(Span<char> text, ref int at, long number, int digits)
    {
        for (; number > 0 || digits > 0; digits--, number /= 10) text[--at] = (char)('0' + number % 10);
    }

    static bool TrySplit(ReadOnlySpan<char> text, Span<long> parts, out bool dropSeparator)
    {
        dropSeparator = false;
        var part = 0;
        var digits = 0;
        foreach (var c in text.Trim())
        {
            if (char.IsAsciiDigit(c) && digits < 4)
            {
                parts[part] = parts[part] * 10 + (c - '0');
                digits++;
            }
            else if (c is ':' or ';' or '.' or ',' && digits > 0 && part < 3)
            {
                // CMX lists and Avid write the drop sign as ';' (either before the seconds or the frames) or as '.'/','.
                dropSeparator |= c != ':';
                part++;
                digits = 0;
            }
            else
            {
                return false;
            }
        }

        return part == 3 && digits > 0;
    }

    static bool TryCount(long hours, long minutes, long seconds, long frames, FrameRate rate, bool dropFrame, out RationalTime time)
    {
        time = default;
        var nominal = rate.NominalFramesPerSecond;
        if (minutes > 59 || seconds > 59 || frames >= nominal) return false;
        var totalMinutes = hours * 60 + minutes;
        var number = (totalMinutes * 60 + seconds) * nominal + frames;
        if (!dropFrame)
        {
            time = new RationalTime(number, rate);
            return true;
        }

        if (!SupportsDropFrame(rate)) return false;
        var dropPerMinute = nominal / 15;
        if (seconds == 0 && frames < dropPerMinute && minutes % 10 != 0) return false;
        time = new RationalTime(number - dropPerMinute * (totalMinutes - totalMinutes / 10), rate);
        return true;
    }

    /// <summary>How many numbers have been skipped before frame <paramref name="frames"/>: 2 (at 30) a minute but each tenth.</summary>
    static long DroppedBefore(long frames, int nominal)
    {
        var dropPerMinute = nominal / 15;
        var framesPerMinute = nominal * 60 - dropPerMinute;
        var framesPerTenMinutes = framesPerMinute * 10 + dropPerMinute;
        var (tens, rest) = Math.DivRem(frames, framesPerTenMinutes);
        var minutesIn = rest < nominal * 60 ? 0 : 1 + (rest - nominal * 60) / framesPerMinute;
        return dropPerMinute * (tens * 9 + minutesIn);
    }
}
