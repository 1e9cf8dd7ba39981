using System.Globalization;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Ale;

/// <summary>A log as its sections say it: heading, columns, rows. Cells are text; nothing of them is interpreted here.</summary>
internal sealed class AleLog
{
    public const string Heading = "Heading";
    public const string Column = "Column";
    public const string Data = "Data";

    /// <summary>Avid's bins end far below; a row is searched by column name.</summary>
    const int MostColumns = 4096;

    readonly List<(string Name, string Value)> _statements = [];
    readonly List<string> _columns = [];
    readonly List<int> _rows = [];

    AleLog(AleText text) => Text = text;

    public AleText Text { get; }

    /// <summary>The heading's names and values in order, every name once.</summary>
    public IReadOnlyList<(string Name, string Value)> Statements => _statements;

    /// <summary>Every name once: a second of the same name gets its number behind it.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Which lines of the text are rows.</summary>
    public IReadOnlyList<int> Rows => _rows;

    public static string Location(int line) => string.Create(CultureInfo.InvariantCulture, $"line {line + 1}");

    /// <exception cref="InterchangeFormatException">There is no column section.</exception>
    public static AleLog Parse(AleText text, string fileName, DiagnosticBag diagnostics)
    {
        var log = new AleLog(text);
        var section = "";
        for (var i = 0; i < text.Lines.Count; i++)
        {
            var line = text.Lines[i];
            if (line.IsBlank) continue;
            if (section != Data && SectionOf(line.Text) is { } begins) section = begins;
            else if (section == Heading) log.TakeStatement(line.Text, i, diagnostics);
            else if (section == Column) log.TakeColumns(line.Text, i, diagnostics);
            else if (section == Data) log._rows.Add(i);
            else diagnostics.Warn(DiagnosticCodes.AleMalformed, Location(i), "A line before the heading is no part of the log and was left out.");
        }

        if (log._columns.Count > 0) return log;
        throw new InterchangeFormatException($"{fileName} has no column names, without which its rows say nothing; an Avid log has them after a line 'Column'.", "line 1");
    }

    public static string[] Cells(string line) => line.Split('\t');

    static string? SectionOf(string line) => line.Trim() switch
    {
        var name when name.Equals(Heading, StringComparison.OrdinalIgnoreCase) => Heading,
        var name when name.Equals(Column, StringComparison.OrdinalIgnoreCase) => Column,
        var name when name.Equals(Data, StringComparison.OrdinalIgnoreCase) => Data,
        _ => null,
    };

    /// <summary>A name and a value, or several such pairs on one line.</summary>
    void TakeStatement(string line, int index, DiagnosticBag diagnostics)
    {
        var cells = Cells(line);
        for (var i = 0; i + 1 < cells.Length; i += 2)
        {
            if (cells[i].Length > 0 && !_statements.Exists(s => s.Name == cells[i]) && _statements.Count < MostColumns) _statements.Add((cells[i], cells[i + 1]));
        }

        if (cells.Length % 2 == 1 && cells[^1].Length > 0)
        {
            diagnostics.Warn(DiagnosticCodes.AleMalformed, Location(index), $"'{Short(cells[^1])}' stands in the heading without a value and was left out.");
        }
    }

    void TakeColumns(string line, int index, DiagnosticBag diagnostics)
    {
        if (_columns.Count > 0)
        {
            diagnostics.Warn(DiagnosticCodes.AleMalformed, Location(index), "The log names its columns a second time; the first names count.");
            return;
        }

        var names = Cells(line);
        if (names.Length > MostColumns)
        {
            throw new InterchangeFormatException(string.Create(CultureInfo.InvariantCulture, $"The log has {names.Length} columns, where at most {MostColumns} are read."), Location(index));
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var own = name.Length == 0 ? "column" : name;
            for (var n = 2; !taken.Add(own); n++) own = string.Create(CultureInfo.InvariantCulture, $"{name} ({n})");
            _columns.Add(own);
            if (own != name) diagnostics.Warn(DiagnosticCodes.AleMalformed, Location(index), $"A column without a name of its own is kept as '{Short(own)}'.");
        }
    }

    static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
