using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace CineGit.Agent.Platform.Terminal;

/// <summary>
/// The one way to a person's terminal: results to standard output, everything about them to standard error, UTF-8.
/// Names come from files and from other people, so control characters are made visible instead of obeyed.
/// </summary>
internal sealed class Output
{
    readonly TextWriter _standard;
    readonly TextWriter _error;

    public Output(TextWriter standard, TextWriter error)
    {
        _standard = standard;
        _error = error;
    }

    public static Output ForConsole()
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected) Console.OutputEncoding = Encoding.UTF8;
        return new(Open(Console.OpenStandardOutput()), Open(Console.OpenStandardError()));

        static StreamWriter Open(Stream stream) =>
            new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
    }

    public void Line(string text = "") => _standard.WriteLine(Visible(text));

    /// <summary>To standard error: what a person should know, and no program reads.</summary>
    public void Note(string text) => _error.WriteLine(Visible(text));

    /// <summary>One JSON value on one line.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type) => _standard.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Columns on a terminal; tab-separated lines, without the header, in a pipe.</summary>
    public void Table(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var row in rows) Line(string.Join('\t', row.Select(c => c.ReplaceLineEndings(" "))));
            return;
        }

        var table = new Table().NoBorder();
        foreach (var column in header) table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap());
        foreach (var row in rows) table.AddRow([.. row.Select(c => new Text(Visible(c.ReplaceLineEndings(" "))))]);
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_standard) }).Write(table);
    }

    /// <summary>Runs work of <paramref name="total"/> steps with a bar on a terminal, and silently in a pipe.</summary>
    public async Task WithProgressAsync(string title, int total, Func<Action, Task> work)
    {
        if (total == 0 || Console.IsErrorRedirected)
        {
            await work(() => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error) });
        await console.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: total);
            await work(() => task.Increment(1));
        });
    }

    static string Visible(string text)
    {
        if (!text.Any(IsHidden)) return text;
        return string.Concat(text.Select(c => IsHidden(c) ? '\uFFFD' : c));
    }

    static bool IsHidden(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
