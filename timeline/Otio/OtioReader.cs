using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>
/// Reads .otio text without losing anything: field order, number lexemes, unknown schemas and fields, lone surrogates.
/// Strict JSON, plus what OpenTimelineIO itself writes (<c>NaN</c>, <c>Infinity</c>); every leniency gives a diagnostic.
/// </summary>
public static class OtioReader
{
    /// <summary>How deep objects and lists may be nested; deeper files are refused rather than risk the stack.</summary>
    public const int MaxDepth = 512;

    /// <summary>Slots for names and values that repeat in a file.</summary>
    const int SharedTexts = 1024;

    /// <param name="utf8">Metadata stays a part of these bytes, so they must not change while the document is in use.</param>
    /// <exception cref="InterchangeFormatException">Not JSON, cut off, not UTF-8, too deep, or no OTIO object at its root.</exception>
    public static OtioDocument Read(ReadOnlyMemory<byte> utf8, DiagnosticBag diagnostics)
    {
        RefuseOtherEncodings(utf8.Span);
        var reading = new OtioReading(utf8, new TextCache(SharedTexts), diagnostics);
        return new(reading.ReadRoot());
    }

    static void RefuseOtherEncodings(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith<byte>([0xFF, 0xFE]) || text.StartsWith<byte>([0xFE, 0xFF]))
        {
            throw new InterchangeFormatException("The file is UTF-16 text; save it as UTF-8 and read it again.", "line 1, column 1");
        }
    }
}
