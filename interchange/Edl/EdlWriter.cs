using System.Globalization;
using System.Text;

namespace CineGit.Interchange.Edl;

/// <summary>From what a list says to its text, in the columns of CMX 3600.</summary>
internal sealed class EdlWriter(EdlComposition composition)
{
    readonly EdlSettings _settings = composition.Settings;
    readonly StringBuilder _text = new();

    public void Write(Stream output)
    {
        if (_settings.Title is { } title) Line($"TITLE: {title}".TrimEnd());
        if (_settings.FrameCode is { } code) Line(EdlLayout.FrameCodeLine(code));
        foreach (var comment in _settings.Header) Line(EdlLayout.CommentLine(comment));
        WriteEvents();
        foreach (var comment in _settings.Trailer) Line(EdlLayout.CommentLine(comment));
        EdlText.Encode(_text, _settings.IsLatin1, _settings.HasByteOrderMark, output);
    }

    void Line(string line) => _text.Append(line).Append(_settings.LineEnd);

    void WriteEvents()
    {
        var current = _settings.FrameCode;
        var digits = "D" + _settings.EventDigits.ToString(CultureInfo.InvariantCulture);
        var number = 0;
        EdlBlock? before = null;
        foreach (var block in composition.Blocks)
        {
            if (!block.Continues(before)) number++;
            var numberText = number.ToString(digits, CultureInfo.InvariantCulture);
            var (field, aud) = block.Field();
            foreach (var line in block.Lines)
            {
                if (line is not EdlOutLine.Event e)
                {
                    Line(EdlLayout.NoteLine(line, _settings));
                    continue;
                }

                if (current is not null && (e.Drop ?? _settings.FrameCode) is { } needed && needed != current) Line(EdlLayout.FrameCodeLine((current = needed).Value));
                EdlLayout.AppendEvent(_text, numberText, composition.ReelWidth, field, e, _settings);
                _text.Append(_settings.LineEnd);
            }

            if (aud is not null) Line(aud);
            before = block;
        }
    }
}
