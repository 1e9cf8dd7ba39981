using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>What a reading has to say about text that it takes although JSON does not.</summary>
sealed class ReadingReports(ReadOnlyMemory<byte> text, DiagnosticBag diagnostics)
{
    /// <summary>So many of one kind are reported with their place; the rest are counted.</summary>
    const int MostReports = 100;

    readonly Dictionary<string, int> _counts = [];

    public void NotFinite(string lexeme, int offset) => Report(
        DiagnosticCodes.OtioNotANumber,
        offset,
        $"{lexeme} is not a JSON number; it is kept as it is, but strict JSON readers will refuse the file.");

    public void ControlCharacter(int offset) => Report(
        DiagnosticCodes.OtioRawControlCharacter,
        offset,
        "A text holds a control character that JSON wants escaped; it is kept and will be written escaped.");

    public void Duplicate(string name, int offset) => Report(
        DiagnosticCodes.OtioDuplicateField,
        offset,
        $"The field \"{name}\" occurs twice in one object; the first is kept, as OpenTimelineIO does, and this one is left out.");

    public void CountTheRest()
    {
        foreach (var (code, count) in _counts)
        {
            if (count <= MostReports) continue;
            var rest = (count - MostReports).ToString("N0", CultureInfo.InvariantCulture);
            diagnostics.Warn(code, "", $"The same was found in {rest} more places.");
        }
    }

    void Report(string code, int offset, string message)
    {
        var count = _counts[code] = _counts.GetValueOrDefault(code) + 1;
        if (count <= MostReports) diagnostics.Warn(code, TextPlace.Of(text.Span, offset), message);
    }
}
