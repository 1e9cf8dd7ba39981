using System.Globalization;

namespace CineGit.Timeline.Otio;

/// <summary>A byte offset as a person finds it: line and column in characters, both from 1.</summary>
static class TextPlace
{
    public static string Of(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..Math.Min(offset, text.Length)];
        var line = before.Count((byte)'\n') + 1;
        var sinceBreak = before[(before.LastIndexOf((byte)'\n') + 1)..];
        var column = 1;
        foreach (var unit in sinceBreak)
        {
            // UTF-8 continuation bytes belong to the character before them.
            if ((unit & 0xC0) != 0x80) column++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
    }
}
